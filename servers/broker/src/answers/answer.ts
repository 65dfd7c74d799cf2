import type { Brand } from '@paddock/kernel'
import type { UsdMinor } from '@paddock/money'
import type { AchEntryId } from '../origination/ach-file.ts'

export type InboundFileId = Brand<string, 'InboundFileId'>
export type AnswerId = Brand<string, 'AnswerId'>

export type AnswerKind =
  | 'RETURN'
  | 'CORRECTION'
  | 'DISHONORED'
  | 'CONTESTED'
  | 'REFUSED_CORRECTION'
  | 'ACKNOWLEDGEMENT'
  | 'OTHER'

/** APPLIED did what its code says; PARKED waits for a person; RESOLVED had one. */
export type AnswerState = 'APPLIED' | 'PARKED' | 'DUPLICATE' | 'RESOLVED'

/** Why a person must look at an answer (contracts/nacha/answers.md §2). */
export type ParkedBecause =
  | 'account_differs'
  | 'already_returned'
  | 'amount_differs'
  | 'batch_out_of_balance'
  | 'code_unknown'
  | 'correction_unreadable'
  | 'direction_differs'
  | 'file_unknown'
  | 'individual_id_differs'
  | 'late'
  | 'not_ours'
  | 'totals_differ'
  | 'trace_unknown'
  | 'transfer_not_returnable'
  | 'unreadable'

/** What the bank said about one entry. */
export type Answer = {
  readonly id: AnswerId
  readonly inboundFileId: InboundFileId | undefined
  readonly lineNumber: number
  readonly kind: AnswerKind
  readonly code: string
  readonly originalTrace: string
  readonly traceNumber: string
  readonly individualId: string
  readonly amountMinor: UsdMinor
  readonly accountHash: string
  readonly settlesOn: Temporal.PlainDate | undefined
  readonly information: string
  readonly state: AnswerState
  readonly parkedBecause: ParkedBecause | undefined
  readonly entryId: AchEntryId | undefined
  readonly resolution: string | undefined
  readonly note: string | undefined
  readonly createdAt: Temporal.Instant
  readonly resolvedAt: Temporal.Instant | undefined
}
