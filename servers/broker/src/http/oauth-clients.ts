import {
  OAuthClientPath,
  OpsOAuthClientBody,
  RegisterOAuthClientBody,
  UpdateOAuthClientBody,
} from '@paddock/broker-wire'
import { z } from 'zod'
import { type OAuthClient, type OAuthClientId, OAuthRejected } from '../oauth/oauth-client.ts'
import { listClients, updateClient } from '../oauth/oauth-client-store.ts'
import { oauthScopes } from '../oauth/oauth-scope.ts'
import { registerClient } from '../oauth/register-client.ts'
import { partnerOf } from './auth.ts'
import { presentClient } from './oauth.ts'
import type { BrokerRoutes } from './routes.ts'

const tags = ['Operations']

/** How apps become known; ours, not the vendor's (contracts/alpaca/oauth.md §1). */
export const oauthClientRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.post(
    '/_ops/oauth/clients',
    {
      schema: {
        summary: 'Register an OAuth client',
        tags,
        body: RegisterOAuthClientBody,
        response: { 200: OpsOAuthClientBody },
      },
    },
    async (request, reply) => {
      const { body } = request
      const { client, secret } = await registerClient(ctx, partnerOf(request), {
        name: body.name,
        description: body.description ?? '',
        url: body.url ?? '',
        termsOfUse: body.terms_of_use ?? '',
        privacyPolicy: body.privacy_policy ?? '',
        redirectUris: [...new Set(body.redirect_uri)],
        scopes: [...new Set(body.scopes ?? oauthScopes)],
      })
      return reply
        .header('Cache-Control', 'no-store')
        .send({ ...presentForOps(client), client_secret: secret })
    },
  )

  app.get(
    '/_ops/oauth/clients',
    { schema: { summary: 'List OAuth clients', tags, response: { 200: z.array(OpsOAuthClientBody) } } },
    async () => (await listClients(ctx.db)).map(presentForOps),
  )

  app.patch(
    '/_ops/oauth/clients/:client_id',
    {
      schema: {
        summary: 'Update an OAuth client',
        tags,
        params: OAuthClientPath,
        body: UpdateOAuthClientBody,
        response: { 200: OpsOAuthClientBody },
      },
    },
    async ({ params, body }) => {
      const client = await updateClient(ctx.db, params.client_id as OAuthClientId, {
        ...(body.status == null ? {} : { status: body.status }),
        ...(body.redirect_uri == null ? {} : { redirectUris: [...new Set(body.redirect_uri)] }),
      })
      if (client === undefined) throw new OAuthRejected('oauth_client_refused')
      return presentForOps(client)
    },
  )
}

function presentForOps(client: OAuthClient): OpsOAuthClientBody {
  return {
    ...presentClient(client),
    scopes: [...client.scopes],
    created_by: client.createdBy,
    created_at: client.createdAt.toString(),
  }
}
