import type { UsdMinor } from '@paddock/money'
import type { BrokerConfig } from '../config.ts'

/** What the firm allows; the one place where journals are configured (contracts/alpaca/journals.md §3). */
export type JournalRules = {
  /** A journal of more than this waits for an operator. */
  readonly perJournalMinor: UsdMinor
  /** So does one with which the New York day's journals come to more than this. */
  readonly perDayMinor: UsdMinor
  /** Cash between two customers, and shares from a customer; the vendor knows only the firm's own to and fro. */
  readonly betweenCustomers: boolean
}

const defaults: JournalRules = {
  perJournalMinor: 50_00n as UsdMinor,
  perDayMinor: 1_000_00n as UsdMinor,
  betweenCustomers: true,
}

export function journalRules({ journals = {} }: Pick<BrokerConfig, 'journals'>): JournalRules {
  return {
    perJournalMinor: journals.perJournalMinor ?? defaults.perJournalMinor,
    perDayMinor: journals.perDayMinor ?? defaults.perDayMinor,
    betweenCustomers: journals.betweenCustomers ?? defaults.betweenCustomers,
  }
}
