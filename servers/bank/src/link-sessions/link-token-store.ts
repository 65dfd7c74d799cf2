import type { Selectable } from 'kysely'
import type { Db } from '../db/database.ts'
import type { LinkTokens } from '../db/schema.ts'
import type { LinkRequest, LinkToken } from './link-token.ts'

export async function insertLinkToken(db: Db, token: LinkToken): Promise<void> {
  await db
    .insertInto('link_tokens')
    .values({
      client_id: token.clientId,
      token_hash: token.hash,
      request: JSON.stringify(token.request),
      update_item_id: token.updateItemId,
      person_cipher: token.personCipher,
      created_at: token.createdAt,
      expires_at: token.expiresAt,
    })
    .execute()
}

/** The link token with this hash, whosever it is: the Link page knows no client. */
export async function findLinkToken(db: Db, hash: string): Promise<LinkToken | undefined> {
  const row = await db.selectFrom('link_tokens').selectAll().where('token_hash', '=', hash).executeTakeFirst()
  return row === undefined ? undefined : toLinkToken(row)
}

/** The link token that a session was opened with. */
export async function findLinkTokenOfSession(
  db: Db,
  clientId: string,
  sessionId: string,
): Promise<LinkToken | undefined> {
  const row = await db
    .selectFrom('link_sessions')
    .innerJoin('link_tokens', (join) =>
      join
        .onRef('link_tokens.client_id', '=', 'link_sessions.client_id')
        .onRef('link_tokens.token_hash', '=', 'link_sessions.link_token_hash'),
    )
    .selectAll('link_tokens')
    .where('link_sessions.client_id', '=', clientId)
    .where('link_sessions.id', '=', sessionId)
    .executeTakeFirst()
  return row === undefined ? undefined : toLinkToken(row)
}

function toLinkToken(row: Selectable<LinkTokens>): LinkToken {
  return {
    clientId: row.client_id,
    hash: row.token_hash,
    request: row.request as unknown as LinkRequest,
    updateItemId: row.update_item_id,
    personCipher: row.person_cipher,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
