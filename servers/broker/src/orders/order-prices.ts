import { formatPrice, type PriceMicro, parsePrice } from '@paddock/money'
import { OrderRejected, type OrderTerms, type OrderType, type Trail } from './order.ts'
import { isNotPositive } from './order-figures.ts'

export type PricesAsked = {
  readonly limitPrice?: string | undefined
  readonly stopPrice?: string | undefined
  readonly trailPrice?: string | undefined
  readonly trailPercent?: string | undefined
}

type Prices = Pick<OrderTerms, 'limitMicro' | 'stopMicro' | 'trail'>

const DOLLAR_MICRO = 1_000_000n
const CENT_MICRO = 10_000n
const HUNDREDTH_CENT_MICRO = 100n

const typesWithLimit: readonly OrderType[] = ['limit', 'stop_limit']
const typesWithStop: readonly OrderType[] = ['stop', 'stop_limit']

export const hasLimit = (type: OrderType): boolean => typesWithLimit.includes(type)
export const hasStop = (type: OrderType): boolean => typesWithStop.includes(type)

/** The prices that the type asks for, and no other. */
export function readPrices(request: PricesAsked & { readonly type: OrderType }): Prices {
  const { type, limitPrice, stopPrice, trailPrice, trailPercent } = request
  if (limitPrice !== undefined && !hasLimit(type))
    throw new OrderRejected('limit_price_not_allowed', { type })
  if (stopPrice !== undefined && !hasStop(type)) throw new OrderRejected('stop_price_not_allowed', { type })
  const isTrailing = type === 'trailing_stop'
  if (!isTrailing && (trailPrice ?? trailPercent) !== undefined) throw new OrderRejected('trail_not_allowed')
  if (hasStop(type) && stopPrice === undefined) throw new OrderRejected('stop_price_required', { type })
  if (hasLimit(type) && limitPrice === undefined) throw new OrderRejected('limit_price_required', { type })
  return {
    limitMicro: limitPrice === undefined ? undefined : readPrice('limit_price', limitPrice),
    stopMicro: stopPrice === undefined ? undefined : readPrice('stop_price', stopPrice),
    trail: isTrailing ? readTrail(request) : undefined,
  }
}

function readTrail({ trailPrice, trailPercent }: PricesAsked): Trail {
  if ((trailPrice === undefined) === (trailPercent === undefined)) {
    throw new OrderRejected('trail_price_xor_percent')
  }
  return trailPrice === undefined ? trailOf('percent', trailPercent ?? '') : trailOf('price', trailPrice)
}

export function trailOf(kind: Trail['kind'], text: string): Trail {
  return kind === 'price'
    ? { kind, distanceMicro: readPrice('trail_price', text) }
    : { kind, distancePpm: readPercent(text) }
}

/** Percent with up to four decimals, as millionths. A price falls by less than all of it. */
function readPercent(text: string): number {
  if (isNotPositive(text)) throw new OrderRejected('price_not_positive', { field: 'trail_percent' })
  // Six decimals are read, of which the last two must be zero: a millionth is a ten-thousandth of a percent.
  const percentMicro = parsePrice(text)
  if (percentMicro === undefined || percentMicro % 100n !== 0n || percentMicro >= 100n * DOLLAR_MICRO) {
    throw new OrderRejected('trail_percent_not_allowed')
  }
  return Number(percentMicro / 100n)
}

/** Reads a price under its name on the wire. Whether it is a step of the market is `requirePriceStep`'s to say. */
export function readPrice(field: string, text: string): PriceMicro {
  if (isNotPositive(text)) throw new OrderRejected('price_not_positive', { field })
  const priceMicro = parsePrice(text)
  if (priceMicro !== undefined) return priceMicro
  const isFine = (text.split('.')[1]?.length ?? 0) > 6
  throw new OrderRejected(isFine ? 'price_sub_penny' : 'price_too_high', { field, price: text })
}

/** Prices of a dollar or more are in cents, lower ones in hundredths of a cent (contracts/alpaca/orders.md §3). */
export function requirePriceStep(field: string, priceMicro: PriceMicro): void {
  const stepMicro = priceMicro >= DOLLAR_MICRO ? CENT_MICRO : HUNDREDTH_CENT_MICRO
  if (priceMicro % stepMicro === 0n) return
  throw new OrderRejected('price_sub_penny', { field, price: formatPrice(priceMicro) })
}

export function requirePriceSteps({ limitMicro, stopMicro, trail }: Prices): void {
  if (limitMicro !== undefined) requirePriceStep('limit_price', limitMicro)
  if (stopMicro !== undefined) requirePriceStep('stop_price', stopMicro)
  if (trail?.kind === 'price') requirePriceStep('trail_price', trail.distanceMicro)
}
