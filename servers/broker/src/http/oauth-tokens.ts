import { BearerTokenBody, BearerTokenForm, OAuthExchangeForm, OAuthTokenBody } from '@paddock/broker-wire'
import type { FastifyRequest } from 'fastify'
import type { BrokerContext } from '../context.ts'
import { KeyRejected } from '../keys/api-key.ts'
import { issueKeyToken, TOKEN_SECONDS } from '../keys/bearer-token.ts'
import type { Partner } from '../keys/caller.ts'
import { findPartner, findSigner, tokenNameOf } from '../keys/identify.ts'
import { exchangeCode } from '../oauth/grant-access.ts'
import { readBasic } from './auth.ts'
import { readFormBodies } from './form-body.ts'
import { presentToken } from './oauth.ts'
import type { BrokerRoutes } from './routes.ts'
import { originOf } from './signed-url.ts'
import { WireRefused } from './wire-error.ts'

const tokenPaths = ['/v1/oauth2/token', '/oauth2/token']

/** The credentials are in the form. */
const formRoute = { tags: ['OAuth'], consumes: ['application/x-www-form-urlencoded'], security: [] }

/**
 * Where OAuth 2 is spoken in forms: bearer tokens for partners by key and secret or signature
 * (contracts/alpaca/transport.md §2), and tokens for apps by code (contracts/alpaca/oauth.md §2).
 */
export const oauthTokenRoutes: BrokerRoutes = async (app, { ctx }) => {
  readFormBodies(app)
  for (const url of tokenPaths) {
    app.post(
      url,
      {
        config: { isOpen: true },
        schema: {
          ...formRoute,
          summary: 'Issue a bearer token for a key',
          body: BearerTokenForm,
          response: { 200: BearerTokenBody },
        },
      },
      async (request, reply) => {
        const partner = await identifyClient(ctx, request, request.body)
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
        ...formRoute,
        summary: 'Exchange an OAuth code',
        body: OAuthExchangeForm,
        response: { 200: OAuthTokenBody },
      },
    },
    async ({ body }, reply) => {
      const credentials = {
        clientId: body.client_id,
        clientSecret: body.client_secret,
        redirectUri: body.redirect_uri,
      }
      const issued = await exchangeCode(ctx, credentials, body.code)
      return reply.header('Cache-Control', 'no-store').send(presentToken(issued))
    },
  )
}

async function identifyClient(
  ctx: BrokerContext,
  request: FastifyRequest,
  form: BearerTokenForm,
): Promise<Partner> {
  const { client_id: key, client_secret: secret, client_assertion: assertion } = form
  if (assertion === undefined) {
    const pair =
      key === undefined || secret === undefined ? readBasic(request.headers.authorization) : { key, secret }
    const partner = pair && (await findPartner(ctx, pair))
    if (partner === undefined) throw new KeyRejected('client_credentials_invalid')
    return partner
  }
  // RFC 6749, section 2.3: a client shows who it is in one way.
  if (secret !== undefined) {
    throw new WireRefused(422, 40010001, 'client_assertion and client_secret must not be given together')
  }
  if (form.client_assertion_type === undefined) {
    throw new WireRefused(422, 40010001, 'client_assertion_type is required')
  }
  // A key's id is known to no other server, so that an audience the caller has a say in lets nothing else in.
  const origin = originOf(request)
  const audiences = [origin, ...tokenPaths.map((path) => `${origin}${path}`)]
  return findSigner(ctx, { assertion, clientId: key, audiences })
}
