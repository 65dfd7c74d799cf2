import { DomainError } from '@paddock/kernel'

export type IdentityRefusal =
  | 'credentials_wrong'
  | 'email_malformed'
  | 'email_taken'
  | 'no_demo_customer'
  | 'not_signed_in'
  | 'operators_only'
  | 'origin_not_allowed'
  | 'password_too_long'
  | 'password_too_short'
  | 'refresh_token_invalid'
  | 'too_busy'
  | 'too_many_attempts'
  | 'too_many_streams'

export class IdentityRefused extends DomainError<IdentityRefusal> {
  override readonly name = 'IdentityRefused'
}
