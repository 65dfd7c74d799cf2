import { type Brand, DomainError } from '@paddock/kernel'
import type { JsonObject } from '../db/schema.ts'

export type AccountId = Brand<string, 'AccountId'>

export type AccountStatus =
  | 'INACTIVE'
  | 'ONBOARDING'
  | 'SUBMITTED'
  | 'SUBMISSION_FAILED'
  | 'ACTION_REQUIRED'
  | 'ACCOUNT_UPDATED'
  | 'APPROVAL_PENDING'
  | 'APPROVED'
  | 'REJECTED'
  | 'ACTIVE'
  | 'DISABLED'
  | 'ACCOUNT_CLOSED'

/** What a person asks for when applying. The parts are kept as they were said and given back unchanged. */
export type Application = {
  readonly emailAddress: string
  readonly dateOfBirth: Temporal.PlainDate
  readonly taxId: string | undefined
  readonly enabledAssets: readonly string[]
  /** True when one of the four disclosures is: a person then has to look at the application. */
  readonly hasDisclosure: boolean
  /** The words by which the account can be found. */
  readonly searchText: string
  readonly additionalInformation: string | undefined
  readonly parts: JsonObject
}

export type Account = {
  readonly id: AccountId
  readonly accountNumber: string
  readonly status: AccountStatus
  readonly cryptoStatus: AccountStatus
  readonly accountType: string
  readonly currency: string
  readonly enabledAssets: readonly string[]
  readonly parts: JsonObject
  readonly kycResults: JsonObject | undefined
  readonly createdAt: Temporal.Instant
}

export type AccountRejection =
  | 'account_not_found'
  | 'date_of_birth_impossible'
  | 'email_taken'
  | 'holder_not_adult'

export class AccountRejected extends DomainError<AccountRejection> {
  override readonly name = 'AccountRejected'
}
