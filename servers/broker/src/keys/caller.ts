import type { AccountId } from '../accounts/account.ts'
import type { OAuthScope } from '../oauth/oauth-scope.ts'
import type { AllScopes, Scopes } from './scopes.ts'

/** A partner, by one of its keys or by a token of one. */
export type Partner = {
  readonly kind: 'partner'
  readonly keyId: string
  readonly scopes: Scopes | AllScopes
}

/** An app that acts for one end user, and only for that one's account. */
export type EndUserApp = {
  readonly kind: 'end_user_app'
  readonly tokenId: string
  readonly clientId: string
  readonly accountId: AccountId
  readonly scopes: readonly OAuthScope[]
}

export type Caller = Partner | EndUserApp
