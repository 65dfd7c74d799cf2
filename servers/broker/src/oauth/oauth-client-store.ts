import type { Selectable } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { OauthClients } from '../db/schema.ts'
import type { OAuthClient, OAuthClientId } from './oauth-client.ts'
import type { OAuthScope } from './oauth-scope.ts'

export type NewOAuthClient = Omit<OAuthClient, 'createdAt'>

export async function insertClient(tx: Tx, client: NewOAuthClient): Promise<OAuthClient> {
  const row = await tx
    .insertInto('oauth_clients')
    .values({
      id: client.id,
      secret_hash: client.secretHash,
      name: client.name,
      description: client.description,
      url: client.url,
      terms_of_use: client.termsOfUse,
      privacy_policy: client.privacyPolicy,
      status: client.status,
      redirect_uris: JSON.stringify(client.redirectUris),
      scopes: JSON.stringify(client.scopes),
      created_by: client.createdBy,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toClient(row)
}

export async function findClient(db: Db, id: OAuthClientId): Promise<OAuthClient | undefined> {
  const row = await db.selectFrom('oauth_clients').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toClient(row)
}

export type ClientChange = Partial<Pick<OAuthClient, 'status' | 'redirectUris'>>

export async function updateClient(
  db: Db,
  id: OAuthClientId,
  { status, redirectUris }: ClientChange,
): Promise<OAuthClient | undefined> {
  const row = await db
    .updateTable('oauth_clients')
    .set({
      id,
      ...(status === undefined ? {} : { status }),
      ...(redirectUris === undefined ? {} : { redirect_uris: JSON.stringify(redirectUris) }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  return row && toClient(row)
}

const MAX_CLIENTS = 1_000

/** Newest first. */
export async function listClients(db: Db): Promise<OAuthClient[]> {
  const rows = await db
    .selectFrom('oauth_clients')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(MAX_CLIENTS)
    .execute()
  return rows.map(toClient)
}

function toClient(row: Selectable<OauthClients>): OAuthClient {
  return {
    id: row.id as OAuthClientId,
    secretHash: row.secret_hash,
    name: row.name,
    description: row.description,
    url: row.url,
    termsOfUse: row.terms_of_use,
    privacyPolicy: row.privacy_policy,
    status: row.status as OAuthClient['status'],
    redirectUris: row.redirect_uris as string[],
    scopes: row.scopes as OAuthScope[],
    createdBy: row.created_by,
    createdAt: row.created_at,
  }
}
