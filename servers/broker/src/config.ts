import type { AchAgreement } from '@paddock/ach-drop'
import type { WorldClock } from '@paddock/service'
import type { FeeRates } from './fees/fee-rates.ts'
import type { JournalRules } from './journals/journal-rules.ts'
import type { AchStep } from './origination/steps.ts'
import type { AchTimetable } from './origination/timetable.ts'
import type { RiskSettings } from './risk/risk-rules.ts'

export type MarketHours = 'always' | 'exchange'

export type BrokerConfig = {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly databaseUrl: string
  readonly clock: WorldClock
  readonly keys: { readonly key: string; readonly secret: string }
  /** 32 bytes: encrypts tax ids, account numbers and processor tokens. */
  readonly cipherKey: Buffer
  /** The bank server whose processor tokens we redeem. */
  readonly bank: { readonly baseUrl: string; readonly clientId: string; readonly secret: string }
  readonly marketHours: MarketHours
  /** How transfers travel: the drop that we share with the bank's ACH operator, and what we agreed on with it. */
  readonly ach: AchConfig
  readonly webOrigins: readonly string[]
  /** Seeds the simulated market: the same seed, the same prices. */
  readonly seed: string
  readonly logLevel: string
  /** Requests per minute and key. Default 10,000, so that a demo never meets the limit. */
  readonly requestsPerMinute?: number | undefined
  /** Counts the requests to each account's own addresses apart, as the vendor once did. Default: no. */
  readonly limitPerAccount?: boolean | undefined
  /** What regulators charge on trades. Default: nothing. */
  readonly fees?: FeeRates | undefined
  /** What differs from the usual rules for journals. */
  readonly journals?: { readonly [Rule in keyof JournalRules]?: JournalRules[Rule] | undefined }
  /** What differs from the usual rules for money by ACH. */
  readonly risk?: RiskSettings | undefined
  /** Longest wait for the bank server, in milliseconds. Default 10,000. */
  readonly bankTimeoutMs?: number
  /** Pause between keep-alive comments on event streams, in milliseconds. Default 10,000. */
  readonly heartbeatMs?: number
  /** How long a stream waits for a reader that does not read, in milliseconds. Default 10,000. */
  readonly slowReaderMs?: number
  /** Event streams that one key may have open. Default 12,000. */
  readonly maxStreamsPerKey?: number | undefined
  /** Connections to the market data stream that one key may have. Default 100. */
  readonly maxDataStreamsPerKey?: number | undefined
  /** How long somebody may take to say who it is on the market data stream, in milliseconds. Default 10,000. */
  readonly dataAuthTimeoutMs?: number | undefined
  /** How many of the latest events are kept in memory, for readers that were away for a moment. Default 2,000. */
  readonly eventsInMemory?: number
  /** Answers the streams that the vendor has retired (v1 trades and transfers) with 410. Default: they are served. */
  readonly retiredEvents?: boolean | undefined
}

export type AchConfig = {
  /** The file drop. */
  readonly folder: string
  /** 32 bytes each: seal the files, in the drop and in the database. The first seals, the others still open. */
  readonly fileKeys: readonly Buffer[]
  /** Default: what the simulated bank knows the firm by. */
  readonly agreement?: AchAgreement | undefined
  /** Default: the Federal Reserve's windows with a cut-off at 14:00. */
  readonly timetables?: readonly AchTimetable[] | undefined
  /** Which transfers use the same-day windows. Default: none. */
  readonly sameDay?: SameDay | undefined
  /** How a bank account is proved that was linked by its numbers. Default: whoever linked it vouches for it. */
  readonly proof?: NumbersProof | undefined
  /** For tests: told of each step of a file, and may end the process there. */
  readonly onStep?: ((step: AchStep) => void) | undefined
}

export type SameDay = 'never' | 'withdrawals' | 'always'

export type NumbersProof = 'trusted' | 'prenote' | 'micro_deposits'
