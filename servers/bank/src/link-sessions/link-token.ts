import type { AccountFilters } from '@paddock/bank-wire'
import type { AuthOptions } from '../verification/auth-flows.ts'

/** What a client asked Link to do. What it told about its user is kept apart, as a ciphertext. */
export interface LinkRequest {
  clientName: string
  language: string
  countryCodes: readonly string[]
  /** A bank must sell all of these, and an account must serve each. */
  products: readonly string[]
  /** Added where the bank sells them. */
  wantedProducts: readonly string[]
  /** Agreed to beside them, and used when something needs it. Null or missing: all that the bank sells. */
  consentedProducts?: readonly string[] | null
  webhook: string | null
  redirectUri: string | null
  accountFilters: AccountFilters | null
  /** Tokens from before there were these options have none. */
  auth?: AuthOptions
  institutionData: { routing_number?: string | undefined } | null
  /** The user to whom the item will belong. Tokens from before this have none. */
  userId?: string | null
  daysRequested?: number | null
  statements?: { from: string; to: string } | null
  incomeDays?: number | null
  /** Link is opened at an address of ours, and the browser goes on to this one afterwards. */
  hosted?: { completionRedirectUri: string | null } | null
  /** The client reads results by webhook. */
  multiItem?: boolean
  /** In update mode: the person chooses again which accounts are shared. Tokens from before this have none. */
  selectsAccounts?: boolean
}

export interface LinkToken {
  clientId: string
  hash: string
  request: LinkRequest
  /** The item whose login is to be repaired; null when a new one is to be linked. */
  updateItemId: string | null
  /** What the client told about its user, for `/identity/match`. */
  personCipher: string | null
  createdAt: Temporal.Instant
  expiresAt: Temporal.Instant
}
