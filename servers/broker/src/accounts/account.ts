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

/** Papers that came with an application or later, before anybody looked at them. */
export type SubmittedDocument = {
  readonly documentType: string
  readonly documentSubType: string | undefined
  readonly content: DocumentContent | undefined
}

export type DocumentContent = {
  readonly bytes: Buffer
  /** What the bytes are by their own first ones; undefined when nobody can tell. */
  readonly mimeType: string | undefined
}

/** What a person asks for when applying. The parts are kept as they were said and given back unchanged. */
export type Application = {
  readonly accountType: string
  readonly emailAddress: string
  readonly dateOfBirth: Temporal.PlainDate
  readonly taxId: string | undefined
  /** Those of a minor and of beneficiaries, in wire form. */
  readonly furtherTaxIds: JsonObject | undefined
  readonly enabledAssets: readonly string[]
  readonly additionalInformation: string | undefined
  readonly parts: JsonObject
  readonly documents: readonly SubmittedDocument[]
  readonly tradingConfigurations: JsonObject | undefined
}

/** A paper of the owner as it is listed: without its contents. */
export type OwnerDocument = {
  readonly id: string
  readonly documentType: string
  readonly documentSubType: string | undefined
  readonly mimeType: string | undefined
  readonly createdAt: Temporal.Instant
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
  readonly documents: readonly OwnerDocument[]
  readonly additionalInformation: string | undefined
  readonly kycResults: JsonObject | undefined
  readonly tradingConfigurations: JsonObject | undefined
  readonly restrictions: Restrictions
  readonly createdAt: Temporal.Instant
}

/** What the broker has switched off for an account. */
export type Restrictions = {
  readonly tradingBlocked: boolean
  readonly transfersBlocked: boolean
  readonly accountBlocked: boolean
  /** Overrides in wire form, only those that were ever set (contracts/alpaca/trading-account.md). */
  readonly adminConfigurations: JsonObject
}

export type AccountRejection =
  | 'account_not_closable'
  | 'account_not_editable'
  | 'account_not_found'
  | 'assets_not_removable'
  | 'cash_left'
  | 'cip_not_found'
  | 'date_of_birth_impossible'
  | 'document_not_found'
  | 'email_taken'
  | 'holder_not_adult'
  | 'identity_check_not_open'
  | 'identity_field_not_editable'
  | 'names_changed_before'
  | 'orders_open'
  | 'positions_open'
  | 'sdk_token_invalid'
  | 'transfers_pending'

export class AccountRejected extends DomainError<AccountRejection> {
  override readonly name = 'AccountRejected'
}
