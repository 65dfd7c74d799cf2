import { createHash } from 'node:crypto'
import { DomainError } from '@paddock/kernel'
import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { JsonObject } from '../db/schema.ts'

/** The caller's name for a request, where that name counts, and what was asked for under it. */
export type IdempotentRequest = {
  /** An account's id for what belongs to one account, or the name of the operation. */
  readonly scope: string
  readonly key: string
  readonly content: readonly unknown[]
}

export class IdempotencyRefused extends DomainError<'idempotency_key_reused'> {
  override readonly name = 'IdempotencyRefused'
}

/**
 * The answer that this key got before; nothing for a new key. Another content under the same key is refused.
 * Two requests with one key come one after the other: the second waits here for the first's commit.
 */
export async function findAnswer(tx: Tx, request: IdempotentRequest): Promise<JsonObject | undefined> {
  const { scope, key } = request
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${scope} ${key}`}, 0))`.execute(tx)
  const row = await tx
    .selectFrom('idempotent_answers')
    .select(['request_hash', 'answer'])
    .where('scope', '=', scope)
    .where('key', '=', key)
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.request_hash !== hash(request)) throw new IdempotencyRefused('idempotency_key_reused')
  return row.answer as JsonObject
}

/** Keeps the answer in the transaction that makes it true. Refusals are not kept: nothing came of them. */
export async function keepAnswer(
  tx: Tx,
  request: IdempotentRequest,
  answer: JsonObject,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto('idempotent_answers')
    .values({
      scope: request.scope,
      key: request.key,
      request_hash: hash(request),
      answer: JSON.stringify(answer),
      created_at: now,
    })
    .execute()
}

function hash({ content }: IdempotentRequest): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}
