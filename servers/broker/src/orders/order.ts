import { type Brand, DomainError } from '@paddock/kernel'
import type { PriceMicro, QuantityNano, UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { TradingRefusal } from '../accounts/permissions.ts'
import type { Asset } from '../assets/asset.ts'

export type OrderId = Brand<string, 'OrderId'>
export type OrderSide = 'buy' | 'sell'
export type TimeInForce = 'day' | 'gtc' | 'ioc'

/** `accepted` waits for the market to open, `new` works at it; the others are final. */
export type OrderStatus = 'new' | 'accepted' | 'filled' | 'canceled' | 'rejected'

export const openStatuses: readonly OrderStatus[] = ['new', 'accepted']

/** What an order asks for: shares or dollars, never both. */
export type Amount =
  | { readonly kind: 'quantity'; readonly quantityNano: QuantityNano }
  | { readonly kind: 'notional'; readonly notionalMinor: UsdMinor }

/** What was agreed when an order was accepted; it does not change. */
export interface OrderTerms {
  readonly asset: Asset
  readonly side: OrderSide
  readonly timeInForce: TimeInForce
  readonly amount: Amount
  /** Charged to the customer when the order fills. */
  readonly commissionMinor: UsdMinor
}

export interface Order extends OrderTerms {
  readonly id: OrderId
  readonly accountId: AccountId
  readonly clientOrderId: string
  readonly subtag: string | undefined
  readonly source: string | undefined
  readonly status: OrderStatus
  /** The ledger's pend for the order: cents of a buy, billionths of a share of a sale. */
  readonly holdId: string
  readonly heldAmount: bigint
  readonly filledQuantityNano: QuantityNano
  readonly filledPriceMicro: PriceMicro | undefined
  readonly submittedAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant | undefined
  readonly filledAt: Temporal.Instant | undefined
  readonly canceledAt: Temporal.Instant | undefined
  readonly failedAt: Temporal.Instant | undefined
  readonly updatedAt: Temporal.Instant
}

export type OrderRejection =
  | TradingRefusal
  | 'account_follows_portfolio'
  | 'asset_not_active'
  | 'asset_not_for_orders'
  | 'asset_not_fractionable'
  | 'asset_not_tradable'
  | 'asset_splitting'
  | 'client_order_id_taken'
  | 'commission_negative'
  | 'commission_not_exact'
  | 'commission_type_not_supported'
  | 'cost_below_minimum'
  | 'estimate_by_notional_only'
  | 'extended_hours_not_supported'
  | 'fractional_not_day'
  | 'insufficient_buying_power'
  | 'insufficient_quantity'
  | 'intent_mismatch'
  | 'notional_not_exact'
  | 'notional_not_positive'
  | 'order_class_not_supported'
  | 'order_at_work'
  | 'order_not_cancelable'
  | 'order_not_changed'
  | 'order_not_found'
  | 'order_not_replaceable'
  | 'order_type_not_supported'
  | 'price_not_for_market_orders'
  | 'quantity_and_notional'
  | 'quantity_not_above_filled'
  | 'quantity_not_exact'
  | 'quantity_not_positive'
  | 'quantity_or_notional_required'
  | 'time_in_force_not_for_crypto'
  | 'time_in_force_not_supported'

export class OrderRejected extends DomainError<OrderRejection> {
  override readonly name = 'OrderRejected'
}
