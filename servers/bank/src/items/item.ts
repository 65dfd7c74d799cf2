import type { AuthMethod, VerificationStatus } from '@paddock/bank-wire'
import type { BankAccount } from '../bank-accounts/bank-account.ts'

/** A login at one institution that an API client was given access to. */
export interface Item {
  clientId: string
  id: string
  institutionId: string
  /** What the client asked for, in that order; `balance` is never among them. */
  products: readonly string[]
  /** What the person agreed to share; null where nobody asked: then all that the institution sells. */
  consentedProducts: readonly string[] | null
  webhook: string | null
  loginRequired: boolean
  /** How its client came by the numbers of its accounts. */
  authMethod: AuthMethod
  createdAt: Temporal.Instant
  /** When the person's consent ends, where it does. */
  consentExpiresAt: Temporal.Instant | null
}

/** Which item, where no more of it matters. */
export type ItemRef = Pick<Item, 'clientId' | 'id'>

/** An account of an item, as the item's client may see it. */
export interface Account extends BankAccount {
  id: string
  itemId: string
  /** Null where the bank itself gave the numbers. */
  verificationStatus: VerificationStatus | null
  /** How many wrong codes were typed. */
  verificationMisses: number
}
