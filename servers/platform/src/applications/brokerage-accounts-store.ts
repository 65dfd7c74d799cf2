import type { Db } from '../db/database.ts'
import type { UserId } from '../identity/user.ts'
import type { AccountId, BrokerageAccount } from './brokerage-account.ts'

export async function findBrokerageAccount(db: Db, userId: UserId): Promise<BrokerageAccount | undefined> {
  const row = await db
    .selectFrom('brokerage_accounts')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    id: row.id as AccountId,
    userId: row.user_id as UserId,
    accountNumber: row.account_number,
    status: row.status,
    cryptoStatus: row.crypto_status,
    givenName: row.given_name,
    familyName: row.family_name,
    email: row.email,
    createdAt: row.created_at,
  }
}
