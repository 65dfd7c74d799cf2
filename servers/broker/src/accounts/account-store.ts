import type { Db, Tx } from '../db/database.ts'
import { type AccountId, AccountRejected, type AccountStatus } from './account.ts'

export type LockedAccount = {
  readonly id: AccountId
  readonly accountNumber: string
  readonly status: AccountStatus
  readonly cryptoStatus: AccountStatus
}

/** Locks the account's row: nothing else changes this account, its orders or its money until we commit. */
export async function lockAccount(tx: Tx, accountId: AccountId): Promise<LockedAccount> {
  const row = await tx
    .selectFrom('accounts')
    .select(['account_number', 'status', 'crypto_status'])
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw new AccountRejected('account_not_found')
  return {
    id: accountId,
    accountNumber: row.account_number,
    status: row.status as AccountStatus,
    cryptoStatus: row.crypto_status as AccountStatus,
  }
}

/** Refuses an id that nobody has, so that lists of an unknown account are not just empty. */
export async function requireAccount(db: Db, accountId: AccountId): Promise<void> {
  const row = await db.selectFrom('accounts').select('id').where('id', '=', accountId).executeTakeFirst()
  if (row === undefined) throw new AccountRejected('account_not_found')
}
