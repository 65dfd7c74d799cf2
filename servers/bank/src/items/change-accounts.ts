import type { BankAccount } from '../bank-accounts/bank-account.ts'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { deleteAccounts, insertAccounts, listAccounts } from './account-store.ts'
import type { Account, Item } from './item.ts'

export interface ChangedAccounts {
  /** All that the item has now, in the bank's order. */
  accounts: Account[]
  added: Account[]
  removed: Account[]
}

/**
 * Makes `chosen` the accounts of a locked item. What stays keeps its id and its processor tokens; what goes
 * takes its tokens with it; what was shared before comes back under its former id (contracts/plaid/link.md §3).
 */
export async function changeAccounts(
  ctx: BankContext,
  tx: Tx,
  item: Item,
  chosen: readonly BankAccount[],
): Promise<ChangedAccounts> {
  const before = await listAccounts(ctx, tx, item)
  const isIn = (accounts: readonly BankAccount[], { bankAccountId }: BankAccount) =>
    accounts.some((account) => account.bankAccountId === bankAccountId)
  const removed = before.filter((account) => !isIn(chosen, account))
  await deleteAccounts(tx, item, removed)
  const fresh = chosen.filter((account) => !isIn(before, account))
  const added = await insertAccounts(ctx, tx, item, fresh)
  return { accounts: await listAccounts(ctx, tx, item), added, removed }
}
