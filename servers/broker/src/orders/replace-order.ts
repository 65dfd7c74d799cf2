import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { type OrderId, OrderRejected, type OrderStatus } from './order.ts'
import { findOrder } from './order-store.ts'

/** What somebody wants changed; nothing where it may stay. Decimals are plain text. */
export interface OrderChange {
  readonly quantity?: string | undefined
  readonly timeInForce?: string | undefined
  /** A limit, stop or trail price was given. */
  readonly hasPrices: boolean
  readonly clientOrderId?: string | undefined
}

/** Nothing can be replaced before the market has the order, or after it is done (contracts/alpaca/orders.md §7). */
const neverReplaceable: readonly OrderStatus[] = ['accepted', 'filled', 'canceled', 'rejected']

/**
 * Refuses to replace an order, for the first reason that applies. There are market orders only, and one that
 * the market works at is done before it could be replaced; so no wish gets through.
 */
export async function replaceOrder(
  ctx: BrokerContext,
  accountId: AccountId,
  orderId: OrderId,
  change: OrderChange,
): Promise<never> {
  await requireAccount(ctx.db, accountId)
  const order = await findOrder(ctx.db, accountId, orderId)
  if (order === undefined) throw new OrderRejected('order_not_found', { orderId })
  const { quantity, timeInForce, hasPrices, clientOrderId } = change
  const isChange = [quantity, timeInForce, clientOrderId].some((wish) => wish !== undefined) || hasPrices
  if (!isChange) throw new OrderRejected('order_not_changed')
  if (neverReplaceable.includes(order.status)) {
    throw new OrderRejected('order_not_replaceable', { status: order.status })
  }
  if (hasPrices) throw new OrderRejected('price_not_for_market_orders')
  if (quantity !== undefined && (quantity === '0' || quantity.startsWith('-'))) {
    throw new OrderRejected('quantity_not_above_filled')
  }
  throw new OrderRejected('order_at_work')
}
