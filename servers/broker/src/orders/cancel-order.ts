import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { Desk } from './desk.ts'
import { endOrder } from './end-order.ts'
import { pairOf } from './hold.ts'
import { isOpen, type Order, type OrderId, OrderRejected } from './order.ts'
import { orderEvent } from './order-events.ts'
import { findOrder, listOrders } from './order-store.ts'

/** Cancels an open order and frees what it held, or rejects the wish and changes nothing. */
export async function cancelOrder(ctx: BrokerContext, accountId: AccountId, orderId: OrderId): Promise<void> {
  const order = await findOrder(ctx.db, accountId, orderId)
  if (order === undefined) {
    await requireAccount(ctx.db, accountId)
    throw new OrderRejected('order_not_found', { orderId })
  }
  await transact(ctx, async (tx) => {
    const desk = await Desk.open(ctx, tx, [pairOf(order)])
    requestCancel(desk, await requireOpen(desk, tx, order))
    await desk.flush()
  })
}

/** The order as it is under the lock; closed by now, its status of before the lock may be of yesterday. */
async function requireOpen(desk: Desk, tx: Tx, known: Order): Promise<Order> {
  const order = desk.order(known.id) ?? (await findOrder(tx, known.accountId, known.id)) ?? known
  if (!isOpen(order)) throw new OrderRejected('order_not_cancelable', { status: order.status })
  return order
}

/** What the venue answers at once ends the order; one that takes its time leaves it `pending_cancel`. */
function requestCancel(desk: Desk, order: Order): void {
  const { status } = order
  if (status === 'done_for_day' || status === 'stopped') {
    throw new OrderRejected('order_not_cancelable', { status })
  }
  if (status === 'pending_cancel') return
  if (desk.ctx.venue.answersLater(order.asset)) {
    const pending = desk.change(order, { status: 'pending_cancel', cancelRequestedAt: desk.now })
    desk.addEvent(orderEvent(pending, 'pending_cancel'))
    return
  }
  endOrder(desk, order, 'canceled')
}

export interface CancelResult {
  readonly orderId: OrderId
  readonly rejection: OrderRejected | undefined
}

/** Far more than an account ever has open. */
const EVERY_ORDER = 1_000_000
/** So many end in one transaction: others have their turn between, and an account with thousands is done in seconds. */
const ORDERS_AT_ONCE = 200

/** Cancels every order that is open now; each succeeds or fails by itself. */
export async function cancelAllOrders(ctx: BrokerContext, accountId: AccountId): Promise<CancelResult[]> {
  const open = await listOrders(ctx.db, accountId, { status: 'open', limit: EVERY_ORDER, direction: 'asc' })
  const results: CancelResult[] = []
  for (let first = 0; first < open.length; first += ORDERS_AT_ONCE) {
    const orders = open.slice(first, first + ORDERS_AT_ONCE)
    results.push(...(await transact(ctx, (tx) => cancelOrders(ctx, tx, orders))))
  }
  return results
}

async function cancelOrders(ctx: BrokerContext, tx: Tx, orders: readonly Order[]): Promise<CancelResult[]> {
  const pairs = new Map(orders.map((order) => [order.asset.symbol, pairOf(order)]))
  const desk = await Desk.open(ctx, tx, [...pairs.values()])
  const results: CancelResult[] = []
  for (const known of orders) {
    try {
      requestCancel(desk, await requireOpen(desk, tx, known))
      results.push({ orderId: known.id, rejection: undefined })
    } catch (error) {
      if (!(error instanceof OrderRejected)) throw error
      // An exit that went with its entry is canceled as well.
      const isGone = error.details.status === 'canceled'
      results.push({ orderId: known.id, rejection: isGone ? undefined : error })
    }
  }
  await desk.flush()
  return results
}
