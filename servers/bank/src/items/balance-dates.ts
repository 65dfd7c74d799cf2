import { assert } from '@paddock/kernel'
import { listLastMoved } from '../bank-accounts/bank-account-store.ts'
import type { BankContext } from '../context.ts'
import { BankRefused } from '../refusals.ts'
import type { Account, Item } from './item.ts'

/** The bank that says how old its balances are, and of whose cards and loans it must be asked. */
const DATING_BANK = 'ins_128026'

/** Since when each account's balance has been what it is, by the account's id; nothing at other banks. */
export type BalanceDates = ReadonlyMap<string, Temporal.Instant> | undefined

export async function readBalanceDates(
  ctx: BankContext,
  item: Item,
  accounts: readonly Account[],
): Promise<BalanceDates> {
  if (item.institutionId !== DATING_BANK) return undefined
  const byBankAccount = await listLastMoved(
    ctx.db,
    accounts.map(({ bankAccountId }) => bankAccountId),
  )
  return new Map(
    accounts.map(({ id, bankAccountId }) => {
      const movedAt = byBankAccount.get(bankAccountId)
      assert(movedAt !== undefined, 'an account in the books was opened by a movement')
      return [id, movedAt]
    }),
  )
}

/** Refuses balances of cards and loans that are older than the caller can use (contracts/plaid/items.md §3). */
export function refuseOldBalances(
  accounts: readonly Account[],
  dates: BalanceDates,
  oldest: Temporal.Instant | undefined,
): void {
  const dated = accounts.filter(({ type }) => type !== 'depository').map(({ id }) => dates?.get(id))
  const known = dated.filter((date) => date !== undefined).sort(Temporal.Instant.compare)
  const [first] = known
  if (first === undefined) return
  if (oldest === undefined) throw new BankRefused('balance_age_missing')
  if (Temporal.Instant.compare(first, oldest) < 0) {
    throw new BankRefused('balance_too_old', { newest: known.at(-1)?.toString() })
  }
}
