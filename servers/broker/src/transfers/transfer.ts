import { type Brand, DomainError } from '@paddock/kernel'
import type { UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { RelationshipId } from '../ach/relationship.ts'
import type { AchSpeed } from '../origination/ach-file.ts'
import type { BankId } from '../wires/recipient-bank.ts'
import type { FeePaymentMethod } from '../wires/wire-fee.ts'

export type TransferId = Brand<string, 'TransferId'>

export type TransferDirection = 'INCOMING' | 'OUTGOING'

export type TransferStatus =
  | 'QUEUED'
  | 'APPROVAL_PENDING'
  | 'APPROVED'
  | 'PENDING'
  | 'SENT_TO_CLEARING'
  | 'COMPLETE'
  | 'CANCELED'
  | 'REJECTED'
  | 'RETURNED'
  | 'EXPIRED'

/** The states in which the money is still on its way: the ledger holds a pending transfer for each. */
export const openTransferStatuses = [
  'QUEUED',
  'APPROVAL_PENDING',
  'APPROVED',
  'PENDING',
  'SENT_TO_CLEARING',
] as const

/** The states in which it can still be called back: no file holds it yet. */
export const cancelableTransferStatuses = ['QUEUED', 'APPROVAL_PENDING', 'APPROVED', 'PENDING'] as const

/** Through which system money travels, and to or from which of the account's banks. */
export type Counterpart =
  | { readonly type: 'ach'; readonly relationshipId: RelationshipId }
  | { readonly type: 'wire'; readonly bankId: BankId }

export type Transfer = {
  readonly id: TransferId
  readonly accountId: AccountId
  readonly counterpart: Counterpart
  readonly direction: TransferDirection
  /** What leaves one bank and arrives at the other. */
  readonly amountMinor: UsdMinor
  /** What the customer pays beside it, and what the firm pays instead; only for wires. */
  readonly feeMinor: UsdMinor
  readonly billedFeeMinor: UsdMinor
  readonly feePaymentMethod: FeePaymentMethod
  /** How much of a deposit the account may buy with before it arrives (contracts/nacha/risk.md). */
  readonly instantMinor: UsdMinor
  /** How long a deposit stays after settlement, as agreed when it was asked for. */
  readonly holdBankingDays: number
  /** By which of ACH's settlements it travels. */
  readonly speed: AchSpeed
  /** The returned deposit that it presents again, and for which time: 1 or 2. */
  readonly representsId: TransferId | undefined
  readonly presentation: number
  readonly status: TransferStatus
  readonly reason: string | undefined
  /** Of a returned ACH transfer, such as R01. */
  readonly returnCode: string | undefined
  readonly additionalInformation: string | undefined
  readonly cutoffAt: Temporal.Instant | undefined
  readonly settlesOn: Temporal.PlainDate | undefined
  readonly settlesAt: Temporal.Instant | undefined
  readonly withdrawableOn: Temporal.PlainDate | undefined
  readonly createdAt: Temporal.Instant
  readonly updatedAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant
}

export type TransferRejection =
  | 'bank_invalid'
  | 'deposits_not_permitted'
  | 'insufficient_withdrawable'
  | 'relationship_invalid'
  | 'transfer_not_cancelable'
  | 'transfer_not_found'
  | 'transfer_not_representable'
  | 'transfer_not_reviewable'
  | 'wire_below_fee'
  | 'withdrawals_not_permitted'

export class TransferRejected extends DomainError<TransferRejection> {
  override readonly name = 'TransferRejected'
}
