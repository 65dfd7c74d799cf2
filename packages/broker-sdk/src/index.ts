export type {
  Account,
  Country,
  CreateAccount,
  CustomerIdentification,
  IdentityCheckOutcome,
  ListAccounts,
  OwnerDocumentUpload,
  UpdateAccount,
} from './accounts.ts'
export type { AchRelationship, CreateAchRelationship } from './ach-relationships.ts'
export {
  type Activity,
  isTrade,
  type ListActivities,
  type NonTradeActivity,
  type TradeActivity,
} from './activities.ts'
export type { Asset, ListAssets } from './assets.ts'
export { BrokerError, type BrokerErrorFacts } from './broker-error.ts'
export { type BrokerClient, createBrokerClient } from './client.ts'
export type { CalendarDay, MarketClock } from './clock.ts'
export type {
  Announcement,
  CorporateActions,
  ListAnnouncements,
  ListCorporateActions,
} from './corporate-actions.ts'
export type { IssuedDocument, ListDocuments } from './documents.ts'
export type { FollowOptions } from './event-stream.ts'
export type {
  AccountStatusEvent,
  ActivityEvent,
  AdminActionEvent,
  CorporateActionEvent,
  CorporateActionOptions,
  FundingStatusEvent,
  JournalStatusEvent,
  JournalStatusEventV1,
  NonTradeActivityEvent,
  SystemEvent,
  TradeEvent,
  TradeEventV1,
  TransferStatusEvent,
} from './events.ts'
export type {
  CreateInstantFunding,
  CreateInstantFundingSettlement,
  InstantFunding,
  InstantFundingReport,
  InstantFundingReportRequest,
  InstantFundingSettlement,
  ListInstantFunding,
} from './instant-funding.ts'
export type {
  BatchJournal,
  CreateJournal,
  CreateJournalBatch,
  CreateReverseJournalBatch,
  Journal,
  ListJournals,
} from './journals.ts'
export type {
  Bar,
  BarsPage,
  BarsRequest,
  CryptoCalls,
  HistoryRequest,
  MarketDataCalls,
  Mover,
  OrderBook,
  PriceCalls,
  Quote,
  QuotesPage,
  ScreenerCalls,
  Snapshot,
  Trade,
  TradesPage,
} from './market-data.ts'
export type { OAuthClient, OAuthClientQuery, OAuthCode, OAuthGrant, OAuthToken } from './oauth.ts'
export type { Open } from './open.ts'
export type {
  BracketOrder,
  CanceledOrder,
  CreateOrder,
  EstimateOrder,
  LimitOrder,
  ListOrders,
  MarketOrder,
  OcoOrder,
  Order,
  OtoOrder,
  ReplaceOrder,
  StopLimitOrder,
  StopLoss,
  StopOrder,
  TakeProfit,
  TrailingStopOrder,
} from './orders.ts'
export type { PortfolioHistory, PortfolioHistoryRequest } from './portfolio-history.ts'
export type { AllPositions, Position } from './positions.ts'
export type {
  CreatePortfolio,
  CreateRun,
  ListPortfolios,
  ListRuns,
  ListSubscriptions,
  Portfolio,
  PortfolioWeight,
  RebalancingCondition,
  RebalancingRun,
  RebalancingSubscription,
} from './rebalancing.ts'
export type { CreateRecipientBank, ListRecipientBanks, RecipientBank } from './recipient-banks.ts'
export type { CashInterest, EodAggregate, EodPositions, ReportFilter } from './reporting.ts'
export type {
  TradingAccount,
  TradingConfigurations,
  TradingLimits,
  UpdateTradingConfigurations,
} from './trading-account.ts'
export type { CreateTransfer, ListTransfers, Transfer } from './transfers.ts'
export type { BrokerClientOptions, CallOptions, CreateOptions } from './transport.ts'
export type { Watchlist } from './watchlists.ts'
