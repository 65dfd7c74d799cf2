import type { PriceMicro } from '@paddock/money'
import type { Asset } from '../assets/asset.ts'
import { priceMicroAt, type Quote, quoteAt } from './quote.ts'
import { factorAt, type Market } from './splits.ts'
import { lastTradedAt, previousClose } from './trading-hours.ts'

export type { Market } from './splits.ts'

/**
 * The quote of an asset at `at`; while its market is closed, that of the last close. A split counts from the
 * midnight before it even then, because that is when holders have their new shares.
 */
export function quoteOf(market: Market, asset: Asset, at: Temporal.Instant): Quote {
  const tradedAt = lastTradedAt(market.marketHours, asset.assetClass, at)
  return quoteAt(market, asset, tradedAt, factorAt(market, asset.symbol, at))
}

/** The price at which the asset stood at the last close before today, in today's shares. */
export function previousClosePrice(market: Market, asset: Asset, now: Temporal.Instant): PriceMicro {
  const close = previousClose(market.marketHours, asset.assetClass, now)
  return priceMicroAt(market, asset, close.epochMilliseconds, factorAt(market, asset.symbol, now))
}
