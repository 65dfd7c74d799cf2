import { DomainError } from '@paddock/kernel'

export type AccountRefusal = 'account_exists' | 'account_missing' | 'not_found' | 'sandbox_only'

export class AccountRefused extends DomainError<AccountRefusal> {
  override readonly name = 'AccountRefused'
}
