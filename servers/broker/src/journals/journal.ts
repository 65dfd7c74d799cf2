import { type Brand, DomainError } from '@paddock/kernel'
import { marketValue, type PriceMicro, type QuantityNano, type UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { JsonObject } from '../db/schema.ts'

export type JournalId = Brand<string, 'JournalId'>

/** Cash, or shares. */
export type EntryType = 'JNLC' | 'JNLS'

export type JournalStatus =
  | 'queued'
  | 'pending'
  | 'sent_to_clearing'
  | 'executed'
  | 'activity_created'
  | 'rejected'
  | 'refused'
  | 'canceled'
  | 'deleted'
  | 'correct'

/** The states in which it has moved what it says, and nobody has taken that back. */
export const executedStatuses = ['executed', 'activity_created'] as const

/** The states that count against no limit: nothing moved, or what moved is back. */
export const endedStatuses = ['rejected', 'refused', 'canceled', 'deleted', 'correct'] as const

export type JournalOrigin = 'single' | 'batch' | 'reverse_batch' | 'correction'

/** What moves from one account to the other. */
export type Moved =
  | { readonly entryType: 'JNLC'; readonly amountMinor: UsdMinor }
  | {
      readonly entryType: 'JNLS'
      readonly symbol: string
      readonly quantityNano: QuantityNano
      /** The market's at the time of asking; at execution it becomes that of then. */
      readonly priceMicro: PriceMicro
    }

/** Dollars that count against the limits: the amount, or what the shares are worth. */
export const worthOf = (moved: Moved): UsdMinor =>
  moved.entryType === 'JNLC' ? moved.amountMinor : marketValue(moved.quantityNano, moved.priceMicro)

export type Journal = {
  readonly id: JournalId
  readonly from: AccountId
  readonly to: AccountId
  readonly status: JournalStatus
  readonly moved: Moved
  readonly valueMinor: UsdMinor
  readonly description: string
  readonly travelRule: JsonObject
  readonly origin: JournalOrigin
  readonly idempotencyKey: string | undefined
  readonly reason: string | undefined
  readonly correctsId: JournalId | undefined
  readonly requestedOn: Temporal.PlainDate
  readonly settlesOn: Temporal.PlainDate | undefined
  readonly fromActivityId: string | undefined
  readonly toActivityId: string | undefined
  readonly createdAt: Temporal.Instant
  readonly updatedAt: Temporal.Instant
}

export type JournalRejection =
  | 'correction_changes_nothing'
  | 'correction_not_fitting'
  | 'journal_account_not_found'
  | 'journal_amount_invalid'
  | 'journal_asset_not_found'
  | 'journal_asset_not_fractionable'
  | 'journal_asset_splitting'
  | 'journal_between_customers'
  | 'journal_cash_insufficient'
  | 'journal_from_not_permitted'
  | 'journal_not_decidable'
  | 'journal_not_deletable'
  | 'journal_not_found'
  | 'journal_not_undoable'
  | 'journal_quantity_invalid'
  | 'journal_shares_insufficient'
  | 'journal_shares_split'
  | 'journal_to_itself'
  | 'journal_to_not_permitted'
  | 'journal_undo_needs_balance'
  | 'too_many_journals'

export class JournalRejected extends DomainError<JournalRejection> {
  override readonly name = 'JournalRejected'
}
