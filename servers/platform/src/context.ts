import type { Clock } from '@paddock/kernel'
import type { FieldCipher } from '@paddock/service'
import type { BankClient } from './bank/bank-client.ts'
import type { AssetBook } from './broker/asset-book.ts'
import type { BrokerClient } from './broker/client.ts'
import type { PlatformConfig, SettleSettings } from './config.ts'
import type { Db } from './db/database.ts'
import type { AccessTokens } from './identity/access-token.ts'
import type { PasswordHasher } from './identity/password.ts'
import type { CallsInFlight } from './intents/calls-in-flight.ts'
import type { LiveHub } from './live/live-hub.ts'

/** Everything a route or a job hands to the domain. */
export interface PlatformContext {
  readonly config: PlatformConfig
  readonly db: Db
  /** Real time: sessions, tokens, intents. What the world's time is, the broker tells. */
  readonly clock: Clock
  readonly cipher: FieldCipher
  readonly passwords: PasswordHasher
  readonly tokens: AccessTokens
  readonly live: LiveHub
  readonly broker: BrokerClient
  readonly bank: BankClient
  readonly assets: AssetBook
  readonly calls: CallsInFlight
  readonly settle: SettleSettings
  /** Notes what went wrong behind the scenes and will be mended there. */
  readonly warn: (error: unknown, what: string) => void
  /** Origins whose pages may use the cookie: the configured ones and our own. */
  readonly origins: Set<string>
}
