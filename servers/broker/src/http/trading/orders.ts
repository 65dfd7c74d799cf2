import {
  CanceledOrderRow,
  CreateOrderBody,
  ListOrdersQuery,
  line,
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
import { findOrder, findOrderByClientId, listOrders } from '../../orders/order-store.ts'
import { type NewOrder, placeOrder } from '../../orders/place-order.ts'
import { presentOrder } from '../../orders/present-order.ts'
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
  app.post(
    ORDERS,
    { schema: { summary: 'Place an order', tags, params: AccountPath, body: CreateOrderBody, response } },
    async ({ params, body }) => presentOrder(await placeOrder(ctx, params.account_id, readNewOrder(body))),
  )

  app.post(
    `${ORDERS}/estimation`,
    { schema: { summary: 'Estimate an order', tags, params: AccountPath, body: CreateOrderBody, response } },
    async ({ params, body }) => presentOrder(await estimateOrder(ctx, params.account_id, readNewOrder(body))),
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
      return orders.map(presentOrder)
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
    { schema: { summary: 'Get an order', tags, params: OrderPath, response } },
    async ({ params }) => {
      await requireAccount(ctx.db, params.account_id)
      const order = await findOrder(ctx.db, params.account_id, params.order_id)
      return presentOrder(found(order, params.order_id))
    },
  )

  app.patch(
    `${ORDERS}/:order_id`,
    { schema: { summary: 'Replace an order', tags, params: OrderPath, body: ReplaceOrderBody, response } },
    async ({ params, body }) => replaceOrder(ctx, params.account_id, params.order_id, readChange(body)),
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

function readNewOrder(body: CreateOrderBody): NewOrder {
  const exits = [body.take_profit, body.stop_loss, body.legs]
  const prices = [body.limit_price, body.stop_price, body.trail_price, body.trail_percent]
  return {
    symbol: body.symbol,
    side: body.side,
    type: body.type,
    timeInForce: body.time_in_force,
    quantity: body.qty ?? undefined,
    notional: body.notional ?? undefined,
    commission: body.commission ?? undefined,
    commissionType: body.commission_type ?? undefined,
    orderClass: body.order_class ?? undefined,
    positionIntent: body.position_intent ?? undefined,
    extendedHours: body.extended_hours ?? undefined,
    hasPrices: [...exits, ...prices].some((value) => value !== undefined && value !== null),
    clientOrderId: body.client_order_id ?? undefined,
    subtag: body.subtag ?? undefined,
    source: body.source ?? undefined,
  }
}

function readChange(body: ReplaceOrderBody): OrderChange {
  const prices = [body.limit_price, body.stop_price, body.trail, body.notional]
  return {
    quantity: body.qty ?? undefined,
    timeInForce: body.time_in_force ?? undefined,
    hasPrices: prices.some((value) => value !== undefined && value !== null),
    clientOrderId: body.client_order_id ?? undefined,
  }
}

function readFilter(query: ListOrdersQuery) {
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
  }
}

function found(order: Order | undefined, wanted: string): Order {
  if (order === undefined) throw new OrderRejected('order_not_found', { orderId: wanted })
  return order
}
