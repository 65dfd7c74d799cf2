import { readBalances } from '@paddock/ledger'
import { scheduleJob } from '@paddock/service'
import type { Activity } from '../activities/activity.ts'
import type { Tx } from '../db/database.ts'
import { debitAccount } from './memo-books.ts'

export const COLLECT_DEBIT = 'collect-instant-debit'

type Line = Pick<Activity, 'id' | 'accountId' | 'netAmountMinor' | 'at'>

/** When lines bring cash to accounts that owe: what is owed is taken out of it at once. */
export async function scheduleCollections(tx: Tx, lines: readonly Line[]): Promise<void> {
  const income = lines.filter(({ netAmountMinor }) => netAmountMinor > 0n)
  const balances = await readBalances(tx, [
    ...new Set(income.map(({ accountId }) => debitAccount(accountId))),
  ])
  for (const { id, accountId, at } of income) {
    if ((balances.get(debitAccount(accountId))?.posted ?? 0n) === 0n) continue
    await scheduleJob(tx, { queue: COLLECT_DEBIT, key: id, runAt: at, payload: { accountId } })
  }
}
