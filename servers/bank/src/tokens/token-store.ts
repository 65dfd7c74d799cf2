import type { Db, Tx } from '../db/database.ts'
import { hashToken, newToken, tokenOf } from './secret-token.ts'

export const PUBLIC_TOKEN_LIFE = Temporal.Duration.from({ minutes: 30 })

interface ItemRef {
  clientId: string
  id: string
}

/** Issues a public token for an item: 30 minutes, one exchange. `uuid` makes it a known one. */
export async function issuePublicToken(
  tx: Tx,
  item: ItemRef,
  now: Temporal.Instant,
  uuid?: string,
): Promise<string> {
  const token = uuid === undefined ? newToken('public') : tokenOf('public', uuid)
  await tx
    .insertInto('public_tokens')
    .values({
      client_id: item.clientId,
      token_hash: hashToken(token),
      item_id: item.id,
      created_at: now,
      expires_at: now.add(PUBLIC_TOKEN_LIFE),
      exchanged_at: null,
    })
    .execute()
  return token
}

/** Uses up a public token. Of two that try at once, one gets the item and the other nothing. */
export async function takePublicToken(
  tx: Tx,
  clientId: string,
  token: string,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const row = await tx
    .updateTable('public_tokens')
    .set({ exchanged_at: now })
    .where('client_id', '=', clientId)
    .where('token_hash', '=', hashToken(token))
    .where('exchanged_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('item_id')
    .executeTakeFirst()
  return row?.item_id
}

export async function issueAccessToken(tx: Tx, item: ItemRef, now: Temporal.Instant): Promise<string> {
  const token = newToken('access')
  await tx
    .insertInto('access_tokens')
    .values({ client_id: item.clientId, token_hash: hashToken(token), item_id: item.id, created_at: now })
    .execute()
  return token
}

export async function issueProcessorToken(
  tx: Tx,
  account: { clientId: string; itemId: string; id: string },
  processor: string,
  now: Temporal.Instant,
): Promise<string> {
  const token = newToken('processor')
  await tx
    .insertInto('processor_tokens')
    .values({
      client_id: account.clientId,
      token_hash: hashToken(token),
      item_id: account.itemId,
      account_id: account.id,
      processor,
      created_at: now,
    })
    .execute()
  return token
}

/** What a processor token names, whoever made it: the caller checks who may use it. */
export async function findProcessorToken(db: Db | Tx, token: string) {
  const row = await db
    .selectFrom('processor_tokens')
    .select(['client_id', 'item_id', 'account_id', 'processor', 'products'])
    .where('token_hash', '=', hashToken(token))
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    clientId: row.client_id,
    itemId: row.item_id,
    accountId: row.account_id,
    processor: row.processor,
    products: row.products,
  }
}
