import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
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
    const open = desk.order(orderId)
    if (open === undefined || !isOpen(open)) {
      // Closed by now: the status of before the lock may be of yesterday.
      const { status } = (await findOrder(tx, accountId, orderId)) ?? order
      throw new OrderRejected('order_not_cancelable', { status })
    }
    requestCancel(desk, open)
    await desk.flush()
  })
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

const MOST_AT_ONCE = 500

/** Cancels every order that is open now; each succeeds or fails by itself. */
export async function cancelAllOrders(ctx: BrokerContext, accountId: AccountId): Promise<CancelResult[]> {
  const open = await listOrders(ctx.db, accountId, { status: 'open', limit: MOST_AT_ONCE, direction: 'asc' })
  const results: CancelResult[] = []
  for (const { id: orderId } of open) {
    try {
      await cancelOrder(ctx, accountId, orderId)
      results.push({ orderId, rejection: undefined })
    } catch (error) {
      if (!(error instanceof OrderRejected)) throw error
      // An exit that went with its entry is canceled as well.
      const isGone = (await findOrder(ctx.db, accountId, orderId))?.status === 'canceled'
      results.push({ orderId, rejection: isGone ? undefined : error })
    }
  }
  return results
}
