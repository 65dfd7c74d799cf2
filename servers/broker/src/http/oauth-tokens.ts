import { BearerTokenBody } from '@paddock/broker-wire'
import { KeyRejected } from '../keys/api-key.ts'
import { issueKeyToken, TOKEN_SECONDS } from '../keys/bearer-token.ts'
import { findPartner, tokenNameOf } from '../keys/identify.ts'
import { readBasic } from './auth.ts'
import { readFormBodies, textIn } from './form-body.ts'
import type { BrokerRoutes } from './routes.ts'
import { WireRefused } from './wire-error.ts'

/** Bearer tokens for partners by their key and secret, as OAuth 2 has it (contracts/alpaca/transport.md §2). */
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
}
