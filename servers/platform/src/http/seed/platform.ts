import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PlatformContext } from '../../context.ts'
import { refreshSession, signOut, startTokenSession, type TokenPair } from '../../identity/sessions.ts'
import { signIn } from '../../identity/sign-in.ts'
import { signUp } from '../../identity/sign-up.ts'
import { callerOf } from '../access.ts'

const Credentials = z.strictObject({ email: z.string().max(254), password: z.string().max(1_024) })

const Tokens = z.object({ access_token: z.string(), refresh_token: z.string(), cognito_user_id: z.string() })

/** Sign-up and sign-in as the seed's clients know them; the rest of their life needs the token. */
export const platformRoutes: FastifyPluginAsyncZod<{ ctx: PlatformContext }> = async (app, { ctx }) => {
  app.post(
    '/platform/signup',
    { schema: { body: Credentials, response: { 200: Tokens } } },
    async ({ body }) => presentTokens(await startTokenSession(ctx, await signUp(ctx, body))),
  )

  app.post(
    '/platform/login',
    { schema: { body: Credentials, response: { 200: Tokens } } },
    async ({ body, ip }) =>
      presentTokens(await startTokenSession(ctx, await signIn(ctx, { ...body, address: ip }))),
  )

  app.post(
    '/platform/refresh',
    { schema: { body: z.strictObject({ refresh_token: z.string().max(200) }), response: { 200: Tokens } } },
    async ({ body }) => presentTokens(await refreshSession(ctx, body.refresh_token)),
  )

  app.post('/platform/logout', { schema: { response: { 204: z.void() } } }, async (request, reply) => {
    await signOut(ctx, callerOf(request))
    return reply.code(204).send()
  })

  app.get('/.well-known/jwks.json', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=300').send(ctx.tokens.publicKeys),
  )
}

function presentTokens({ accessToken, refreshToken, user }: TokenPair): z.infer<typeof Tokens> {
  return { access_token: accessToken, refresh_token: refreshToken, cognito_user_id: user.id }
}
