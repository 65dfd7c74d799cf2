import type { Order as OrderBody } from '@paddock/platform-wire'
import type { Order } from '../broker/client.ts'
import type { OrderAsked } from '../broker/submit-order.ts'
import { showPrice, showQuantity, showUsd } from '../decimal.ts'
import type { Intent, Outcome } from '../intents/intent.ts'

const CANCELABLE: readonly string[] = [
  'accepted',
  'accepted_for_bidding',
  'calculated',
  'held',
  'new',
  'partially_filled',
  'pending_new',
]

export function presentOutcome(outcome: Outcome<Order>): OrderBody {
  return outcome.state === 'accepted'
    ? presentOrder(outcome.body, outcome.intent.id)
    : presentIntent(outcome.intent)
}

/** An order that the broker has; its own id stands in for that of an intent when it was not asked for here. */
export function presentOrder(order: Order, intentId: string = order.id): OrderBody {
  return {
    id: intentId,
    broker_order_id: order.id,
    symbol: order.symbol,
    asset_class: order.asset_class,
    side: order.side,
    type: order.type,
    time_in_force: order.time_in_force,
    qty: order.qty == null ? null : showQuantity(order.qty),
    notional: order.notional == null ? null : showUsd(order.notional),
    filled_qty: showQuantity(order.filled_qty),
    filled_avg_price: order.filled_avg_price == null ? null : showPrice(order.filled_avg_price),
    status: order.status,
    reason: null,
    submitted_at: order.submitted_at,
    filled_at: order.filled_at ?? null,
    can_cancel: CANCELABLE.includes(order.status),
  }
}

/** An order that the broker does not have, or not to our knowledge. */
export function presentIntent(intent: Intent): OrderBody {
  const asked = intent.request as OrderAsked
  return {
    id: intent.id,
    broker_order_id: null,
    symbol: asked.symbol,
    asset_class: asked.symbol.includes('/') ? 'crypto' : 'us_equity',
    side: asked.side,
    type: asked.type,
    time_in_force: asked.time_in_force,
    qty: asked.qty ?? null,
    notional: asked.notional == null ? null : showUsd(asked.notional),
    filled_qty: '0',
    filled_avg_price: null,
    status: intent.state === 'refused' ? 'REFUSED' : 'UNKNOWN',
    reason: intent.refusal?.message ?? null,
    submitted_at: intent.askedAt.toString(),
    filled_at: null,
    can_cancel: false,
  }
}
