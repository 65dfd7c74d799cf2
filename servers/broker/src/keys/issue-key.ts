import { sql } from 'kysely'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { appendAdminEvent } from '../events/append-admin-event.ts'
import { type ApiKey, KeyRejected } from './api-key.ts'
import { findKey, insertKey, lockKey, realNow } from './api-key-store.ts'
import type { Partner } from './caller.ts'
import { readPublicKey } from './public-key.ts'
import { areWithin, type Scopes } from './scopes.ts'
import { digestOf, newKeyId, newSecret, prefixOf } from './secret.ts'

export type KeyRequest = {
  readonly name: string
  readonly scopes: Scopes
  readonly expiresAt: Temporal.Instant | undefined
}

/** The secret is in this answer and nowhere else. */
export type IssuedKey = { readonly key: ApiKey; readonly secret: string }

/** Makes a key that may at most do what its maker may. */
export async function issueKey(ctx: BrokerContext, maker: Partner, request: KeyRequest): Promise<IssuedKey> {
  if (!areWithin(request.scopes, maker.scopes)) throw new KeyRejected('scopes_not_yours')
  return transact(ctx, async (tx) => {
    await requireFuture(tx, request.expiresAt)
    const issued = await insertNewKey(tx, maker, request)
    await tellOfKey(ctx, tx, issued.key, 'issued')
    return issued
  })
}

export type Rotation = {
  /** How long the old key goes on working beside the new one, in real time. */
  readonly overlapHours: number
  /** Of the new key; otherwise it keeps the old one's. */
  readonly expiresAt: Temporal.Instant | undefined
}

/** Makes a key's successor, with the same scopes; the old one dies when the overlap is over. */
export async function rotateKey(
  ctx: BrokerContext,
  maker: Partner,
  keyId: string,
  { overlapHours, expiresAt }: Rotation,
): Promise<IssuedKey> {
  return transact(ctx, async (tx) => {
    const old = await lockKeyWithin(tx, maker, keyId)
    if (old.status !== 'active') throw new KeyRejected('key_not_rotatable', { status: old.status })
    await requireFuture(tx, expiresAt)
    const issued = await insertNewKey(tx, maker, {
      name: old.name,
      scopes: old.scopes,
      expiresAt: expiresAt ?? old.expiresAt,
    })
    await tx
      .updateTable('api_keys')
      .set({
        replaced_by: issued.key.id,
        expires_at: sql`least(expires_at, now() + ${overlapHours} * interval '1 hour')`,
      })
      .where('id', '=', keyId)
      .execute()
    await tellOfKey(ctx, tx, old, `replaced by ${issued.key.id}`)
    return issued
  })
}

/** Ends a key, and the tokens that were issued for it, at once. A second time changes nothing. */
export async function revokeKey(ctx: BrokerContext, keyId: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const key = await lockKey(tx, keyId)
    if (key === undefined) throw new KeyRejected('key_not_found')
    if (key.status === 'revoked') return
    await tellOfKey(ctx, tx, key, 'revoked')
    await tx.updateTable('api_keys').set({ revoked_at: sql`now()` }).where('id', '=', keyId).execute()
  })
}

/**
 * Remembers by which public key what the key's holder signs is checked; `undefined` forgets it. Whoever registers one
 * can act as the key, so this too is handing out what the key may do.
 */
export async function setPublicKey(
  ctx: BrokerContext,
  maker: Partner,
  keyId: string,
  pem: string | undefined,
): Promise<ApiKey> {
  if (pem !== undefined && readPublicKey(pem) === undefined) throw new KeyRejected('public_key_unsuitable')
  return ctx.db.transaction().execute(async (tx) => {
    const { status } = await lockKeyWithin(tx, maker, keyId)
    if (status === 'revoked' || status === 'expired') throw new KeyRejected('key_not_active', { status })
    await tx
      .updateTable('api_keys')
      .set({ public_key: pem ?? null })
      .where('id', '=', keyId)
      .execute()
    return (await findKey(tx, keyId)) as ApiKey
  })
}

/** Locks a key that may do no more than whoever asks for it. */
async function lockKeyWithin(tx: Tx, maker: Partner, keyId: string): Promise<ApiKey> {
  const key = await lockKey(tx, keyId)
  if (key === undefined) throw new KeyRejected('key_not_found')
  if (!areWithin(key.scopes, maker.scopes)) throw new KeyRejected('scopes_not_yours')
  return key
}

async function insertNewKey(tx: Tx, maker: Partner, request: KeyRequest): Promise<IssuedKey> {
  const [id, secret] = [newKeyId(), newSecret('pdk_')]
  await insertKey(tx, {
    ...request,
    id,
    secretHash: digestOf(secret),
    secretPrefix: prefixOf(secret),
    createdBy: maker.keyId,
  })
  return { key: (await findKey(tx, id)) as ApiKey, secret }
}

/** Tells who works for the broker that somebody else may, or may no more, speak for it. */
async function tellOfKey(
  ctx: BrokerContext,
  tx: Tx,
  { id, name }: Pick<ApiKey, 'id' | 'name'>,
  what: string,
): Promise<void> {
  await appendAdminEvent(tx, {
    type: 'note_admin_event',
    accountId: undefined,
    note: `API key ${what}`,
    context: { key_id: id, name },
    at: ctx.clock.now(),
  })
}

async function requireFuture(tx: Tx, expiresAt: Temporal.Instant | undefined): Promise<void> {
  if (expiresAt === undefined) return
  if (Temporal.Instant.compare(expiresAt, await realNow(tx)) <= 0) throw new KeyRejected('key_expiry_passed')
}
