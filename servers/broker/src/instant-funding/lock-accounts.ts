import { type AccountId, AccountRejected } from '../accounts/account.ts'
import { type LockedAccount, lockAccounts } from '../accounts/account-store.ts'
import type { Tx } from '../db/database.ts'

/** Locks several accounts at once, or refuses when one of them does not exist. */
export async function lockInOrder(
  tx: Tx,
  accountIds: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, LockedAccount>> {
  const locked = await lockAccounts(tx, accountIds)
  if (accountIds.some((id) => !locked.has(id))) throw new AccountRejected('account_not_found')
  return locked
}
