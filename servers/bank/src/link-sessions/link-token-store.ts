import type { Db } from '../db/database.ts'
import type { LinkRequest, LinkToken } from './link-token.ts'

export async function insertLinkToken(db: Db, token: LinkToken): Promise<void> {
  await db
    .insertInto('link_tokens')
    .values({
      client_id: token.clientId,
      token_hash: token.hash,
      request: JSON.stringify(token.request),
      update_item_id: token.updateItemId,
      created_at: token.createdAt,
      expires_at: token.expiresAt,
    })
    .execute()
}

/** The link token with this hash, whosever it is: the Link page knows no client. */
export async function findLinkToken(db: Db, hash: string): Promise<LinkToken | undefined> {
  const row = await db.selectFrom('link_tokens').selectAll().where('token_hash', '=', hash).executeTakeFirst()
  if (row === undefined) return undefined
  return {
    clientId: row.client_id,
    hash: row.token_hash,
    request: row.request as unknown as LinkRequest,
    updateItemId: row.update_item_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
