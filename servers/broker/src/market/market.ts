import type { PriceMicro } from '@paddock/money'
import type { Asset } from '../assets/asset.ts'
import type { BrokerConfig } from '../config.ts'
import { priceMicroAt, type Quote, quoteAt } from './quote.ts'
import { lastTradedAt, previousClose } from './trading-hours.ts'

/** What makes one simulated market: the same seed and hours give the same prices. */
export type Market = Pick<BrokerConfig, 'seed' | 'marketHours'>

/** The quote of an asset at `at`; while its market is closed, that of the last close. */
export function quoteOf(market: Market, asset: Asset, at: Temporal.Instant): Quote {
  return quoteAt(market.seed, asset, lastTradedAt(market.marketHours, asset.assetClass, at))
}

/** The price at which the asset stood at the last close before today. */
export function previousClosePrice(market: Market, asset: Asset, now: Temporal.Instant): PriceMicro {
  const close = previousClose(market.marketHours, asset.assetClass, now)
  return priceMicroAt(market.seed, asset, close.epochMilliseconds)
}
