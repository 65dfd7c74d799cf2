import type { UsdMinor } from '@paddock/money'
import type { Agenda, FieldCipher, WorldClock } from '@paddock/service'
import type { AccountId } from './accounts/account.ts'
import type { BankClient } from './bank/bank-client.ts'
import type { BrokerConfig } from './config.ts'
import type { Db } from './db/database.ts'
import type { EventLog } from './events/event-log.ts'
import type { ExecutionVenue } from './exchange/execution-venue.ts'
import type { OrderIntake } from './orders/order-intake.ts'
import type { AchDesk } from './origination/ach-desk.ts'

/** Everything a route or a job hands to the domain. */
export type BrokerContext = {
  readonly db: Db
  /** The same database, for the statements that every order and event needs: each is planned once. */
  readonly preparedDb: Db
  readonly clock: WorldClock
  readonly agenda: Agenda
  readonly bank: BankClient
  readonly cipher: FieldCipher
  readonly config: BrokerConfig
  readonly events: EventLog
  readonly holdings: Holdings
  readonly venue: ExecutionVenue
  readonly orderIntake: OrderIntake
  readonly ach: AchDesk
}

/** What the cash side asks of the trading side, which owns positions and prices. */
export type Holdings = {
  /** What the accounts' positions are worth at present prices, and were at the last close; zero when missing. */
  marketValues(db: Db, accountIds: readonly AccountId[]): Promise<ReadonlyMap<AccountId, MarketValue>>
  /** Proceeds of sales that have not settled by `now`: cash that may buy, but not leave. */
  unsettledProceedsMinor(db: Db, accountId: AccountId, now: Temporal.Instant): Promise<UsdMinor>
}

export type MarketValue = { readonly nowMinor: UsdMinor; readonly lastCloseMinor: UsdMinor }
