import { Account, Application } from '@paddock/platform-wire'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { AccountRefused } from '../applications/account-refused.ts'
import { accountOf, openAccount } from '../applications/open-account.ts'
import { readAccount } from '../applications/read-account.ts'
import { sampleApplication } from '../applications/sample-application.ts'
import type { PlatformContext } from '../context.ts'
import { callerOf } from './access.ts'
import { signingAddress } from './signing-address.ts'

export const applicationRoutes: FastifyPluginAsyncZod<{ ctx: PlatformContext }> = async (app, { ctx }) => {
  app.get('/api/account', { schema: { response: { 200: Account } } }, async (request) =>
    readAccount(ctx, await accountOf(ctx, callerOf(request))),
  )

  app.post(
    '/api/application',
    { schema: { body: Application, response: { 200: Account } } },
    async (request) => {
      const caller = callerOf(request)
      return readAccount(ctx, await openAccount(ctx, caller, request.body, signingAddress(request)))
    },
  )

  app.get('/api/application/sample', { schema: { response: { 200: Application } } }, async (request) => {
    if (!ctx.config.sandbox) throw new AccountRefused('sandbox_only')
    return sampleApplication({ email: callerOf(request).email })
  })
}
