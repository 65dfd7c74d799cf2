import type { Db, Tx } from '../db/database.ts'
import { hashToken } from '../tokens/secret-token.ts'

interface TokenRef {
  clientId: string
  token: string
}

/** Restricts a token to these products; none is all of them. */
export async function setPermissions(db: Db | Tx, ref: TokenRef, products: readonly string[]): Promise<void> {
  await updateToken(db, ref, { products: [...products] })
}

/** Where the processor wants to be told; `clientId` of the address is the processor's own. */
export async function setProcessorWebhook(
  tx: Tx,
  ref: TokenRef,
  address: { clientId: string; url: string } | null,
): Promise<void> {
  await updateToken(tx, ref, { webhook: address?.url ?? null, webhook_client_id: address?.clientId ?? null })
}

async function updateToken(
  db: Db | Tx,
  { clientId, token }: TokenRef,
  values: { products: string[] } | { webhook: string | null; webhook_client_id: string | null },
): Promise<void> {
  await db
    .updateTable('processor_tokens')
    .set(values)
    .where('client_id', '=', clientId)
    .where('token_hash', '=', hashToken(token))
    .execute()
}

export interface Listener {
  accountId: string
  clientId: string
  url: string
  products: readonly string[]
}

/** The tokens of an item that have an address, the oldest first. */
export async function listListeners(tx: Tx, item: { clientId: string; id: string }): Promise<Listener[]> {
  const rows = await tx
    .selectFrom('processor_tokens')
    .select(['account_id', 'webhook', 'webhook_client_id', 'products'])
    .where('client_id', '=', item.clientId)
    .where('item_id', '=', item.id)
    .where('webhook', 'is not', null)
    .orderBy('created_at')
    .orderBy('token_hash')
    .execute()
  return rows.map((row) => ({
    accountId: row.account_id,
    clientId: row.webhook_client_id ?? '',
    url: row.webhook ?? '',
    products: row.products,
  }))
}
