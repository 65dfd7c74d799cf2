import type { AccountId } from '../accounts/account.ts'
import { type LockedAccount, lockAccount } from '../accounts/account-store.ts'
import type { Tx } from '../db/database.ts'

/** Locks several accounts in the order of their ids, in which everybody locks them. */
export async function lockInOrder(
  tx: Tx,
  accountIds: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, LockedAccount>> {
  const locked = new Map<AccountId, LockedAccount>()
  for (const id of [...new Set(accountIds)].sort()) locked.set(id, await lockAccount(tx, id))
  return locked
}
