import type { Brand } from '@paddock/kernel'
import type { UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { RelationshipId } from '../ach/relationship.ts'
import type { TransferDirection, TransferId } from '../transfers/transfer.ts'

export type AchFileId = Brand<string, 'AchFileId'>
export type AchEntryId = Brand<string, 'AchEntryId'>

/** Standard entries settle on the next banking day, same-day ones on their own. */
export type AchSpeed = 'STANDARD' | 'SAME_DAY'

/** Sealed with its text, put into the drop, then taken or refused as a whole by the bank. */
export type AchFileStatus = 'SEALED' | 'SENT' | 'ACCEPTED' | 'REJECTED'

/** One rule that the bank found broken. */
export type FileFinding = {
  readonly line: number | null
  readonly field: string | null
  readonly rule: string
  readonly message: string
}

export type AchFile = {
  readonly id: AchFileId
  /** Under which it lies in the drop. */
  readonly name: string
  readonly origin: string
  readonly createdOn: Temporal.PlainDate
  /** Hours and minutes in New York. */
  readonly createdTime: string
  readonly modifier: string
  /** Our number of the file, in its header. */
  readonly reference: string
  readonly status: AchFileStatus
  readonly batches: number
  readonly entries: number
  readonly debitsMinor: UsdMinor
  readonly creditsMinor: UsdMinor
  readonly sha256: string
  readonly sealedAt: Temporal.Instant
  readonly sentAt: Temporal.Instant | undefined
  readonly answerDueAt: Temporal.Instant
  readonly answeredAt: Temporal.Instant | undefined
  readonly findings: readonly FileFinding[]
}

export type AchBatch = {
  readonly number: number
  readonly secCode: string
  readonly description: string
  readonly direction: TransferDirection | 'BOTH'
  readonly speed: AchSpeed
  readonly effectiveOn: Temporal.PlainDate
  /** The line of its header, counted from 1. */
  readonly lineNumber: number
  readonly entries: number
  readonly debitsMinor: UsdMinor
  readonly creditsMinor: UsdMinor
}

export type EntryPurpose = 'TRANSFER' | 'PRENOTE' | 'MICRO_CREDIT' | 'MICRO_DEBIT'

/** BOUND counts; REJECTED went down with its file; RETURNED came back. */
export type EntryStatus = 'BOUND' | 'REJECTED' | 'RETURNED'

export type AchEntry = {
  readonly id: AchEntryId
  readonly fileId: AchFileId
  readonly batchNumber: number
  readonly lineNumber: number
  /** Of all entries ever written; never given twice. */
  readonly sequence: bigint
  readonly traceNumber: string
  readonly accountId: AccountId
  readonly relationshipId: RelationshipId
  /** Which version of the bank's numbers it carries. */
  readonly bankVersion: number
  readonly purpose: EntryPurpose
  readonly transferId: TransferId | undefined
  readonly attempt: number
  readonly individualId: string
  readonly transactionCode: string
  readonly amountMinor: UsdMinor
  /** Keyed hash of the account number as the entry has it. */
  readonly accountHash: string
  readonly accountMask: string
  readonly status: EntryStatus
}
