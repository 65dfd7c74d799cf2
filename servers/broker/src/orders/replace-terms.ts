import { type Order, OrderRejected, type Trail } from './order.ts'
import { hasLimit, hasStop, trailOf } from './order-prices.ts'
import type { OrderChange } from './replace-order.ts'

const WHOLE_SHARE_NANO = 1_000_000_000n

/** Only what an order has can be changed, and shares of stock only as whole ones. */
export function refuseWhatTheTypeHasNot({ type, asset }: Order, change: OrderChange): void {
  const { limitMicro, stopMicro, trail, quantityNano, notional } = change
  if (notional !== undefined) refuse('notional', type)
  if (limitMicro !== undefined && !hasLimit(type)) refuse('limit_price', type)
  if (stopMicro !== undefined && !hasStop(type)) refuse('stop_price', type)
  if (trail !== undefined && type !== 'trailing_stop') refuse('trail', type)
  const isWhole = quantityNano === undefined || quantityNano % WHOLE_SHARE_NANO === 0n
  if (!isWhole && asset.assetClass === 'us_equity') throw new OrderRejected('quantity_not_whole')
}

function refuse(field: string, type: Order['type']): never {
  throw new OrderRejected('replace_field_not_of_type', { field, type })
}

/** The new distance of a trailing stop, in dollars or in percent as the old one was. */
export function readTrail({ trail }: Order, text: string): Trail {
  return trailOf(trail?.kind ?? 'price', text)
}
