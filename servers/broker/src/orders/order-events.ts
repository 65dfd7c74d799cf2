import { newId } from '@paddock/kernel'
import { formatPrice, formatQuantity } from '@paddock/money'
import type { JsonObject } from '../db/schema.ts'
import type { NewEvent } from '../events/append-event.ts'
import type { Fill } from './fill-store.ts'
import type { Order } from './order.ts'
import { presentOrder } from './present-order.ts'

/** The vendor's words for what happens to an order besides executions (contracts/alpaca/orders.md §9). */
export type OrderEvent =
  | 'accepted'
  | 'pending_new'
  | 'new'
  | 'held'
  | 'canceled'
  | 'expired'
  | 'rejected'
  | 'replaced'
  | 'pending_cancel'
  | 'pending_replace'
  | 'order_cancel_rejected'
  | 'order_replace_rejected'
  | 'done_for_day'
  | 'stopped'
  | 'suspended'
  | 'calculated'
  | 'restated'

/** Why an order was canceled that nobody wished canceled. */
export type CancelReason = 'CORPORATE_ACTION'

/** Tells the world what became of an order; the order is shown as it is after the event. */
export function orderEvent(order: Order, event: OrderEvent, reason?: CancelReason): NewEvent {
  return eventOf(order, event, { execution_id: newId(), ...(reason === undefined ? {} : { reason }) })
}

/** Tells the world of an execution. */
export function fillEvent(order: Order, fill: Fill): NewEvent {
  return eventOf(order, order.status === 'filled' ? 'fill' : 'partial_fill', {
    execution_id: fill.id,
    price: formatPrice(fill.priceMicro),
    qty: formatQuantity(fill.quantityNano),
    position_qty: formatQuantity(fill.positionNano),
    settle_date: fill.settlesOn.toString(),
  })
}

function eventOf(order: Order, event: string, facts: JsonObject): NewEvent {
  const at = order.updatedAt
  return {
    accountId: order.accountId,
    stream: 'trade',
    entityId: order.id,
    statusTo: event,
    at,
    payload: { timestamp: at.toString(), order: presentOrder(order), ...facts },
  }
}
