import { newId } from '@paddock/kernel'
import { sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { Db } from '../db/database.ts'
import { type OAuthScope, readScopes } from '../oauth/oauth-scope.ts'
import { digestOf, newSecret } from './secret.ts'

/** As the vendor says it: a second less than a quarter of an hour. Real time, like all credentials. */
export const TOKEN_SECONDS = 899

/** A token by which a partner acts as one of its keys for a while, so that the secret stays at home. */
export async function issueKeyToken(db: Db, keyId: string): Promise<string> {
  const token = newSecret('pdt_')
  // Those of yesterday open nothing any more, and there may be many.
  await db
    .deleteFrom('access_tokens')
    .where('expires_at', '<', sql<Temporal.Instant>`now() - interval '1 day'`)
    .execute()
  await db
    .insertInto('access_tokens')
    .values({
      token_hash: digestOf(token),
      id: newId(),
      key_id: keyId,
      scope: '',
      expires_at: sql`now() + ${TOKEN_SECONDS} * interval '1 second'`,
    })
    .execute()
  return token
}

export type LivingToken =
  | { readonly kind: 'key'; readonly keyId: string }
  | {
      readonly kind: 'app'
      readonly id: string
      readonly clientId: string
      readonly accountId: AccountId
      readonly scopes: readonly OAuthScope[]
    }

/** A token that works now. An app's works as long as the app is active. */
export async function findLivingToken(db: Db, token: string): Promise<LivingToken | undefined> {
  const row = await db
    .selectFrom('access_tokens')
    .leftJoin('oauth_clients', 'oauth_clients.id', 'access_tokens.client_id')
    .select([
      'access_tokens.id',
      'access_tokens.key_id',
      'access_tokens.client_id',
      'access_tokens.account_id',
      'access_tokens.scope',
      'oauth_clients.status as client_status',
    ])
    .where('access_tokens.token_hash', '=', digestOf(token))
    .where('access_tokens.revoked_at', 'is', null)
    .where(sql<boolean>`(access_tokens.expires_at is null or access_tokens.expires_at > now())`)
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.key_id !== null) return { kind: 'key', keyId: row.key_id }
  if (row.client_id === null || row.account_id === null || row.client_status !== 'ACTIVE') return undefined
  return {
    kind: 'app',
    id: row.id,
    clientId: row.client_id,
    accountId: row.account_id as AccountId,
    scopes: readScopes(row.scope) ?? [],
  }
}
