import type { Brand } from '@paddock/kernel'
import type { UserId } from '../identity/user.ts'

/** The broker's id of an account. */
export type AccountId = Brand<string, 'AccountId'>

/** What we remember of a user's account at the broker; money is never part of it. */
export interface BrokerageAccount {
  readonly id: AccountId
  readonly userId: UserId
  readonly accountNumber: string
  /** The Broker API's word, kept up to date by its events. */
  readonly status: string
  readonly cryptoStatus: string | null
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly createdAt: Temporal.Instant
}
