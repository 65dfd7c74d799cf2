import type { Agenda, FieldCipher, WorldClock } from '@paddock/service'
import type { AchOperator } from './ach-operator/operator.ts'
import type { Db } from './db/database.ts'

/** An application that may call this server: its keys, and the processor it is, if it is one. */
export interface ApiClient {
  readonly clientId: string
  readonly secret: string
  /** A partner redeems the processor tokens that others made for this processor. */
  readonly processor?: string
}

/** Everything a route hands to the domain. */
export interface BankContext {
  readonly db: Db
  readonly clock: WorldClock
  /** Wake it after a commit that made something due at once. */
  readonly agenda: Pick<Agenda, 'wake'>
  readonly cipher: FieldCipher
  readonly clients: readonly ApiClient[]
  readonly linkOrigins: readonly string[]
  /** Nothing where no firm shares a file drop with us. */
  readonly ach: AchOperator | undefined
}
