import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { ApiKeys } from '../db/schema.ts'
import type { ApiKey, KeyStatus } from './api-key.ts'
import type { Scopes } from './scopes.ts'

export type NewKey = {
  readonly id: string
  readonly name: string
  readonly secretHash: string
  readonly secretPrefix: string
  readonly scopes: Scopes
  readonly createdBy: string
  readonly expiresAt: Temporal.Instant | undefined
}

/** The time by which credentials live: the machine's, not the world's, and one for all processes. */
export async function realNow(db: Db): Promise<Temporal.Instant> {
  const { rows } = await sql<{ now: Temporal.Instant }>`select now()`.execute(db)
  return (rows[0] as { now: Temporal.Instant }).now
}

const status =
  sql<KeyStatus>`case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired'
  when replaced_by is not null then 'retiring' else 'active' end`.as('status')

export async function insertKey(tx: Tx, key: NewKey): Promise<void> {
  await tx
    .insertInto('api_keys')
    .values({
      id: key.id,
      name: key.name,
      secret_hash: key.secretHash,
      secret_prefix: key.secretPrefix,
      scopes: JSON.stringify(key.scopes),
      created_by: key.createdBy,
      expires_at: key.expiresAt ?? null,
    })
    .execute()
}

export async function findKey(db: Db, id: string): Promise<ApiKey | undefined> {
  const row = await keyWithStatus(db, id).executeTakeFirst()
  return row && toKey(row)
}

/** Locks the key's row until the transaction ends. */
export async function lockKey(tx: Tx, id: string): Promise<ApiKey | undefined> {
  const row = await keyWithStatus(tx, id).forUpdate().executeTakeFirst()
  return row && toKey(row)
}

const keyWithStatus = (db: Db, id: string) =>
  db.selectFrom('api_keys').selectAll().select(status).where('id', '=', id)

const MAX_KEYS = 1_000

/** Newest first; those that no longer work too, because somebody will ask what became of them. */
export async function listKeys(db: Db): Promise<ApiKey[]> {
  const rows = await db
    .selectFrom('api_keys')
    .selectAll()
    .select(status)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(MAX_KEYS)
    .execute()
  return rows.map(toKey)
}

export type LivingKey = {
  readonly id: string
  readonly secretHash: string
  readonly scopes: Scopes
  readonly publicKey: string | undefined
  readonly isUseUnnoted: boolean
}

/** A key that works now. */
export async function findLivingKey(db: Db, id: string): Promise<LivingKey | undefined> {
  const row = await db
    .selectFrom('api_keys')
    .select(['id', 'secret_hash', 'scopes', 'public_key'])
    .select(isUseUnnoted)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`(expires_at is null or expires_at > now())`)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    id: row.id,
    secretHash: row.secret_hash,
    scopes: row.scopes as Scopes,
    publicKey: row.public_key ?? undefined,
    isUseUnnoted: row.isUseUnnoted,
  }
}

/** A key in steady use is written once a minute, not once a request. */
const isUseUnnoted = sql<boolean>`(last_used_at is null or last_used_at < now() - interval '1 minute')`.as(
  'isUseUnnoted',
)

export async function noteUse(db: Db, id: string): Promise<void> {
  await db.updateTable('api_keys').set({ last_used_at: sql`now()` }).where('id', '=', id).execute()
}

function toKey(row: Selectable<ApiKeys> & { status: KeyStatus }): ApiKey {
  return {
    id: row.id,
    name: row.name,
    secretPrefix: row.secret_prefix,
    scopes: row.scopes as Scopes,
    publicKey: row.public_key ?? undefined,
    status: row.status,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
    replacedBy: row.replaced_by ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
  }
}
