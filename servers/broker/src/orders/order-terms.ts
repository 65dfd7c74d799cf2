import { type Asset, findAsset } from '../assets/asset.ts'
import type { Exit } from './accept-order.ts'
import {
  type Amount,
  type OrderClass,
  OrderRejected,
  type OrderSide,
  type OrderTerms,
  type OrderType,
  type TimeInForce,
} from './order.ts'
import { type ExitsAsked, limitAskedOf, readExits, requireTypeOfClass } from './order-class.ts'
import { readAmount, readCommission } from './order-figures.ts'
import { type PricesAsked, readPrices, requirePriceSteps } from './order-prices.ts'

/** An order as somebody asked for it: shapes are right, rules are not checked. Decimals are plain text. */
export type OrderRequest = PricesAsked &
  ExitsAsked & {
    readonly symbol?: string | undefined
    /** Also what no order here has: `sell_short`, for instance. */
    readonly side?: string | undefined
    readonly type: OrderType
    readonly timeInForce: TimeInForce
    readonly quantity?: string | undefined
    readonly notional?: string | undefined
    readonly extendedHours?: boolean | undefined
    readonly orderClass?: OrderClass | 'mleg' | undefined
    readonly commission?: string | undefined
    readonly commissionType?: 'notional' | 'qty' | 'bps' | undefined
    readonly positionIntent?: string | undefined
  }

/** An order whose own rules are checked. */
export type ReadOrder = {
  readonly terms: OrderTerms
  readonly orderClass: OrderClass
  readonly exits: readonly Exit[]
}

const WHOLE_SHARE_NANO = 1_000_000_000n

/** Reads what an order agrees to, or rejects it: every rule that needs neither account nor market. */
export function readOrder(request: OrderRequest): ReadOrder {
  const { type, timeInForce, extendedHours = false } = request
  const orderClass = readClass(request)
  const side = readSide(request)
  requireTypeOfClass(type, side, orderClass)
  const amount = readAmount(request)
  const asset = readAsset(request, side)
  const commission = readCommission(request)
  refuseWrongIntent(request, side)
  const terms: OrderTerms = {
    asset,
    side,
    type,
    timeInForce,
    amount,
    ...readPrices({ ...request, limitPrice: limitAskedOf(request, orderClass) }),
    extendedHours,
    commission,
  }
  requireTerms({ ...terms, orderClass })
  return { terms, orderClass, exits: readExits(request, terms, orderClass) }
}

/** An option's symbol in the common form: underlying, expiry, call or put, strike. */
const OPTION_SYMBOL = /^[A-Z]{1,6}\d{6}[CP]\d{8}$/i

function readClass({ orderClass = 'simple', symbol = '', hasLegs }: OrderRequest): OrderClass {
  if (orderClass === 'mleg' || hasLegs === true || OPTION_SYMBOL.test(symbol)) {
    throw new OrderRejected('options_not_built')
  }
  return orderClass
}

/** A plain `sell` is a sale of what is held; whoever says that it is short is told that nobody is, here. */
function readSide({ side, symbol = '' }: OrderRequest): OrderSide {
  if (side === 'buy' || side === 'sell') return side
  if (side === undefined) throw new OrderRejected('side_required')
  if (side === 'sell_short' || side === 'sell_short_exempt') {
    throw new OrderRejected('asset_not_shortable', { symbol })
  }
  throw new OrderRejected('side_not_allowed', { side })
}

/** Assets that are active but not tradable may still be sold: that is how one gets out of them. */
function readAsset({ symbol }: OrderRequest, side: OrderSide): Asset {
  if (symbol === undefined) throw new OrderRejected('symbol_required')
  const asset = findAsset(symbol)
  if (asset === undefined) throw new OrderRejected('asset_not_for_orders', { symbol })
  if (asset.status !== 'active') throw new OrderRejected('asset_not_active', { symbol: asset.symbol })
  if (!asset.tradable && side === 'buy') {
    throw new OrderRejected('asset_not_tradable', { symbol: asset.symbol })
  }
  return asset
}

/** Nobody is short here, so a buy opens and a sale closes. */
function refuseWrongIntent({ positionIntent }: OrderRequest, side: OrderSide): void {
  if (positionIntent === undefined || positionIntent === intentOf(side)) return
  throw new OrderRejected('intent_mismatch', { positionIntent, side })
}

export function intentOf(side: OrderSide): 'buy_to_open' | 'sell_to_close' {
  return side === 'buy' ? 'buy_to_open' : 'sell_to_close'
}

type ClassedTerms = OrderTerms & { readonly orderClass: OrderClass }

/** Answers the terms if they may stand together: of a new order, or of one that a replacement has changed. */
export function requireTerms<Terms extends ClassedTerms>(terms: Terms): Terms {
  if (terms.asset.assetClass === 'crypto') requireCryptoRules(terms)
  else requireEquityRules(terms)
  requirePriceSteps(terms)
  return terms
}

/** contracts/alpaca/orders.md §3. */
const timesOfType: Record<OrderType, readonly TimeInForce[]> = {
  market: ['day', 'gtc', 'opg', 'cls', 'ioc', 'fok'],
  limit: ['day', 'gtc', 'opg', 'cls', 'ioc', 'fok'],
  stop: ['day', 'gtc'],
  stop_limit: ['day', 'gtc'],
  trailing_stop: ['day', 'gtc'],
}

const isDayOrGtc = (timeInForce: TimeInForce) => timeInForce === 'day' || timeInForce === 'gtc'

function requireEquityRules(terms: ClassedTerms): void {
  const { type, timeInForce, extendedHours, orderClass } = terms
  if (isFractional(terms.amount)) requireFractionalRules(terms)
  if (!timesOfType[type].includes(timeInForce)) {
    throw new OrderRejected('time_in_force_not_for_type', { type, timeInForce })
  }
  if (orderClass !== 'simple' && !isDayOrGtc(timeInForce)) {
    throw new OrderRejected('order_class_not_day_or_gtc', { orderClass })
  }
  if (!extendedHours) return
  if (orderClass !== 'simple') throw new OrderRejected('extended_hours_not_simple')
  if (type !== 'limit' || !isDayOrGtc(timeInForce)) throw new OrderRejected('extended_hours_not_limit')
}

function requireFractionalRules({ asset, type, timeInForce, extendedHours, orderClass }: ClassedTerms): void {
  if (orderClass !== 'simple') throw new OrderRejected('fractional_not_simple')
  if (timeInForce !== 'day') throw new OrderRejected('fractional_not_day')
  if (type === 'trailing_stop') throw new OrderRejected('fractional_type_not_allowed')
  const { symbol, fractionable, attributes } = asset
  if (!fractionable) throw new OrderRejected('asset_not_fractionable', { symbol })
  if (extendedHours && !attributes.includes('fractional_eh_enabled')) {
    throw new OrderRejected('fractional_extended_hours', { symbol })
  }
}

function requireCryptoRules({ type, timeInForce, extendedHours, orderClass }: ClassedTerms): void {
  if (orderClass !== 'simple') throw new OrderRejected('crypto_class_not_simple')
  if (type === 'stop' || type === 'trailing_stop') throw new OrderRejected('crypto_type_not_allowed')
  if (timeInForce !== 'gtc' && timeInForce !== 'ioc') throw new OrderRejected('time_in_force_not_for_crypto')
  if (extendedHours) throw new OrderRejected('crypto_extended_hours')
}

export function isFractional(amount: Amount): boolean {
  return amount.kind === 'notional' || amount.quantityNano % WHOLE_SHARE_NANO !== 0n
}
