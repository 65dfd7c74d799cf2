import { scheduleJob } from '@paddock/service'
import type { Activity } from '../activities/activity.ts'
import type { Tx } from '../db/database.ts'
import { readAdvances } from './memo-books.ts'

export const COLLECT_DEBIT = 'collect-instant-debit'

/** When a line brings cash to an account that owes: what is owed is taken out of it at once. */
export async function scheduleCollection(
  tx: Tx,
  { id, accountId, netAmountMinor, at }: Pick<Activity, 'id' | 'accountId' | 'netAmountMinor' | 'at'>,
): Promise<void> {
  if (netAmountMinor <= 0n) return
  const { debitMinor } = await readAdvances(tx, accountId)
  if (debitMinor === 0n) return
  await scheduleJob(tx, { queue: COLLECT_DEBIT, key: id, runAt: at, payload: { accountId } })
}
