import {
  CanceledOrderRow,
  CreateOrderBody,
  ListOrdersQuery,
  line,
  NestedQuery,
  OrderBody,
  ReplaceOrderBody,
  Uuid,
} from '@paddock/broker-wire'
import { z } from 'zod'
import type { AccountId } from '../../accounts/account.ts'
import { requireAccount } from '../../accounts/account-store.ts'
import { findAsset } from '../../assets/asset.ts'
import { cancelAllOrders, cancelOrder } from '../../orders/cancel-order.ts'
import { estimateOrder } from '../../orders/estimate-order.ts'
import { type Order, type OrderId, OrderRejected } from '../../orders/order.ts'
import { readQuantity } from '../../orders/order-figures.ts'
import { readPrice } from '../../orders/order-prices.ts'
import {
  findOrder,
  findOrderByClientId,
  legsOf,
  listOrders,
  type OrderFilter,
} from '../../orders/order-store.ts'
import type { NewOrder } from '../../orders/place-order.ts'
import { presentNested, presentOrder } from '../../orders/present-order.ts'
import { type OrderChange, replaceOrder } from '../../orders/replace-order.ts'
import { readMoment } from '../moment.ts'
import type { BrokerRoutes } from '../routes.ts'
import { presentRowError } from './order-errors.ts'

const AccountPath = z.object({ account_id: Uuid.transform((id) => id as AccountId) })
const OrderPath = AccountPath.extend({ order_id: Uuid.transform((id) => id as OrderId) })
const ByClientId = z.object({ client_order_id: line(128) })

const tags = ['Trading']
const ORDERS = '/v1/trading/accounts/:account_id/orders'

/** Orders of one account (contracts/alpaca/orders.md). */
export const orderRoutes: BrokerRoutes = async (app, { ctx }) => {
  const response = { 200: OrderBody }

  async function presentWithLegs(order: Order): Promise<OrderBody> {
    // A simple order has none, and most orders are simple.
    const legs = order.orderClass === 'simple' ? [] : await legsOf(ctx.db, order.accountId, [order.id])
    return presentNested(order, legs)
  }

  app.post(
    ORDERS,
    { schema: { summary: 'Place an order', tags, params: AccountPath, body: CreateOrderBody, response } },
    async ({ params, body }) => {
      const order = await ctx.orderIntake.submit(readNewOrder(params.account_id, body))
      return presentWithLegs(order)
    },
  )

  app.post(
    `${ORDERS}/estimation`,
    { schema: { summary: 'Estimate an order', tags, params: AccountPath, body: CreateOrderBody, response } },
    async ({ params, body }) => presentOrder(await estimateOrder(ctx, readNewOrder(params.account_id, body))),
  )

  app.get(
    ORDERS,
    {
      schema: {
        summary: 'List orders',
        tags,
        params: AccountPath,
        querystring: ListOrdersQuery,
        response: { 200: z.array(OrderBody) },
      },
    },
    async ({ params, query }) => {
      await requireAccount(ctx.db, params.account_id)
      const orders = await listOrders(ctx.db, params.account_id, readFilter(query))
      if (query.nested !== true) return orders.map(presentOrder)
      const legs = await legsOf(
        ctx.db,
        params.account_id,
        orders.map(({ id }) => id),
      )
      const byParent = Map.groupBy(legs, ({ parentId }) => parentId)
      return orders.map((order) => presentNested(order, byParent.get(order.id) ?? []))
    },
  )

  // A literal colon: `orders:by_client_order_id`.
  app.get(
    `${ORDERS}::by_client_order_id`,
    {
      schema: {
        summary: 'Get an order by its client order id',
        tags,
        params: AccountPath,
        querystring: ByClientId,
        response,
      },
    },
    async ({ params, query }) => {
      await requireAccount(ctx.db, params.account_id)
      const order = await findOrderByClientId(ctx.db, params.account_id, query.client_order_id)
      return presentOrder(found(order, query.client_order_id))
    },
  )

  app.get(
    `${ORDERS}/:order_id`,
    { schema: { summary: 'Get an order', tags, params: OrderPath, querystring: NestedQuery, response } },
    async ({ params, query }) => {
      await requireAccount(ctx.db, params.account_id)
      const order = found(await findOrder(ctx.db, params.account_id, params.order_id), params.order_id)
      return query.nested === true ? presentWithLegs(order) : presentOrder(order)
    },
  )

  app.patch(
    `${ORDERS}/:order_id`,
    { schema: { summary: 'Replace an order', tags, params: OrderPath, body: ReplaceOrderBody, response } },
    async ({ params, body }) =>
      presentWithLegs(await replaceOrder(ctx, params.account_id, params.order_id, readChange(body))),
  )

  app.delete(
    `${ORDERS}/:order_id`,
    { schema: { summary: 'Cancel an order', tags, params: OrderPath } },
    async ({ params }, reply) => {
      await cancelOrder(ctx, params.account_id, params.order_id)
      return reply.code(204).send()
    },
  )

  app.delete(
    ORDERS,
    {
      schema: {
        summary: 'Cancel all orders',
        tags,
        params: AccountPath,
        response: { 207: z.array(CanceledOrderRow) },
      },
    },
    async ({ params }, reply) => {
      await requireAccount(ctx.db, params.account_id)
      const results = await cancelAllOrders(ctx, params.account_id)
      return reply.code(207).send(
        results.map(({ orderId, rejection }) => {
          if (rejection === undefined) return { id: orderId, status: 200 }
          const { status, body } = presentRowError(rejection)
          return { id: orderId, status, body }
        }),
      )
    },
  )
}

