import { Id, Order, OrderRequest, Orders, Positions } from '@paddock/platform-wire'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { accountOf } from '../applications/open-account.ts'
import type { PlatformContext } from '../context.ts'
import { cancelOrder, listOrders } from '../trading/list-orders.ts'
import { listPositions } from '../trading/list-positions.ts'
import { placeOrder } from '../trading/place-order.ts'
import { presentOutcome } from '../trading/present-order.ts'
import { callerOf } from './access.ts'

const IdPath = z.object({ id: Id })

export const orderRoutes: FastifyPluginAsyncZod<{ ctx: PlatformContext }> = async (app, { ctx }) => {
  app.get('/api/orders', { schema: { response: { 200: Orders } } }, async (request) => ({
    orders: await listOrders(ctx, await accountOf(ctx, callerOf(request))),
  }))

  app.put(
    '/api/orders/:id',
    { schema: { params: IdPath, body: OrderRequest, response: { 200: Order, 202: Order } } },
    async (request, reply) => {
      const account = await accountOf(ctx, callerOf(request))
      const { symbol, side, type, time_in_force: timeInForce, qty, notional } = request.body
      const id = request.params.id.toLowerCase()
      const wish = { id, clientOrderId: id, symbol, side, type, timeInForce, qty, notional }
      const outcome = await placeOrder(ctx, account, wish)
      return reply.code(outcome.state === 'accepted' ? 200 : 202).send(presentOutcome(outcome))
    },
  )

  app.post(
    '/api/orders/:id/cancel',
    { schema: { params: IdPath, response: { 200: Order } } },
    async (request) =>
      cancelOrder(ctx, await accountOf(ctx, callerOf(request)), request.params.id.toLowerCase()),
  )

  app.get('/api/positions', { schema: { response: { 200: Positions } } }, async (request) => ({
    positions: await listPositions(ctx, await accountOf(ctx, callerOf(request))),
  }))
}
