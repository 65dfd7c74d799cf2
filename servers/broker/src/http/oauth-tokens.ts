import { BearerTokenBody, OAuthTokenBody } from '@paddock/broker-wire'
import { KeyRejected } from '../keys/api-key.ts'
import { issueKeyToken, TOKEN_SECONDS } from '../keys/bearer-token.ts'
import { findPartner, tokenNameOf } from '../keys/identify.ts'
import { exchangeCode } from '../oauth/grant-access.ts'
import { readBasic } from './auth.ts'
import { readFormBodies, textIn } from './form-body.ts'
import { presentToken } from './oauth.ts'
import type { BrokerRoutes } from './routes.ts'
import { WireRefused } from './wire-error.ts'

/**
 * Where OAuth 2 is spoken in forms: bearer tokens for partners by key and secret (contracts/alpaca/transport.md §2),
 * and tokens for apps by code (contracts/alpaca/oauth.md §2).
 */
export const oauthTokenRoutes: BrokerRoutes = async (app, { ctx }) => {
  readFormBodies(app)
  for (const url of ['/v1/oauth2/token', '/oauth2/token']) {
    app.post(
      url,
      {
        // The credentials are in the form.
        config: { isOpen: true },
        schema: {
          summary: 'Issue a bearer token for a key',
          tags: ['OAuth'],
          consumes: ['application/x-www-form-urlencoded'],
          security: [],
          response: { 200: BearerTokenBody },
        },
      },
      async ({ body, headers }, reply) => {
        if (textIn(body, 'grant_type') !== 'client_credentials') {
          throw new WireRefused(422, 40010001, 'grant_type must be client_credentials')
        }
        const key = textIn(body, 'client_id')
        const secret = textIn(body, 'client_secret')
        const pair =
          key !== undefined && secret !== undefined ? { key, secret } : readBasic(headers.authorization)
        const partner = pair && (await findPartner(ctx, pair))
        if (partner === undefined) throw new KeyRejected('client_credentials_invalid')
        const token = await issueKeyToken(ctx.db, tokenNameOf(ctx, partner))
        return reply
          .header('Cache-Control', 'no-store')
          .send({ access_token: token, expires_in: TOKEN_SECONDS, token_type: 'Bearer' })
      },
    )
  }

  app.post(
    '/oauth/token',
    {
      config: { isOpen: true },
      schema: {
        summary: 'Exchange an OAuth code',
        tags: ['OAuth'],
        consumes: ['application/x-www-form-urlencoded'],
        security: [],
        response: { 200: OAuthTokenBody },
      },
    },
    async ({ body }, reply) => {
      if (textIn(body, 'grant_type') !== 'authorization_code') {
        throw new WireRefused(422, 40010001, 'grant_type must be authorization_code')
      }
      const credentials = {
        clientId: textIn(body, 'client_id') ?? '',
        clientSecret: textIn(body, 'client_secret') ?? '',
        redirectUri: textIn(body, 'redirect_uri') ?? '',
      }
      const issued = await exchangeCode(ctx, credentials, textIn(body, 'code') ?? '')
      return reply.header('Cache-Control', 'no-store').send(presentToken(issued))
    },
  )
}
