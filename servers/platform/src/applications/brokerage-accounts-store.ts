import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { BrokerageAccounts } from '../db/schema.ts'
import type { UserId } from '../identity/user.ts'
import type { AccountId, BrokerageAccount } from './brokerage-account.ts'

export async function insertBrokerageAccount(tx: Tx, account: BrokerageAccount): Promise<void> {
  await tx
    .insertInto('brokerage_accounts')
    .values({
      user_id: account.userId,
      id: account.id,
      account_number: account.accountNumber,
      status: account.status,
      crypto_status: account.cryptoStatus,
      given_name: account.givenName,
      family_name: account.familyName,
      email: account.email,
      created_at: account.createdAt,
    })
    .execute()
}

/**
 * An event may overtake the answer that makes the row it is about. Whoever holds this lock sees either the
 * row or the stored event of the other.
 */
export async function lockAccountMirror(tx: Tx, accountId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${accountId}, 0))`.execute(tx)
}

export async function findBrokerageAccount(
  db: Db | Tx,
  userId: UserId,
): Promise<BrokerageAccount | undefined> {
  const row = await db
    .selectFrom('brokerage_accounts')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row === undefined ? undefined : toAccount(row)
}

export async function findOwner(db: Db | Tx, accountId: string): Promise<UserId | undefined> {
  const row = await db
    .selectFrom('brokerage_accounts')
    .select('user_id')
    .where('id', '=', accountId)
    .executeTakeFirst()
  return row?.user_id as UserId | undefined
}

/** Takes over what an event told, unless a later one was here before. */
export async function updateStatuses(
  tx: Tx,
  accountId: string,
  told: { status?: string | undefined; cryptoStatus?: string | undefined; eventId: string },
): Promise<void> {
  await tx
    .updateTable('brokerage_accounts')
    .set({
      status_event_id: told.eventId,
      ...(told.status === undefined ? {} : { status: told.status }),
      ...(told.cryptoStatus === undefined ? {} : { crypto_status: told.cryptoStatus }),
    })
    .where('id', '=', accountId)
    .where('status_event_id', '<', told.eventId)
    .execute()
}

function toAccount(row: Selectable<BrokerageAccounts>): BrokerageAccount {
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
