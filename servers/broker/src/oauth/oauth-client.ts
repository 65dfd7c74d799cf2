import { type Brand, DomainError } from '@paddock/kernel'
import type { OAuthScope } from './oauth-scope.ts'

export type OAuthClientId = Brand<string, 'OAuthClientId'>

/** Somebody else's app, which end users may let act on their account. */
export type OAuthClient = {
  readonly id: OAuthClientId
  readonly secretHash: string
  readonly name: string
  readonly description: string
  readonly url: string
  readonly termsOfUse: string
  readonly privacyPolicy: string
  readonly status: 'ACTIVE' | 'DISABLED'
  readonly redirectUris: readonly string[]
  /** What its users can be asked for. */
  readonly scopes: readonly OAuthScope[]
  readonly createdBy: string
  readonly createdAt: Temporal.Instant
}

export type OAuthRejection =
  | 'oauth_client_refused'
  | 'oauth_code_invalid'
  | 'oauth_redirect_invalid'
  | 'oauth_scope_invalid'
  | 'oauth_token_not_found'

export class OAuthRejected extends DomainError<OAuthRejection> {
  override readonly name = 'OAuthRejected'
}
