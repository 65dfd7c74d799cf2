import { type Brand, DomainError } from '@paddock/kernel'
import type { AccountId } from '../accounts/account.ts'

export type BankId = Brand<string, 'BankId'>

export type BankStatus = 'QUEUED' | 'SENT_TO_CLEARING' | 'APPROVED' | 'REJECTED' | 'CANCELED'

/** The states in which a bank occupies the account's one place. */
export const activeBankStatuses = ['QUEUED', 'SENT_TO_CLEARING', 'APPROVED'] as const

/** Where a bank abroad is; empty texts for one at home, which its number tells. */
export type BankAddress = {
  readonly country: string
  readonly stateProvince: string
  readonly postalCode: string
  readonly city: string
  readonly streetAddress: string
}

/** A bank account to which an account's wires go. */
export type RecipientBank = {
  readonly id: BankId
  readonly accountId: AccountId
  readonly status: BankStatus
  readonly name: string
  readonly bankCode: string
  readonly bankCodeType: 'ABA' | 'BIC'
  readonly accountNumber: string
  readonly address: BankAddress
  readonly createdAt: Temporal.Instant
  readonly updatedAt: Temporal.Instant
}

export type BankRejection = 'bank_exists' | 'bank_in_use' | 'bank_not_found'

export class BankRejected extends DomainError<BankRejection> {
  override readonly name = 'BankRejected'
}
