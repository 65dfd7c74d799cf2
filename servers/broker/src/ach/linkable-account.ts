import type { AccountId, AccountStatus } from '../accounts/account.ts'
import { type LockedAccount, lockAccount } from '../accounts/account-store.ts'
import type { Tx } from '../db/database.ts'
import { RelationshipRejected } from './relationship.ts'

/** Statuses in which an account will never move money again. */
const finishedStatuses: readonly AccountStatus[] = ['REJECTED', 'ACCOUNT_CLOSED', 'DISABLED']

/** Locks an account that may have a bank, whether for ACH or for wires. */
export async function lockLinkableAccount(tx: Tx, accountId: AccountId): Promise<LockedAccount> {
  const account = await lockAccount(tx, accountId)
  if (finishedStatuses.includes(account.status)) throw new RelationshipRejected('account_not_linkable')
  return account
}
