import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { exchangePublicToken } from '../../banks/connect-bank.ts'
import type { PlatformContext } from '../../context.ts'
import { callerOf } from '../access.ts'

const LinkTokenAnswer = z.looseObject({ link_token: z.string(), expiration: z.string() })

export const plaidRoutes: FastifyPluginAsyncZod<{ ctx: PlatformContext }> = async (app, { ctx }) => {
  app.post(
    '/plaid/create_link_token',
    { schema: { response: { 200: LinkTokenAnswer } } },
    async (request) => ({ ...(await ctx.bank.createLinkToken(callerOf(request).id)) }),
  )

  app.post(
    '/plaid/exchange_public_token',
    {
      schema: {
        body: z.strictObject({
          public_token: z.string().min(1).max(200),
          account_id: z.string().min(1).max(100).optional(),
        }),
        response: { 200: z.object({ processor_token: z.string() }) },
      },
    },
    async (request) => {
      const { public_token: publicToken, account_id: accountId } = request.body
      const { processorToken } = await exchangePublicToken(ctx, callerOf(request), { publicToken, accountId })
      return { processor_token: processorToken }
    },
  )
}
