import { type Brand, DomainError } from '@paddock/kernel'

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

export type AccountRejection =
  | 'account_not_found'
  | 'date_of_birth_impossible'
  | 'email_taken'
  | 'holder_not_adult'

export class AccountRejected extends DomainError<AccountRejection> {
  override readonly name = 'AccountRejected'
}
