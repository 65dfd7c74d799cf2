import { type Brand, DomainError } from '@paddock/kernel'
import type { UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'

export type InstantFundingId = Brand<string, 'InstantFundingId'>

export type InstantFundingStatus = 'PENDING' | 'EXECUTED' | 'COMPLETED' | 'CANCELED' | 'FAILED'

/** The states in which credit is taken: nobody has paid for it yet. */
export const unpaidStatuses = ['PENDING', 'EXECUTED'] as const

/** Money that an account may buy with before it arrives (contracts/alpaca/instant-funding.md). */
export type InstantFunding = {
  readonly id: InstantFundingId
  readonly accountId: AccountId
  readonly accountNumber: string
  /** The firm's account, which pays for it. */
  readonly sourceAccountId: AccountId
  readonly sourceAccountNumber: string
  readonly amountMinor: UsdMinor
  readonly status: InstantFundingStatus
  /** The banking day to whose batch it belongs, and the one on which it must be paid for. */
  readonly systemDate: Temporal.PlainDate
  readonly deadline: Temporal.PlainDate
  readonly interests: readonly Interest[]
  readonly createdAt: Temporal.Instant
}

/** What the firm owes for one day on which it paid too late. */
export type Interest = {
  readonly id: string
  readonly day: Temporal.PlainDate
  readonly amountMinor: UsdMinor
  readonly status: 'PENDING' | 'RECONCILED'
  readonly createdAt: Temporal.Instant
  readonly reconciledAt: Temporal.Instant | undefined
}

export type InstantFundingRejection =
  | 'instant_account_invalid'
  | 'instant_account_limit_exceeded'
  | 'instant_firm_limit_exceeded'
  | 'instant_funding_being_settled'
  | 'instant_funding_not_cancelable'
  | 'instant_funding_not_found'
  | 'instant_funding_not_settleable'
  | 'instant_settlement_in_progress'
  | 'instant_settlement_not_found'
  | 'instant_source_invalid'

export class InstantFundingRejected extends DomainError<InstantFundingRejection> {
  override readonly name = 'InstantFundingRejected'
}
