import type { BrokerConfig } from '@paddock/broker'
import type { Settings } from './settings.ts'

type BrokerRules = Pick<
  BrokerConfig,
  | 'requestsPerMinute'
  | 'limitPerAccount'
  | 'maxStreamsPerKey'
  | 'maxDataStreamsPerKey'
  | 'dataAuthTimeoutMs'
  | 'retiredEvents'
  | 'fees'
  | 'journals'
  | 'risk'
>

/** What the settings change of the broker's usual rules; for what is not set it has its own. */
export function brokerRulesOf(settings: Settings): BrokerRules {
  return {
    requestsPerMinute: settings.PADDOCK_REQUESTS_PER_MINUTE,
    limitPerAccount: isSetTo('account', settings.PADDOCK_REQUESTS_COUNTED_BY),
    maxStreamsPerKey: settings.PADDOCK_STREAMS_PER_KEY,
    maxDataStreamsPerKey: settings.PADDOCK_DATA_STREAMS_PER_KEY,
    dataAuthTimeoutMs: settings.PADDOCK_DATA_AUTH_TIMEOUT_MS,
    retiredEvents: isSetTo('gone', settings.PADDOCK_RETIRED_EVENTS),
    fees: {
      secPerMillionMinor: settings.PADDOCK_SEC_FEE_PER_MILLION_USD,
      tafPerSharePico: settings.PADDOCK_TAF_PER_SHARE_USD,
      tafMostMinor: settings.PADDOCK_TAF_MOST_USD,
      catPerSharePico: settings.PADDOCK_CAT_PER_SHARE_USD,
      cryptoPpm: settings.PADDOCK_CRYPTO_FEE_BPS,
    },
    journals: {
      perJournalMinor: settings.PADDOCK_JOURNAL_LIMIT_USD,
      perDayMinor: settings.PADDOCK_JOURNAL_DAY_LIMIT_USD,
      betweenCustomers: isSetTo('allowed', settings.PADDOCK_JOURNALS_BETWEEN_CUSTOMERS),
    },
    risk: {
      perTransferMinor: settings.PADDOCK_ACH_LIMIT_USD,
      perDayMinor: settings.PADDOCK_ACH_DAY_LIMIT_USD,
      per30DaysMinor: settings.PADDOCK_ACH_MONTH_LIMIT_USD,
      atRiskMinor: settings.PADDOCK_ACH_AT_RISK_LIMIT_USD,
      holdBankingDays: settings.PADDOCK_ACH_HOLD_BANKING_DAYS,
      closedLoop: isSetTo('on', settings.PADDOCK_ACH_CLOSED_LOOP),
      transfersPerDay: settings.PADDOCK_ACH_TRANSFERS_PER_DAY,
      banksPerWeek: settings.PADDOCK_ACH_BANKS_PER_WEEK,
      returnsIn30Days: settings.PADDOCK_ACH_RETURNS_PER_MONTH,
      balanceCheck: settings.PADDOCK_BALANCE_CHECK,
      balanceUnknown: settings.PADDOCK_BALANCE_UNKNOWN,
      balanceTimeoutMs: settings.PADDOCK_BALANCE_TIMEOUT_MS,
      instantCredit: {
        newMinor: settings.PADDOCK_INSTANT_CREDIT_NEW_USD,
        provenMinor: settings.PADDOCK_INSTANT_CREDIT_PROVEN_USD,
      },
    },
  }
}

const isSetTo = (word: string, setting: string | undefined) =>
  setting === undefined ? undefined : setting === word
