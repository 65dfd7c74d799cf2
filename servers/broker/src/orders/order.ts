import { type Brand, DomainError } from '@paddock/kernel'
import type { PriceMicro, QuantityNano, UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { TradingRefusal } from '../accounts/permissions.ts'
import type { Asset } from '../assets/asset.ts'

export type OrderId = Brand<string, 'OrderId'>
export type OrderSide = 'buy' | 'sell'
export type OrderType = 'market' | 'limit' | 'stop' | 'stop_limit' | 'trailing_stop'
export type TimeInForce = 'day' | 'gtc' | 'opg' | 'cls' | 'ioc' | 'fok'
export type OrderClass = 'simple' | 'bracket' | 'oco' | 'oto'
export type Leg = 'take_profit' | 'stop_loss'

export const finalStatuses = ['filled', 'canceled', 'expired', 'rejected', 'replaced'] as const
/** At the venue: it may execute at any moment. */
const workingStatuses = ['new', 'partially_filled'] as const
/** Open, but nothing executes: before the market has it, while somebody decides, or until tomorrow. */
const waitingStatuses = [
  'accepted',
  'pending_new',
  'accepted_for_bidding',
  'held',
  'stopped',
  'suspended',
  'calculated',
  'done_for_day',
  'pending_cancel',
  'pending_replace',
] as const

export type FinalStatus = (typeof finalStatuses)[number]
/** contracts/alpaca/orders.md §9. */
export type OrderStatus = FinalStatus | (typeof workingStatuses)[number] | (typeof waitingStatuses)[number]

export const openStatuses: readonly OrderStatus[] = [...workingStatuses, ...waitingStatuses]

export const isOpen = ({ status }: Pick<Order, 'status'>): boolean => openStatuses.includes(status)

/** What an order asks for: shares or dollars, never both. */
export type Amount =
  | { readonly kind: 'quantity'; readonly quantityNano: QuantityNano }
  | { readonly kind: 'notional'; readonly notionalMinor: UsdMinor }

/** How far behind the best price a trailing stop stays: in dollars, or in millionths of that price. */
export type Trail =
  | { readonly kind: 'price'; readonly distanceMicro: PriceMicro }
  | { readonly kind: 'percent'; readonly distancePpm: number }

/** What the customer pays for the trade: so much for the order, for each share, or of its value. */
export type Commission =
  | { readonly type: 'notional'; readonly rateMinor: UsdMinor }
  | { readonly type: 'qty'; readonly rateMicro: PriceMicro }
  /** Hundredths of a basis point: millionths of the value. */
  | { readonly type: 'bps'; readonly ratePpm: bigint }

/** What was agreed when an order was accepted; only a replacement changes it, and that is another order. */
export interface OrderTerms {
  readonly asset: Asset
  readonly side: OrderSide
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  readonly amount: Amount
  readonly limitMicro: PriceMicro | undefined
  readonly stopMicro: PriceMicro | undefined
  readonly trail: Trail | undefined
  readonly extendedHours: boolean
  readonly commission: Commission
}

/** Cents of a buy, or billionths of a share of a sale, that the ledger has set aside under this id. */
export type Hold = { readonly id: string; readonly amount: bigint }

export interface Order extends OrderTerms {
  readonly id: OrderId
  readonly accountId: AccountId
  readonly clientOrderId: string
  readonly subtag: string | undefined
  /** Free text; of a sale it may name the lots that go first (contracts/alpaca/positions.md). */
  readonly instructions: string | undefined
  readonly source: string | undefined
  readonly orderClass: OrderClass
  /** Of an exit: the order that it belongs to, and which of the two it is. */
  readonly parentId: OrderId | undefined
  readonly leg: Leg | undefined
  readonly replaces: OrderId | undefined
  readonly replacedBy: OrderId | undefined
  readonly status: OrderStatus
  readonly hold: Hold | undefined
  /** What a share of a buy is expected to cost at most; its hold is as many shares at this price. */
  readonly holdPriceMicro: PriceMicro | undefined
  /** How many holds it has had, and how many executions. */
  readonly holdNumber: number
  readonly fillCount: number
  readonly filledQuantityNano: QuantityNano
  /** Over all executions: billionths of a share times millionths of a dollar. */
  readonly filledValue: bigint
  /** Cents that they have cost or brought, before commission and fees. */
  readonly filledMinor: UsdMinor
  readonly commissionChargedMinor: UsdMinor
  /** The best price that a trailing stop has seen: its high-water mark (of a buy, the lowest). */
  readonly bestMicro: PriceMicro | undefined
  readonly triggeredAt: Temporal.Instant | undefined
  /** When the venue is to be asked again; undefined when nothing can happen by itself. */
  readonly lookAt: Temporal.Instant | undefined
  readonly submittedAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant | undefined
  readonly filledAt: Temporal.Instant | undefined
  readonly cancelRequestedAt: Temporal.Instant | undefined
  readonly canceledAt: Temporal.Instant | undefined
  readonly expiredAt: Temporal.Instant | undefined
  readonly replacedAt: Temporal.Instant | undefined
  readonly failedAt: Temporal.Instant | undefined
  readonly updatedAt: Temporal.Instant
}

/** The mean price of what has executed so far, rounded to the sixth decimal. */
export function averagePrice({
  filledValue,
  filledQuantityNano,
}: Pick<Order, 'filledValue' | 'filledQuantityNano'>): PriceMicro | undefined {
  if (filledQuantityNano === 0n) return undefined
  return ((filledValue + filledQuantityNano / 2n) / filledQuantityNano) as PriceMicro
}

/** Where the stop of an order stands now; a trailing one follows the best price. */
export function stopOf({
  stopMicro,
  trail,
  bestMicro,
  side,
}: Pick<Order, 'stopMicro' | 'trail' | 'bestMicro' | 'side'>): PriceMicro | undefined {
  if (trail === undefined || bestMicro === undefined) return stopMicro
  const distanceMicro =
    trail.kind === 'price' ? trail.distanceMicro : (bestMicro * BigInt(trail.distancePpm)) / 1_000_000n
  return (side === 'sell' ? bestMicro - distanceMicro : bestMicro + distanceMicro) as PriceMicro
}

export type OrderRejection =
  | TradingRefusal
  | 'account_follows_portfolio'
  | 'asset_halted'
  | 'asset_not_active'
  | 'asset_not_for_orders'
  | 'asset_not_fractionable'
  | 'asset_not_shortable'
  | 'asset_not_tradable'
  | 'asset_splitting'
  | 'auction_closed'
  | 'client_order_id_taken'
  | 'closing_orders_open'
  | 'commission_negative'
  | 'commission_not_exact'
  | 'cost_above_maximum'
  | 'cost_below_minimum'
  | 'crypto_class_not_simple'
  | 'crypto_extended_hours'
  | 'crypto_type_not_allowed'
  | 'estimate_by_notional_only'
  | 'exit_beyond_base'
  | 'exit_prices_crossed'
  | 'exits_not_allowed'
  | 'extended_hours_not_limit'
  | 'extended_hours_not_simple'
  | 'fractional_extended_hours'
  | 'fractional_not_day'
  | 'fractional_not_replaceable'
  | 'fractional_not_simple'
  | 'fractional_type_not_allowed'
  | 'insufficient_buying_power'
  | 'insufficient_quantity'
  | 'intent_mismatch'
  | 'limit_price_not_allowed'
  | 'limit_price_required'
  | 'notional_not_exact'
  | 'notional_not_positive'
  | 'oco_not_an_exit'
  | 'options_not_built'
  | 'order_class_not_day_or_gtc'
  | 'order_class_type_not_allowed'
  | 'order_not_cancelable'
  | 'order_not_changed'
  | 'order_not_found'
  | 'order_not_replaceable'
  | 'oto_needs_one_exit'
  | 'price_not_positive'
  | 'price_sub_penny'
  | 'price_too_high'
  | 'quantity_and_notional'
  | 'quantity_not_above_filled'
  | 'quantity_not_exact'
  | 'quantity_not_positive'
  | 'quantity_not_whole'
  | 'quantity_or_notional_required'
  | 'replace_field_not_of_type'
  | 'side_not_allowed'
  | 'side_required'
  | 'stop_loss_required'
  | 'stop_on_wrong_side'
  | 'stop_price_not_allowed'
  | 'stop_price_required'
  | 'symbol_required'
  | 'take_profit_required'
  | 'time_in_force_not_for_crypto'
  | 'time_in_force_not_for_type'
  | 'trail_beyond_price'
  | 'trail_not_allowed'
  | 'trail_percent_not_allowed'
  | 'trail_price_xor_percent'
  | 'wash_trade'

export class OrderRejected extends DomainError<OrderRejection> {
  override readonly name = 'OrderRejected'
}
