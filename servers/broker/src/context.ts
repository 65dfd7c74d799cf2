import type { UsdMinor } from '@paddock/money'
import type { Agenda, FieldCipher, WorldClock } from '@paddock/service'
import type { AccountId } from './accounts/account.ts'
import type { BankClient } from './bank/bank-client.ts'
import type { BrokerConfig } from './config.ts'
import type { Db } from './db/database.ts'
import type { EventLog } from './events/event-log.ts'

/** Everything a route or a job hands to the domain. */
export type BrokerContext = {
  readonly db: Db
  readonly clock: WorldClock
  readonly agenda: Agenda
  readonly bank: BankClient
  readonly cipher: FieldCipher
  readonly config: BrokerConfig
  readonly events: EventLog
  readonly holdings: Holdings
}

/** What the cash side asks of the trading side, which owns positions and prices. */
export type Holdings = {
  /** What the account's positions are worth at present prices, and what they were at the last close. */
  marketValue(accountId: AccountId): Promise<{ nowMinor: UsdMinor; lastCloseMinor: UsdMinor }>
  /** Proceeds of sales that have not settled by `now`: cash that may buy, but not leave. */
  unsettledProceedsMinor(accountId: AccountId, now: Temporal.Instant): Promise<UsdMinor>
}
