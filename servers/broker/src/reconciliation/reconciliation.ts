import { type Brand, DomainError } from '@paddock/kernel'
import type { UsdMinor } from '@paddock/money'
import type { BrokerContext } from '../context.ts'
import type { Db } from '../db/database.ts'
import type { JsonObject } from '../db/schema.ts'

export type RunId = Brand<string, 'RunId'>
export type BreakId = Brand<string, 'BreakId'>

/** What is compared each day (contracts/nacha/reconciliation.md §2). */
export type CheckName =
  | 'acknowledgements'
  | 'clearing'
  | 'settlement'
  | 'returns'
  | 'entries'
  | 'answers'
  | 'cash_book'
  | 'statements'
  | 'return_rates'
  | 'bank_balance'

export type BreakKind =
  | 'acknowledgement_differs'
  | 'acknowledgement_missing'
  | 'answer_parked'
  | 'bank_balance_differs'
  | 'cash_book_out'
  | 'clearing_unexplained'
  | 'entry_differs'
  | 'file_unanswered'
  | 'inbound_file_parked'
  | 'line_unknown'
  | 'return_differs'
  | 'return_not_settled'
  | 'return_rate_over'
  | 'return_without_answer'
  | 'returned_twice'
  | 'settled_without_file'
  | 'settlement_differs'
  | 'settlement_missing'
  | 'statement_gap'
  | 'statement_missing'
  | 'statement_sum_differs'

/** Something that does not agree: about what, by how much, since when, and what has probably happened. */
export type Found = {
  readonly kind: BreakKind
  readonly subject: string
  readonly amountMinor: bigint
  readonly facts: JsonObject
  readonly guess: string
  /** The banking day on which it should have agreed. */
  readonly since: Temporal.PlainDate
}

export type Compared = {
  /** How many things were looked at. */
  readonly compared: number
  readonly found: readonly Found[]
  /** Sums that the check came by, for whoever reads the run. */
  readonly figures?: Readonly<Record<string, bigint>>
}

export type ReconciliationCheck = {
  readonly name: CheckName
  /** Reads only, in the run's one snapshot. */
  readonly compare: (ctx: BrokerContext, db: Db, day: Temporal.PlainDate) => Promise<Compared>
}

export type Break = Found & {
  readonly id: BreakId
  readonly state: 'OPEN' | 'CLEARED' | 'RESOLVED'
  readonly resolution: 'journal' | 'note' | undefined
  readonly note: string | undefined
  readonly ledgerTransferId: string | undefined
  readonly createdAt: Temporal.Instant
  readonly endedAt: Temporal.Instant | undefined
}

export type Run = {
  readonly id: RunId
  readonly day: Temporal.PlainDate
  readonly reason: 'daily' | 'asked'
  readonly at: Temporal.Instant
  readonly checks: readonly {
    readonly check: CheckName
    readonly compared: number
    readonly breaks: number
  }[]
  /** Cents, by name. */
  readonly figures: Readonly<Record<string, string>>
  readonly openBreaks: number
}

export type ReconciliationRejection =
  | 'break_not_found'
  | 'break_not_open'
  | 'journal_without_amount'
  | 'reconciliation_not_found'

export class ReconciliationRejected extends DomainError<ReconciliationRejection> {
  override readonly name = 'ReconciliationRejected'
}

/** How far back files, statements and answers are compared one by one: what is older was compared before. */
export const WINDOW_DAYS = 90

export const signed = (minor: bigint | string): UsdMinor => BigInt(minor) as UsdMinor
