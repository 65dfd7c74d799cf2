import { Bank, Banks, Id, LinkExchange, LinkToken } from '@paddock/platform-wire'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { connectBank } from '../banks/connect-bank.ts'
import { listBanks, readBank, removeBank } from '../banks/list-banks.ts'
import type { PlatformContext } from '../context.ts'
import { callerOf } from './access.ts'

export const bankRoutes: FastifyPluginAsyncZod<{ ctx: PlatformContext }> = async (app, { ctx }) => {
  app.post('/api/link/token', { schema: { response: { 200: LinkToken } } }, async (request) => {
    const { link_token, expiration } = await ctx.bank.createLinkToken(callerOf(request).id)
    return { link_token, expiration }
  })

  app.post(
    '/api/link/exchange',
    { schema: { body: LinkExchange, response: { 200: Bank } } },
    async (request) => {
      const caller = callerOf(request)
      const { public_token: publicToken, account_id: accountId } = request.body
      return readBank(ctx, caller, await connectBank(ctx, caller, { publicToken, accountId }))
    },
  )

  app.get('/api/banks', { schema: { response: { 200: Banks } } }, async (request) => ({
    banks: await listBanks(ctx, callerOf(request)),
  }))

  app.delete(
    '/api/banks/:id',
    { schema: { params: z.object({ id: Id }), response: { 204: z.void() } } },
    async (request, reply) => {
      await removeBank(ctx, callerOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
}
