import type { AccountFilters } from '@paddock/bank-wire'

/** What a client asked Link to do. What it told about its user is not kept. */
export interface LinkRequest {
  clientName: string
  language: string
  countryCodes: readonly string[]
  /** A bank must sell all of these, and an account must serve each. */
  products: readonly string[]
  /** Added where the bank sells them. */
  wantedProducts: readonly string[]
  webhook: string | null
  redirectUri: string | null
  accountFilters: AccountFilters | null
  institutionData: { routing_number?: string | undefined } | null
  /** In update mode: the person chooses again which accounts are shared. Tokens from before this have none. */
  selectsAccounts?: boolean
}

export interface LinkToken {
  clientId: string
  hash: string
  request: LinkRequest
  /** The item whose login is to be repaired; null when a new one is to be linked. */
  updateItemId: string | null
  createdAt: Temporal.Instant
  expiresAt: Temporal.Instant
}
