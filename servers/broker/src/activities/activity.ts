import type { ActivityTypeName } from '@paddock/broker-wire'
import { formatQuantity, type PriceMicro, type QuantityNano, type UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { JsonObject } from '../db/schema.ts'

/** The types that the vendor's client can read (contracts/alpaca/activities.md §2). */
export type ActivityType = ActivityTypeName

/** One line of an account's statement: what it got and what it gave, in cash, in an asset, or in both. */
export type Activity = {
  readonly accountId: AccountId
  /** The execution, or the movement, that it tells of; unique. */
  readonly id: string
  readonly type: ActivityType
  readonly subType?: string | undefined
  readonly status: 'executed' | 'correct' | 'canceled'
  /** When it was booked, in world time. */
  readonly at: Temporal.Instant
  readonly settlesOn: Temporal.PlainDate
  /** Signed, as seen from the account; 0 when only an asset moved. */
  readonly netAmountMinor: UsdMinor
  readonly symbol?: string | undefined
  /** Signed like the amount: shares that came are positive. */
  readonly quantityNano?: QuantityNano | undefined
  readonly priceMicro?: PriceMicro | undefined
  readonly perShareMicro?: PriceMicro | undefined
  readonly description: string
  readonly orderId?: string | undefined
  /** Several activities of one event, such as a dividend and its tax, share it. */
  readonly groupId?: string | undefined
  /** The activity that this one corrects or undoes. */
  readonly previousId?: string | undefined
  /** What only this type has, in the wire form of the activity stream's `details`. */
  readonly details: JsonObject
}

/**
 * The quantity that is told of a line: what moved; of a dividend, which moves none, the shares that it was paid on
 * (contracts/alpaca/activities.md §2).
 */
export function toldQuantity({ type, quantityNano, details }: Activity): string | undefined {
  if (type === 'DIV' && typeof details.entitled_qty === 'string') return details.entitled_qty
  return quantityNano === undefined ? undefined : formatQuantity(quantityNano)
}
