import type { KeyArea } from '@paddock/broker-wire'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { BrokerContext } from '../context.ts'
import { accountIdentityRoutes } from './account-identity.ts'
import { accountPaperRoutes } from './account-papers.ts'
import { accountRoutes } from './accounts.ts'
import { achRelationshipRoutes } from './ach-relationships.ts'
import { activityRoutes } from './activities.ts'
import { apiKeyRoutes } from './api-keys.ts'
import { assetRoutes } from './assets.ts'
import { clockRoutes } from './clock.ts'
import { corporateActionDataRoutes, corporateActionRoutes } from './corporate-actions.ts'
import { documentRoutes } from './documents.ts'
import { eventRoutes } from './events.ts'
import { instantFundingFigureRoutes, instantFundingRoutes } from './instant-funding.ts'
import { instantSettlementRoutes } from './instant-settlements.ts'
import { journalRoutes } from './journals.ts'
import { marketDataRoutes } from './market-data.ts'
import { notBuiltPages } from './not-built.ts'
import { oauthRoutes } from './oauth.ts'
import { oauthClientRoutes } from './oauth-clients.ts'
import { oauthTokenRoutes } from './oauth-tokens.ts'
import { opsRoutes } from './ops.ts'
import { opsAchBankRoutes } from './ops-ach-banks.ts'
import { opsAchFileRoutes } from './ops-ach-files.ts'
import { opsAchParkedRoutes } from './ops-ach-parked.ts'
import { opsAchTraceRoutes } from './ops-ach-trace.ts'
import { opsJournalRoutes } from './ops-journals.ts'
import { opsLotRoutes } from './ops-lots.ts'
import { opsReconciliationRoutes } from './ops-reconciliation.ts'
import { opsReturnRateRoutes } from './ops-return-rates.ts'
import { opsRiskRoutes } from './ops-risk.ts'
import { opsTransferRoutes } from './ops-transfers.ts'
import { portfolioHistoryRoutes } from './portfolio-history.ts'
import { portfolioRoutes } from './rebalancing-portfolios.ts'
import { runRoutes } from './rebalancing-runs.ts'
import { subscriptionRoutes } from './rebalancing-subscriptions.ts'
import { recipientBankRoutes } from './recipient-banks.ts'
import { reportingRoutes } from './reporting.ts'
import { orderRoutes } from './trading/orders.ts'
import { positionRoutes } from './trading/positions.ts'
import { tradingAccountRoutes } from './trading-account.ts'
import { tradingConfigurationRoutes } from './trading-configurations.ts'
import { transferRoutes } from './transfers.ts'
import { watchlistRoutes } from './watchlists.ts'

export type BrokerRoutes = FastifyPluginAsyncZod<{ ctx: BrokerContext }>

type Page = { readonly area: KeyArea; readonly routes: BrokerRoutes }

/** The pages of the vendor's reference that need its keys. Each line is one file of this folder. */
export const brokerRoutes: readonly Page[] = [
  { area: 'accounts', routes: accountRoutes },
  { area: 'accounts', routes: accountPaperRoutes },
  { area: 'accounts', routes: accountIdentityRoutes },
  { area: 'funding', routes: achRelationshipRoutes },
  { area: 'funding', routes: transferRoutes },
  { area: 'journaling', routes: journalRoutes },
  { area: 'admin', routes: opsJournalRoutes },
  { area: 'funding', routes: recipientBankRoutes },
  { area: 'funding', routes: instantFundingRoutes },
  { area: 'funding', routes: instantFundingFigureRoutes },
  { area: 'funding', routes: instantSettlementRoutes },
  { area: 'admin', routes: opsTransferRoutes },
  { area: 'admin', routes: opsAchFileRoutes },
  { area: 'admin', routes: opsAchParkedRoutes },
  { area: 'admin', routes: opsAchBankRoutes },
  { area: 'admin', routes: opsLotRoutes },
  { area: 'admin', routes: opsRiskRoutes },
  { area: 'admin', routes: opsReturnRateRoutes },
  { area: 'admin', routes: opsReconciliationRoutes },
  { area: 'admin', routes: opsAchTraceRoutes },
  { area: 'accounts', routes: activityRoutes },
  { area: 'accounts', routes: documentRoutes },
  { area: 'trading', routes: tradingAccountRoutes },
  { area: 'trading', routes: tradingConfigurationRoutes },
  { area: 'trading', routes: clockRoutes },
  { area: 'events', routes: eventRoutes },
  { area: 'admin', routes: opsRoutes },
  { area: 'admin', routes: apiKeyRoutes },
  { area: 'admin', routes: oauthTokenRoutes },
  { area: 'admin', routes: oauthClientRoutes },
  { area: 'accounts', routes: oauthRoutes },
  { area: 'trading', routes: assetRoutes },
  { area: 'data', routes: marketDataRoutes },
  { area: 'data', routes: corporateActionDataRoutes },
  { area: 'trading', routes: corporateActionRoutes },
  { area: 'trading', routes: watchlistRoutes },
  { area: 'reporting', routes: reportingRoutes },
  { area: 'trading', routes: orderRoutes },
  { area: 'trading', routes: positionRoutes },
  { area: 'trading', routes: portfolioHistoryRoutes },
  { area: 'rebalancing', routes: portfolioRoutes },
  { area: 'rebalancing', routes: subscriptionRoutes },
  { area: 'rebalancing', routes: runRoutes },
  ...notBuiltPages,
]
