import type { PriceMicro, QuantityNano } from '@paddock/money'
import type { Asset } from '../assets/asset.ts'
import type { Quote } from '../market/quote.ts'
import type { Order, OrderTerms } from '../orders/order.ts'

/** One trade against what the venue has on offer. */
export type Execution = { readonly quantityNano: QuantityNano; readonly priceMicro: PriceMicro }

/** What a venue says of an order at one instant. */
export type Look = {
  readonly executions: readonly Execution[]
  /** Nothing is left to execute: of an order by dollars only the venue can tell. */
  readonly isComplete: boolean
  /** The stop was reached, now or before. */
  readonly isTriggered: boolean
  /** The best price so far, of an order that follows it. */
  readonly bestMicro: PriceMicro | undefined
  /** What is left ends here: an order of the moment found no more, or the venue does not want it. */
  readonly ending: 'canceled' | 'rejected' | undefined
  /** When something could happen next; undefined when nothing can before somebody acts. */
  readonly nextLookAt: Temporal.Instant | undefined
}

/**
 * Where orders are worked. The engine knows cash, shares and rules; the venue knows prices, sizes and hours. It
 * decides from what it is given and from what the market was and will be, so asking twice gives the same answer.
 */
export interface ExecutionVenue {
  quote(asset: Asset, at: Temporal.Instant): Quote
  /** When an order given at `at` comes to the market: `at` itself while it trades, or its next session or auction. */
  comesToMarket(terms: OrderTerms, at: Temporal.Instant): Temporal.Instant
  /** When what an order asks for is over; undefined for what stays until somebody cancels it. */
  expiresAt(terms: OrderTerms, at: Temporal.Instant): Temporal.Instant | undefined
  isHalted(asset: Asset, at: Temporal.Instant): boolean
  /** Whether it takes its time to say yes to new orders, changes and cancels: then somebody says it for it (/_sim). */
  answersLater(asset: Asset): boolean
  /** Asks for an order that is at work. `order.lookAt` is when it was last due: what happened since then counts. */
  look(order: Order, at: Temporal.Instant): Look
}
