import { createHash } from 'node:crypto'
import type { AccountId } from '../accounts/account.ts'
import type { Tx } from '../db/database.ts'
import type { JsonObject } from '../db/schema.ts'
import { TransferRejected } from './transfer.ts'

/** The caller's name for a request, and what it asked for under that name. */
export type IdempotentRequest = { readonly key: string; readonly content: readonly unknown[] }

/**
 * The answer that this key got before; nothing for a new key. Another content under the same key is
 * refused. The account must be locked, so that two requests with one key come one after the other.
 */
export async function findAnswer(
  tx: Tx,
  accountId: AccountId,
  request: IdempotentRequest,
): Promise<JsonObject | undefined> {
  const row = await tx
    .selectFrom('idempotent_answers')
    .select(['request_hash', 'answer'])
    .where('account_id', '=', accountId)
    .where('key', '=', request.key)
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.request_hash !== hash(request)) throw new TransferRejected('idempotency_key_reused')
  return row.answer as JsonObject
}

/** Keeps the answer in the transaction that makes it true. Refusals are not kept: nothing came of them. */
export async function keepAnswer(
  tx: Tx,
  accountId: AccountId,
  request: IdempotentRequest,
  answer: JsonObject,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto('idempotent_answers')
    .values({
      account_id: accountId,
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
