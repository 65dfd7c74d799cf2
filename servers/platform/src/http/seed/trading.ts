import { OrderSide, QuantityInput, UsdInput } from '@paddock/platform-wire'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readAllPositions } from '../../broker/all-positions.ts'
import type { PlatformContext } from '../../context.ts'
import { IntentRefused } from '../../intents/intent.ts'
import { placeOrder } from '../../trading/place-order.ts'
import { IdentifierPath, ownAccount } from './own-account.ts'
import { idempotencyKeyOf, requestIdOf } from './request-id.ts'
import { VendorObject, VendorPosition } from './shapes.ts'

const OrderForm = z.strictObject({
  symbol: z.string().min(1).max(20),
  qty: QuantityInput.optional(),
  notional: UsdInput.optional(),
  side: OrderSide,
  type: z.enum(['market', 'limit', 'stop', 'stop_limit', 'trailing_stop']),
  time_in_force: z.enum(['day', 'gtc', 'opg', 'cls', 'ioc', 'fok']),
  limit_price: QuantityInput.optional(),
  commission: UsdInput.optional(),
  client_order_id: z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, 'must have 1 to 128 printable characters')
    .optional(),
})

const MOST_ORDERS = 500

export const tradingRoutes: FastifyPluginAsyncZod<{ ctx: PlatformContext }> = async (app, { ctx }) => {
  app.post(
    '/trading/accounts/:identifier/orders',
    {
      schema: {
        params: IdentifierPath,
        body: OrderForm,
        response: { 200: z.object({ order: VendorObject }) },
      },
    },
    async (request) => {
      const account = await ownAccount(ctx, request, request.params.identifier)
      const { body } = request
      const id = requestIdOf(body.client_order_id ?? idempotencyKeyOf(request))
      const outcome = await placeOrder(ctx, account, {
        id,
        clientOrderId: body.client_order_id ?? id,
        symbol: body.symbol,
        side: body.side,
        type: body.type,
        timeInForce: body.time_in_force,
        qty: body.qty,
        notional: body.notional,
        commission: body.commission,
        limitPrice: body.limit_price,
      })
      if (outcome.state === 'unknown') throw new IntentRefused('outcome_unknown', { idempotency_key: id })
      return { order: outcome.body }
    },
  )

  app.get(
    '/trading/accounts/:identifier/orders',
    { schema: { params: IdentifierPath, response: { 200: z.object({ orders: z.array(VendorObject) }) } } },
    async (request) => {
      const account = await ownAccount(ctx, request, request.params.identifier)
      return { orders: await ctx.broker.orders.list(account.id, { status: 'all', limit: MOST_ORDERS }) }
    },
  )

  app.get(
    '/trading/accounts/:identifier/positions',
    {
      schema: { params: IdentifierPath, response: { 200: z.object({ positions: z.array(VendorPosition) }) } },
    },
    async (request) => {
      const account = await ownAccount(ctx, request, request.params.identifier)
      return { positions: await ctx.broker.positions.list(account.id) }
    },
  )

  app.get(
    '/trading/positions',
    {
      config: { operatorsOnly: true },
      schema: {
        response: { 200: z.object({ positions: z.record(z.string(), z.array(VendorPosition)) }) },
      },
    },
    async () => ({ positions: await readAllPositions(ctx) }),
  )
}
