import { newId } from '@paddock/kernel'
import { sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { KeyRejected } from '../keys/api-key.ts'
import type { Partner } from '../keys/caller.ts'
import { areWithin, type Scopes } from '../keys/scopes.ts'
import { digestOf, isSecretOf, newSecret } from '../keys/secret.ts'
import { type OAuthClient, type OAuthClientId, OAuthRejected } from './oauth-client.ts'
import { findClient } from './oauth-client-store.ts'
import { type OAuthScope, readScopes } from './oauth-scope.ts'

/** How long an app has to exchange a code. Real time, like all credentials. */
const CODE_MINUTES = 5

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** An app as it shows itself. */
export type Credentials = {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
}

/** What the partner's end user has allowed an app. */
export type Grant = Credentials & { readonly scope: string; readonly accountId: AccountId }

export type IssuedToken = { readonly id: string; readonly token: string; readonly scope: string }

/** Makes a code that the app can exchange for a token, once and soon. */
export async function grantCode(
  ctx: BrokerContext,
  partner: Partner,
  grant: Grant,
): Promise<{ code: string; scope: string }> {
  const { client, scope } = await requireGrant(ctx, partner, grant)
  const code = newSecret('pdc_')
  // Those of yesterday open nothing any more.
  await ctx.db
    .deleteFrom('oauth_codes')
    .where('expires_at', '<', sql<Temporal.Instant>`now() - interval '1 day'`)
    .execute()
  await ctx.db
    .insertInto('oauth_codes')
    .values({
      code_hash: digestOf(code),
      client_id: client.id,
      account_id: grant.accountId,
      redirect_uri: grant.redirectUri,
      scope,
      expires_at: sql`now() + ${CODE_MINUTES} * interval '1 minute'`,
    })
    .execute()
  return { code, scope }
}

/** Makes the token straight away, for a partner that hands it to the app itself. */
export async function grantToken(ctx: BrokerContext, partner: Partner, grant: Grant): Promise<IssuedToken> {
  const { client, scope } = await requireGrant(ctx, partner, grant)
  return ctx.db
    .transaction()
    .execute((tx) => insertToken(tx, { clientId: client.id, accountId: grant.accountId, scope }))
}

/**
 * Turns a code into its token. A code that comes a second time has been in two hands, so the token that the first
 * one got ends as well (RFC 6749, section 4.1.2).
 */
export async function exchangeCode(
  ctx: BrokerContext,
  credentials: Credentials,
  code: string,
): Promise<IssuedToken> {
  const client = await requireClient(ctx, credentials)
  const issued = await ctx.db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('oauth_codes')
      .select(['account_id', 'scope', 'token_id', 'redirect_uri'])
      .select(sql<boolean>`expires_at > now()`.as('isFresh'))
      .where('code_hash', '=', digestOf(code))
      .where('client_id', '=', client.id)
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) return undefined
    if (row.token_id !== null) {
      await endToken(tx, row.token_id)
      return undefined
    }
    if (!row.isFresh || row.redirect_uri !== credentials.redirectUri) return undefined
    const token = await insertToken(tx, {
      clientId: client.id,
      accountId: row.account_id as AccountId,
      scope: row.scope,
    })
    await tx
      .updateTable('oauth_codes')
      .set({ token_id: token.id })
      .where('code_hash', '=', digestOf(code))
      .execute()
    return token
  })
  // Only now, so that what became of a stolen code is kept.
  if (issued === undefined) throw new OAuthRejected('oauth_code_invalid')
  return issued
}

/** Ends a token at once. A second time changes nothing. */
export async function revokeToken(ctx: BrokerContext, id: string): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await endToken(tx, id))) throw new OAuthRejected('oauth_token_not_found')
  })
}

async function endToken(tx: Tx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('access_tokens')
    .set({ revoked_at: sql`coalesce(revoked_at, now())` })
    .where('id', '=', id)
    .where('client_id', 'is not', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

async function requireGrant(
  ctx: BrokerContext,
  partner: Partner,
  grant: Grant,
): Promise<{ client: OAuthClient; scope: string }> {
  const client = await requireClient(ctx, grant)
  const scopes = requireScopes(client, grant.scope)
  if (!areWithin(scopesOf(scopes), partner.scopes)) throw new KeyRejected('scopes_not_yours')
  await requireAccount(ctx.db, grant.accountId)
  return { client, scope: scopes.join(' ') }
}

/** The app whose secret this is, on its way back to one of its own addresses. */
async function requireClient(ctx: BrokerContext, credentials: Credentials): Promise<OAuthClient> {
  const { clientId, clientSecret, redirectUri } = credentials
  const client = UUID.test(clientId) ? await findClient(ctx.db, clientId as OAuthClientId) : undefined
  if (client?.status !== 'ACTIVE' || !isSecretOf(clientSecret, client.secretHash)) {
    throw new OAuthRejected('oauth_client_refused')
  }
  requireRedirect(client, redirectUri)
  return client
}

/** Letter for letter: an address that is only like one of the app's may be somebody else's. */
export function requireRedirect({ redirectUris }: OAuthClient, redirectUri: string): void {
  if (!redirectUris.includes(redirectUri)) throw new OAuthRejected('oauth_redirect_invalid')
}

export function requireScopes(client: OAuthClient, text: string): readonly OAuthScope[] {
  const scopes = readScopes(text)
  if (scopes === undefined || !scopes.every((scope) => client.scopes.includes(scope))) {
    throw new OAuthRejected('oauth_scope_invalid')
  }
  return scopes
}

/** What a partner must be allowed to do itself in order to let an app do it. */
function scopesOf(scopes: readonly OAuthScope[]): Scopes {
  const writes = scopes.includes('trading') || scopes.includes('account:write')
  return { trading: writes ? 'write' : 'read', ...(scopes.includes('data') ? { data: 'read' } : {}) }
}

async function insertToken(
  tx: Tx,
  of: { readonly clientId: OAuthClientId; readonly accountId: AccountId; readonly scope: string },
): Promise<IssuedToken> {
  const [id, token] = [newId(), newSecret('pdo_')]
  await tx
    .insertInto('access_tokens')
    .values({
      token_hash: digestOf(token),
      id,
      client_id: of.clientId,
      account_id: of.accountId,
      scope: of.scope,
    })
    .execute()
  return { id, token, scope: of.scope }
}
