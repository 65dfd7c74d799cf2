import { createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { assert } from '@paddock/kernel'
import type { Selectable } from 'kysely'
import type { BankContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { WebhookKeys } from '../db/schema.ts'
import { BankRefused } from '../refusals.ts'

/** The id that webhooks of the vendor's sandbox have carried: its own tests ask for this key. */
export const FIRST_KEY_ID = '6c5516e1-92dc-479e-a8ff-5a51992e0001'

export interface SigningKey {
  kid: string
  x: string
  y: string
  createdAt: Temporal.Instant
  expiredAt: Temporal.Instant | null
}

const cell = (kid: string) => ({ table: 'bank.webhook_keys', column: 'private_cipher', rowId: kid })

/** Apps compare the life of a key, and the age of a signature, with their own clocks: both are real time. */
export const realNow = () => Temporal.Now.instant().round({ smallestUnit: 'second', roundingMode: 'floor' })

/** The key that signs now; the first one is made when it is first needed. */
export async function currentKey(ctx: BankContext): Promise<SigningKey & { privateKey: KeyObject }> {
  const found = await findCurrent(ctx.db)
  if (found !== undefined) return open(ctx, found)
  await insertKey(ctx, ctx.db, FIRST_KEY_ID)
  const made = await findCurrent(ctx.db)
  assert(made !== undefined, 'a key signs')
  return open(ctx, made)
}

/** Takes the signing key out of use and makes the next one. */
export async function rotateKey(ctx: BankContext): Promise<SigningKey> {
  await currentKey(ctx)
  const kid = randomUUID()
  await ctx.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('webhook_keys')
      .set({ expired_at: realNow() })
      .where('expired_at', 'is', null)
      .execute()
    await insertKey(ctx, tx, kid)
  })
  return currentKey(ctx)
}

/** The public half of a key, whether it still signs or not. */
export async function getVerificationKey(ctx: BankContext, kid: string): Promise<SigningKey> {
  await currentKey(ctx)
  const row = await ctx.db.selectFrom('webhook_keys').selectAll().where('kid', '=', kid).executeTakeFirst()
  if (row === undefined) throw new BankRefused('webhook_key_unknown')
  return toKey(row)
}

async function findCurrent(db: Db): Promise<Selectable<WebhookKeys> | undefined> {
  return db.selectFrom('webhook_keys').selectAll().where('expired_at', 'is', null).executeTakeFirst()
}

/** Of two that make a key at once, one does. */
async function insertKey(ctx: BankContext, db: Db | Tx, kid: string): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  assert(x !== undefined && y !== undefined, 'a point of the curve has two coordinates')
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  await db
    .insertInto('webhook_keys')
    .values({
      kid,
      private_cipher: ctx.cipher.encrypt(pem, cell(kid)),
      x,
      y,
      created_at: realNow(),
      expired_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function open({ cipher }: BankContext, row: Selectable<WebhookKeys>) {
  return { ...toKey(row), privateKey: createPrivateKey(cipher.decrypt(row.private_cipher, cell(row.kid))) }
}

function toKey({ kid, x, y, created_at, expired_at }: Selectable<WebhookKeys>): SigningKey {
  return { kid, x, y, createdAt: created_at, expiredAt: expired_at }
}
