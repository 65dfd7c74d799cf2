import { Credentials, Me, PublicConfig } from '@paddock/platform-wire'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { findBrokerageAccount } from '../applications/brokerage-accounts-store.ts'
import type { PlatformContext } from '../context.ts'
import { callerByCookie, signOut, startCookieSession } from '../identity/sessions.ts'
import { signIn, signInAsDemo } from '../identity/sign-in.ts'
import { signUp } from '../identity/sign-up.ts'
import type { User } from '../identity/user.ts'
import { callerOf } from './access.ts'
import { sessionCookie } from './session-cookie.ts'

export const sessionRoutes: FastifyPluginAsyncZod<{ ctx: PlatformContext }> = async (app, { ctx }) => {
  const cookie = sessionCookie(ctx)

  app.get('/api/config', { schema: { response: { 200: PublicConfig } } }, async () => presentConfig(ctx))

  app.get('/api/me', { schema: { response: { 200: Me } } }, async (request) =>
    presentMe(ctx, callerOf(request)),
  )

  app.post('/api/signup', { schema: { body: Credentials, response: { 200: Me } } }, async (request, reply) =>
    begin(request, reply, await signUp(ctx, request.body)),
  )

  app.post('/api/login', { schema: { body: Credentials, response: { 200: Me } } }, async (request, reply) =>
    begin(request, reply, await signIn(ctx, { ...request.body, address: request.ip })),
  )

  app.post('/api/demo/login', { schema: { response: { 200: Me } } }, async (request, reply) =>
    begin(request, reply, await signInAsDemo(ctx)),
  )

  app.post('/api/logout', { schema: { response: { 204: z.void() } } }, async (request, reply) => {
    await signOut(ctx, callerOf(request))
    cookie.clear(reply)
    return reply.code(204).send()
  })

  /** A new session with a new secret; the one that this browser had is over. */
  async function begin(request: FastifyRequest, reply: FastifyReply, user: User): Promise<Me> {
    const before = cookie.read(request)
    const earlier = before === undefined ? undefined : await callerByCookie(ctx, before)
    if (earlier !== undefined) await signOut(ctx, earlier)
    cookie.set(reply, await startCookieSession(ctx, user))
    return presentMe(ctx, user)
  }
}

function presentConfig({ config }: PlatformContext): PublicConfig {
  return {
    broker: config.broker.mode,
    bank: config.bank.mode,
    sandbox: config.sandbox,
    demo: config.demo,
    link_script_url: config.bank.linkScriptUrl,
    sim_url: config.broker.simUrl ?? null,
  }
}

async function presentMe(ctx: PlatformContext, user: User): Promise<Me> {
  const account = await findBrokerageAccount(ctx.db, user.id)
  return {
    user: { id: user.id, email: user.email, role: user.role, created_at: user.createdAt.toString() },
    account:
      account === undefined
        ? null
        : {
            id: account.id,
            status: account.status,
            crypto_status: account.cryptoStatus,
            given_name: account.givenName,
            account_number: account.accountNumber,
          },
  }
}
