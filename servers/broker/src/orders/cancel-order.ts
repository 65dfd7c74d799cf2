import { post } from '@paddock/ledger'
import { cancelJob } from '@paddock/service'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { MATCH_ORDER } from './accept-order.ts'
import { type Order, type OrderId, OrderRejected, openStatuses } from './order.ts'
import { appendOrderEvent, type CancelReason } from './order-events.ts'
import { findOrder, listOrders, updateOrder } from './order-store.ts'

/** Cancels an open order and frees what it held, or rejects the wish and changes nothing. */
export async function cancelOrder(ctx: BrokerContext, accountId: AccountId, orderId: OrderId): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const order = await findOrder(tx, accountId, orderId)
    if (order === undefined) throw new OrderRejected('order_not_found', { orderId })
    const { status } = order
    if (!openStatuses.includes(status)) throw new OrderRejected('order_not_cancelable', { status })
    await cancelOpenOrder(ctx, tx, order)
  })
}

/** The same for an order that is known to be open, for a reason that is told. The account must be locked. */
export async function cancelOpenOrder(
  ctx: BrokerContext,
  tx: Tx,
  order: Order,
  reason?: CancelReason,
): Promise<void> {
  const { id, holdId: pendingId } = order
  const at = ctx.clock.now()
  const cause = { kind: 'order', id, step: 'release' }
  await post(tx, [{ type: 'void_pending', id: `order:${id}:release`, pendingId, cause, at }])
  const canceled = await updateOrder(tx, order, { status: 'canceled', canceled_at: at, updated_at: at })
  await appendOrderEvent(tx, canceled, 'canceled', at, reason)
  await cancelJob(tx, MATCH_ORDER, id)
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
      results.push({ orderId, rejection: error })
    }
  }
  return results
}
