import {
  OAuthClientBody,
  OAuthClientPath,
  OAuthClientQuery,
  OAuthCodeBody,
  OAuthGrantBody,
  OAuthTokenBody,
  OAuthTokenPath,
  OAuthTokenRequestBody,
} from '@paddock/broker-wire'
import type { AccountId } from '../accounts/account.ts'
import {
  type Credentials,
  exchangeCode,
  type Grant,
  grantCode,
  grantToken,
  type IssuedToken,
  requireRedirect,
  requireScopes,
  revokeToken,
} from '../oauth/grant-access.ts'
import { type OAuthClient, type OAuthClientId, OAuthRejected } from '../oauth/oauth-client.ts'
import { findClient } from '../oauth/oauth-client-store.ts'
import { partnerOf } from './auth.ts'
import type { BrokerRoutes } from './routes.ts'
import { WireRefused } from './wire-error.ts'

const tags = ['OAuth']

/** What a partner does so that an app can act for one of its end users (contracts/alpaca/oauth.md). */
export const oauthRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/v1/oauth/clients/:client_id',
    {
      schema: {
        summary: 'Get an OAuth client',
        tags,
        params: OAuthClientPath,
        querystring: OAuthClientQuery,
        response: { 200: OAuthClientBody },
      },
    },
    async ({ params, query }) => {
      const client = await findClient(ctx.db, params.client_id as OAuthClientId)
      if (client === undefined) throw new OAuthRejected('oauth_client_refused')
      if (query.redirect_uri !== undefined) requireRedirect(client, query.redirect_uri)
      if (query.scope !== undefined) requireScopes(client, query.scope)
      return presentClient(client)
    },
  )

  app.post(
    '/v1/oauth/authorize',
    {
      schema: {
        summary: 'Authorize an OAuth client',
        tags,
        body: OAuthGrantBody,
        response: { 200: OAuthCodeBody },
      },
    },
    async (request, reply) => {
      const grant = readGrant(request.body)
      const { code, scope } = await grantCode(ctx, partnerOf(request), grant)
      const { clientId, redirectUri } = grant
      return reply
        .header('Cache-Control', 'no-store')
        .send({ code, client_id: clientId, redirect_uri: redirectUri, scope })
    },
  )

  app.post(
    '/v1/oauth/token',
    {
      schema: {
        summary: 'Issue an OAuth token',
        tags,
        body: OAuthTokenRequestBody,
        response: { 200: OAuthTokenBody },
      },
    },
    async (request, reply) => {
      const { body } = request
      const issued =
        body.code == null
          ? await grantToken(ctx, partnerOf(request), readGrant(body))
          : await exchangeCode(ctx, readCredentials(body), body.code)
      return reply.header('Cache-Control', 'no-store').send(presentToken(issued))
    },
  )

  app.delete(
    '/v1/oauth/token/:token_id',
    { schema: { summary: 'Revoke an OAuth token', tags, params: OAuthTokenPath } },
    async ({ params }, reply) => {
      await revokeToken(ctx, params.token_id)
      return reply.code(204).send()
    },
  )
}

export function presentClient(client: OAuthClient): OAuthClientBody {
  return {
    client_id: client.id,
    name: client.name,
    description: client.description,
    url: client.url,
    terms_of_use: client.termsOfUse,
    privacy_policy: client.privacyPolicy,
    status: client.status,
    redirect_uri: [...client.redirectUris],
    live_trading_approved: true,
  }
}

export function presentToken({ id, token, scope }: IssuedToken): OAuthTokenBody {
  return { access_token: token, token_type: 'Bearer', scope, token_id: id }
}

function readCredentials(body: OAuthTokenRequestBody): Credentials {
  return {
    clientId: body.client_id,
    clientSecret: body.client_secret,
    redirectUri: body.redirect_uri,
  }
}

function readGrant(body: OAuthTokenRequestBody): Grant {
  const { scope, account_id: accountId } = body
  if (scope === undefined) throw new WireRefused(422, 40010001, 'scope is required')
  if (accountId === undefined) throw new WireRefused(422, 40010001, 'account_id is required')
  return { ...readCredentials(body), scope, accountId: accountId as AccountId }
}
