import { parseQuantity, parseUsd, type QuantityNano, type UsdMinor } from '@paddock/money'
import { type Asset, findAsset } from '../assets/asset.ts'
import {
  type Amount,
  OrderRejected,
  type OrderRejection,
  type OrderSide,
  type OrderTerms,
  type TimeInForce,
} from './order.ts'

/** An order as somebody asked for it: shapes are right, rules are not checked. Decimals are plain text. */
export interface OrderRequest {
  readonly symbol: string
  readonly side: OrderSide
  readonly type: string
  readonly timeInForce: string
  readonly quantity?: string | undefined
  readonly notional?: string | undefined
  readonly commission?: string | undefined
  readonly commissionType?: string | undefined
  readonly orderClass?: string | undefined
  readonly positionIntent?: string | undefined
  readonly extendedHours?: boolean | undefined
  /** A limit, stop or trail price, or an exit leg, was given. */
  readonly hasPrices?: boolean | undefined
}

const WHOLE_SHARE_NANO = 1_000_000_000n

/** Reads what an order agrees to, or rejects it: every rule that needs neither account nor market. */
export function readOrderTerms(request: OrderRequest): OrderTerms {
  refuseWhatIsNotBuilt(request)
  const amount = readAmount(request)
  const asset = readAsset(request)
  const commissionMinor = readCommission(request)
  refuseWrongIntent(request)
  const timeInForce = readTimeInForce(request.timeInForce, asset, amount)
  if (isFractional(amount) && !asset.fractionable) {
    throw new OrderRejected('asset_not_fractionable', { symbol: asset.symbol })
  }
  return { asset, side: request.side, timeInForce, amount, commissionMinor }
}

function refuseWhatIsNotBuilt(request: OrderRequest): void {
  const { type, orderClass = '', extendedHours, hasPrices } = request
  if (orderClass !== '' && orderClass !== 'simple') {
    throw new OrderRejected('order_class_not_supported', { orderClass })
  }
  if (type !== 'market') throw new OrderRejected('order_type_not_supported', { type })
  if (hasPrices === true) throw new OrderRejected('price_not_for_market_orders')
  if (extendedHours === true) throw new OrderRejected('extended_hours_not_supported')
}

function readAmount({ quantity, notional }: OrderRequest): Amount {
  if (quantity !== undefined && notional !== undefined) throw new OrderRejected('quantity_and_notional')
  if (quantity !== undefined) {
    const quantityNano = readPositive(quantity, parseQuantity, 'quantity_not_positive', 'quantity_not_exact')
    return { kind: 'quantity', quantityNano: quantityNano as QuantityNano }
  }
  if (notional === undefined) throw new OrderRejected('quantity_or_notional_required')
  const notionalMinor = readPositive(notional, parseUsd, 'notional_not_positive', 'notional_not_exact')
  return { kind: 'notional', notionalMinor: notionalMinor as UsdMinor }
}

function readPositive(
  text: string,
  parse: (text: string) => bigint | undefined,
  notPositive: OrderRejection,
  notExact: OrderRejection,
): bigint {
  if (text === '0' || text.startsWith('-')) throw new OrderRejected(notPositive)
  const value = parse(text)
  if (value === undefined) throw new OrderRejected(notExact)
  return value
}

/** Assets that are active but not tradable may still be sold: that is how one gets out of them. */
function readAsset({ symbol, side }: OrderRequest): Asset {
  const asset = findAsset(symbol)
  if (asset === undefined) throw new OrderRejected('asset_not_for_orders', { symbol })
  if (asset.status !== 'active') throw new OrderRejected('asset_not_active', { symbol: asset.symbol })
  if (!asset.tradable && side === 'buy') {
    throw new OrderRejected('asset_not_tradable', { symbol: asset.symbol })
  }
  return asset
}

function readCommission({ commission, commissionType = 'notional' }: OrderRequest): UsdMinor {
  if (commission === undefined || commission === '0') return 0n as UsdMinor
  if (commissionType !== 'notional') throw new OrderRejected('commission_type_not_supported')
  if (commission.startsWith('-')) throw new OrderRejected('commission_negative')
  const commissionMinor = parseUsd(commission)
  if (commissionMinor === undefined) throw new OrderRejected('commission_not_exact')
  return commissionMinor
}

/** Nobody is short here, so a buy opens and a sale closes. */
function refuseWrongIntent({ side, positionIntent }: OrderRequest): void {
  if (positionIntent === undefined || positionIntent === intentOf(side)) return
  throw new OrderRejected('intent_mismatch', { positionIntent, side })
}

export function intentOf(side: OrderSide): 'buy_to_open' | 'sell_to_close' {
  return side === 'buy' ? 'buy_to_open' : 'sell_to_close'
}

/** Equities: `day`, and `gtc` for whole shares. Crypto: `gtc` or `ioc` (contracts/alpaca/orders.md §3). */
function readTimeInForce(timeInForce: string, asset: Asset, amount: Amount): TimeInForce {
  if (asset.assetClass === 'crypto') {
    if (timeInForce === 'gtc' || timeInForce === 'ioc') return timeInForce
    throw new OrderRejected('time_in_force_not_for_crypto', { timeInForce })
  }
  if (timeInForce === 'day') return timeInForce
  if (isFractional(amount)) throw new OrderRejected('fractional_not_day')
  if (timeInForce === 'gtc') return timeInForce
  throw new OrderRejected('time_in_force_not_supported', { timeInForce })
}

export function isFractional(amount: Amount): boolean {
  return amount.kind === 'notional' || amount.quantityNano % WHOLE_SHARE_NANO !== 0n
}
