import type { Brand } from '@paddock/kernel'
import type { UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { InstantFundingId } from './instant-funding.ts'

export type SettlementId = Brand<string, 'SettlementId'>

export type SettlementStatus = 'PENDING' | 'AWAITING_ADDITIONAL_FUNDS' | 'COMPLETED' | 'FAILED'

export const settlementsInProgress = ['PENDING', 'AWAITING_ADDITIONAL_FUNDS'] as const

/** The firm pays for several advances at once; there is one such payment at a time. */
export type Settlement = {
  readonly id: SettlementId
  readonly sourceAccountId: AccountId
  readonly sourceAccountNumber: string
  readonly status: SettlementStatus
  readonly totalMinor: UsdMinor
  readonly interestMinor: UsdMinor
  readonly reason: string | undefined
  readonly createdAt: Temporal.Instant
  readonly updatedAt: Temporal.Instant
  readonly completedAt: Temporal.Instant | undefined
}

/** One advance, and who sent the money for it, as the law wants it kept. */
export type SettlementItem = {
  readonly instantFundingId: InstantFundingId
  /** In wire form; stored encrypted and never answered. */
  readonly transmitter: string
}
