import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { DB, JsonObject } from '../db/schema.ts'
import {
  type Account,
  type AccountId,
  AccountRejected,
  type AccountStatus,
  type OwnerDocument,
  type Restrictions,
} from './account.ts'
import { listOwnerDocuments } from './owner-document-store.ts'

export type LockedAccount = {
  readonly id: AccountId
  readonly accountNumber: string
  readonly status: AccountStatus
  readonly cryptoStatus: AccountStatus
  /** What the customer set for trading, in wire form; undefined until the first time. */
  readonly tradingConfigurations: JsonObject | undefined
  readonly restrictions: Restrictions
}

/** Locks the account's row: nothing else changes this account, its orders or its money until we commit. */
export async function lockAccount(tx: Tx, accountId: AccountId): Promise<LockedAccount> {
  const account = (await lockAccounts(tx, [accountId])).get(accountId)
  if (account === undefined) throw new AccountRejected('account_not_found')
  return account
}

/** The same for several, in order of id, so that two who want the same never wait for each other. Unknown ones are left out. */
export async function lockAccounts(
  tx: Tx,
  accountIds: readonly AccountId[],
): Promise<Map<AccountId, LockedAccount>> {
  const rows = await tx
    .selectFrom('accounts')
    .select([
      'id',
      'account_number',
      'status',
      'crypto_status',
      'trading_configurations',
      'admin_configurations',
      'trading_blocked',
      'transfers_blocked',
      'account_blocked',
    ])
    .where('id', '=', sql<AccountId>`any(${accountIds}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(
    rows.map((row) => [
      row.id as AccountId,
      {
        id: row.id as AccountId,
        accountNumber: row.account_number,
        status: row.status as AccountStatus,
        cryptoStatus: row.crypto_status as AccountStatus,
        tradingConfigurations: (row.trading_configurations ?? undefined) as JsonObject | undefined,
        restrictions: toRestrictions(row),
      },
    ]),
  )
}

/** Refuses an id that nobody has, so that lists of an unknown account are not just empty. */
export async function requireAccount(db: Db, accountId: AccountId): Promise<void> {
  const row = await db.selectFrom('accounts').select('id').where('id', '=', accountId).executeTakeFirst()
  if (row === undefined) throw new AccountRejected('account_not_found')
}

export async function getAccount(db: Db, accountId: AccountId): Promise<Account> {
  const row = await db.selectFrom('accounts').selectAll().where('id', '=', accountId).executeTakeFirst()
  if (row === undefined) throw new AccountRejected('account_not_found')
  return toAccount(row, (await listOwnerDocuments(db, [accountId])).get(accountId))
}

export type AccountFilter = {
  /** Each of these must be somewhere in the account's number, phone, names or e-mail. */
  readonly words: readonly string[]
  readonly createdAfter: Temporal.Instant | undefined
  readonly createdBefore: Temporal.Instant | undefined
  /** In the vendor's words, those included that no account here ever has. */
  readonly statuses: readonly string[]
  readonly sort: 'asc' | 'desc'
}

const MAX_ACCOUNTS = 1_000

export async function listAccounts(db: Db, filter: AccountFilter): Promise<Account[]> {
  let query = db.selectFrom('accounts').selectAll().where('account_type', '<>', 'firm')
  for (const word of filter.words) {
    query = query.where(sql<boolean>`strpos(account_number || ' ' || search_text, ${word.toLowerCase()}) > 0`)
  }
  if (filter.createdAfter !== undefined) query = query.where('created_at', '>=', filter.createdAfter)
  if (filter.createdBefore !== undefined) query = query.where('created_at', '<=', filter.createdBefore)
  if (filter.statuses.length > 0) query = query.where('status', 'in', filter.statuses)
  const rows = await query
    .orderBy('created_at', filter.sort)
    .orderBy('id', filter.sort)
    .limit(MAX_ACCOUNTS)
    .execute()
  const documents = await listOwnerDocuments(
    db,
    rows.map(({ id }) => id as AccountId),
  )
  return rows.map((row) => toAccount(row, documents.get(row.id as AccountId)))
}

export type StatusUpdate =
  | { readonly status: AccountStatus; readonly kyc_results?: string }
  | { readonly crypto_status: AccountStatus }

export async function setStatus(
  tx: Tx,
  accountId: AccountId,
  change: StatusUpdate,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ ...change, updated_at: now })
    .where('id', '=', accountId)
    .execute()
}

function toRestrictions(
  row: Pick<
    Selectable<DB['accounts']>,
    'trading_blocked' | 'transfers_blocked' | 'account_blocked' | 'admin_configurations'
  >,
): Restrictions {
  return {
    tradingBlocked: row.trading_blocked,
    transfersBlocked: row.transfers_blocked,
    accountBlocked: row.account_blocked,
    adminConfigurations: row.admin_configurations as JsonObject,
  }
}

function toAccount(row: Selectable<DB['accounts']>, documents: readonly OwnerDocument[] = []): Account {
  return {
    id: row.id as AccountId,
    accountNumber: row.account_number,
    status: row.status as AccountStatus,
    cryptoStatus: row.crypto_status as AccountStatus,
    accountType: row.account_type,
    currency: row.currency,
    enabledAssets: row.enabled_assets as string[],
    parts: row.application as JsonObject,
    documents,
    additionalInformation: row.additional_information ?? undefined,
    kycResults: (row.kyc_results ?? undefined) as JsonObject | undefined,
    tradingConfigurations: (row.trading_configurations ?? undefined) as JsonObject | undefined,
    restrictions: toRestrictions(row),
    createdAt: row.created_at,
  }
}
