import { accountCalls } from './accounts.ts'
import { achRelationshipCalls } from './ach-relationships.ts'
import { activityCalls } from './activities.ts'
import { assetCalls } from './assets.ts'
import { calendarCalls, clockCalls } from './clock.ts'
import { corporateActionCalls } from './corporate-actions.ts'
import { documentCalls } from './documents.ts'
import { eventCalls } from './events.ts'
import { instantFundingCalls } from './instant-funding.ts'
import { journalCalls } from './journals.ts'
import { marketDataCalls } from './market-data.ts'
import { oauthCalls } from './oauth.ts'
import { orderCalls } from './orders.ts'
import { portfolioHistoryCalls } from './portfolio-history.ts'
import { positionCalls } from './positions.ts'
import { rebalancingCalls } from './rebalancing.ts'
import { recipientBankCalls } from './recipient-banks.ts'
import { reportingCalls } from './reporting.ts'
import { tradingAccountCalls } from './trading-account.ts'
import { transferCalls } from './transfers.ts'
import { type BrokerClientOptions, createTransport } from './transport.ts'
import { watchlistCalls } from './watchlists.ts'

/**
 * The Broker API, typed. Every call ends in one of three ways: it answers, it throws a `BrokerError` that
 * `isRefusal`, or it throws one that is not, and then nobody knows yet whether it happened.
 */
export function createBrokerClient(options: BrokerClientOptions) {
  const transport = createTransport(options)
  return {
    accounts: accountCalls(transport),
    achRelationships: achRelationshipCalls(transport),
    instantFunding: instantFundingCalls(transport),
    recipientBanks: recipientBankCalls(transport),
    transfers: transferCalls(transport),
    journals: journalCalls(transport),
    tradingAccount: tradingAccountCalls(transport),
    orders: orderCalls(transport),
    positions: positionCalls(transport),
    portfolioHistory: portfolioHistoryCalls(transport),
    activities: activityCalls(transport),
    documents: documentCalls(transport),
    assets: assetCalls(transport),
    watchlists: watchlistCalls(transport),
    corporateActions: corporateActionCalls(transport),
    reporting: reportingCalls(transport),
    clock: clockCalls(transport),
    calendar: calendarCalls(transport),
    marketData: marketDataCalls(transport),
    rebalancing: rebalancingCalls(transport),
    oauth: oauthCalls(transport),
    events: eventCalls(transport),
  }
}

export type BrokerClient = ReturnType<typeof createBrokerClient>
