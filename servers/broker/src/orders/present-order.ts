import type { OrderBody } from '@paddock/broker-wire'
import { formatPrice, formatQuantity, trimmedUsd, type UsdMinor } from '@paddock/money'
import { averagePrice, type Commission, type Order, stopOf, type Trail } from './order.ts'
import { intentOf } from './order-terms.ts'

/** An order in the vendor's words. Also part of each trade event, which is why it is not in `http`. */
export function presentOrder(order: Order): OrderBody {
  const { amount, asset, type, orderClass } = order
  return {
    id: order.id,
    client_order_id: order.clientOrderId,
    ...presentTimes(order),
    replaced_by: order.replacedBy ?? null,
    replaces: order.replaces ?? null,
    asset_id: asset.id,
    symbol: asset.symbol,
    asset_class: asset.assetClass,
    notional: amount.kind === 'notional' ? trimmedUsd(amount.notionalMinor) : null,
    qty: amount.kind === 'quantity' ? formatQuantity(amount.quantityNano) : null,
    filled_qty: formatQuantity(order.filledQuantityNano),
    filled_avg_price: priceText(averagePrice(order)),
    // The vendor shows a simple order as an empty class (contracts/alpaca/orders.md §2).
    order_class: orderClass === 'simple' ? '' : orderClass,
    order_type: type,
    type,
    side: order.side,
    time_in_force: order.timeInForce,
    limit_price: priceText(order.limitMicro),
    stop_price: priceText(stopOf(order)),
    status: order.status,
    extended_hours: order.extendedHours,
    legs: null,
    ...presentTrail(order.trail),
    hwm: order.trail === undefined ? null : priceText(order.bestMicro),
    commission: commissionText(order.commission),
    commission_type: order.commission.type,
    position_intent: intentOf(order.side),
    subtag: order.subtag ?? null,
    source: order.source ?? null,
  }
}

/** The same with its exits, if it has any. */
export function presentNested(order: Order, legs: readonly Order[]): OrderBody {
  return { ...presentOrder(order), legs: legs.length === 0 ? null : legs.map(presentOrder) }
}

function presentTimes(order: Order) {
  return {
    created_at: order.submittedAt.toString(),
    updated_at: order.updatedAt.toString(),
    submitted_at: order.submittedAt.toString(),
    filled_at: timeText(order.filledAt),
    expired_at: timeText(order.expiredAt),
    expires_at: timeText(order.expiresAt),
    canceled_at: timeText(order.canceledAt),
    failed_at: timeText(order.failedAt),
    cancel_requested_at: timeText(order.cancelRequestedAt),
    replaced_at: timeText(order.replacedAt),
  }
}

function presentTrail(trail: Trail | undefined) {
  return {
    trail_percent: trail?.kind === 'percent' ? formatPrice(BigInt(trail.distancePpm) * 100n) : null,
    trail_price: trail?.kind === 'price' ? formatPrice(trail.distanceMicro) : null,
  }
}

/** As it was agreed, in the unit of its type. */
function commissionText(commission: Commission): string {
  switch (commission.type) {
    case 'notional':
      return trimmedUsd(commission.rateMinor)
    case 'qty':
      return formatPrice(commission.rateMicro)
    case 'bps':
      // A basis point is a hundred millionths, as a dollar is a hundred cents.
      return trimmedUsd(commission.ratePpm as UsdMinor)
  }
}

const priceText = (priceMicro: Order['limitMicro']) =>
  priceMicro === undefined ? null : formatPrice(priceMicro)

const timeText = (instant: Temporal.Instant | undefined) => instant?.toString() ?? null