function readNewOrder(accountId: AccountId, body: CreateOrderBody): NewOrder {
  const { take_profit: takeProfit, stop_loss: stopLoss } = body
  return {
    accountId,
    symbol: body.symbol ?? undefined,
    side: body.side ?? undefined,
    type: body.type,
    timeInForce: body.time_in_force,
    quantity: body.qty ?? undefined,
    notional: body.notional ?? undefined,
    limitPrice: body.limit_price ?? undefined,
    stopPrice: body.stop_price ?? undefined,
    trailPrice: body.trail_price ?? undefined,
    trailPercent: body.trail_percent ?? undefined,
    extendedHours: body.extended_hours ?? undefined,
    orderClass: body.order_class || undefined,
    takeProfit: takeProfit ? { limitPrice: takeProfit.limit_price ?? undefined } : undefined,
    stopLoss: stopLoss
      ? {
          stopPrice: stopLoss.stop_price ?? undefined,
          limitPrice: stopLoss.limit_price ?? undefined,
        }
      : undefined,
    hasLegs: (body.legs ?? []).length > 0,
    commission: body.commission ?? undefined,
    commissionType: body.commission_type ?? undefined,
    positionIntent: body.position_intent ?? undefined,
    clientOrderId: body.client_order_id ?? undefined,
    subtag: body.subtag ?? undefined,
    instructions: body.instructions ?? undefined,
    source: body.source ?? undefined,
  }
}

/** An explicit null changes nothing. */
function readChange({
  qty,
  notional,
  time_in_force,
  limit_price,
  stop_price,
  ...body
}: ReplaceOrderBody): OrderChange {
  return {
    quantityNano: qty ? readQuantity(qty) : undefined,
    notional: notional ?? undefined,
    timeInForce: time_in_force ?? undefined,
    limitMicro: limit_price ? readPrice('limit_price', limit_price) : undefined,
    stopMicro: stop_price ? readPrice('stop_price', stop_price) : undefined,
    trail: body.trail ?? undefined,
    clientOrderId: body.client_order_id ?? undefined,
  }
}

function readFilter(query: ListOrdersQuery): OrderFilter {
  return {
    status: query.status,
    limit: query.limit,
    direction: query.direction,
    after: query.after === undefined ? undefined : readMoment(query.after),
    until: query.until === undefined ? undefined : readMoment(query.until),
    // Pairs are known with and without their slash; an unknown symbol simply has no orders.
    symbols: query.symbols?.map((symbol) => findAsset(symbol)?.symbol ?? symbol),
    side: query.side,
    assetClasses: query.asset_class,
    subtag: query.subtag,
    aboveNano: readBound(query.qty_above),
    belowNano: readBound(query.qty_below),
    isNested: query.nested,
  }
}

/** A quantity to compare with: here nothing is an amount too. */
const readBound = (text: string | undefined): bigint | undefined =>
  text === undefined ? undefined : text === '0' ? 0n : readQuantity(text)

function found(order: Order | undefined, wanted: string): Order {
  if (order === undefined) throw new OrderRejected('order_not_found', { orderId: wanted })
  return order
}
