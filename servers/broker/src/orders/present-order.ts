import type { OrderBody } from '@paddock/broker-wire'
import { formatPrice, formatQuantity, trimmedUsd } from '@paddock/money'
import type { Order } from './order.ts'
import { intentOf } from './order-terms.ts'

/** An order in the vendor's words. Also part of each trade event, which is why it is not in `http`. */
export function presentOrder(order: Order): OrderBody {
  const { amount, asset } = order
  const textOf = (instant: Temporal.Instant | undefined) => instant?.toString() ?? null
  return {
    id: order.id,
    client_order_id: order.clientOrderId,
    created_at: order.submittedAt.toString(),
    updated_at: order.updatedAt.toString(),
    submitted_at: order.submittedAt.toString(),
    filled_at: textOf(order.filledAt),
    expired_at: null,
    expires_at: textOf(order.expiresAt),
    canceled_at: textOf(order.canceledAt),
    failed_at: textOf(order.failedAt),
    cancel_requested_at: textOf(order.canceledAt),
    replaced_at: null,
    replaced_by: null,
    replaces: null,
    asset_id: asset.id,
    symbol: asset.symbol,
    asset_class: asset.assetClass,
    notional: amount.kind === 'notional' ? trimmedUsd(amount.notionalMinor) : null,
    qty: amount.kind === 'quantity' ? formatQuantity(amount.quantityNano) : null,
    filled_qty: formatQuantity(order.filledQuantityNano),
    filled_avg_price: order.filledPriceMicro === undefined ? null : formatPrice(order.filledPriceMicro),
    // The vendor shows a simple order as an empty class (contracts/alpaca/orders.md §2).
    order_class: '',
    order_type: 'market',
    type: 'market',
    side: order.side,
    time_in_force: order.timeInForce,
    limit_price: null,
    stop_price: null,
    status: order.status,
    extended_hours: false,
    legs: null,
    trail_percent: null,
    trail_price: null,
    hwm: null,
    commission: trimmedUsd(order.commissionMinor),
    commission_type: 'notional',
    position_intent: intentOf(order.side),
    subtag: order.subtag ?? null,
    source: order.source ?? null,
  }
}
