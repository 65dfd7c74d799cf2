import type { PriceMicro } from '@paddock/money'
import type { Asset, AssetClass } from '../assets/asset.ts'
import type { Market } from '../market/market.ts'
import { priceMicroAt } from '../market/quote.ts'
import { factorAt } from '../market/splits.ts'
import { keepsExchangeHours, lastTradedAt } from '../market/trading-hours.ts'

/**
 * The last price of any asset at one moment, as `quoteOf` tells it. A history asks for thousands of them, so
 * when a class of assets last traded is found out only once.
 */
export function pricesAt(market: Market, at: Temporal.Instant): (asset: Asset) => PriceMicro {
  const tradedMs = new Map<AssetClass, number>()
  const findTradedMs = (assetClass: AssetClass): number => {
    const known = tradedMs.get(assetClass)
    if (known !== undefined) return known
    const isAlwaysOpen = !keepsExchangeHours(market.marketHours, assetClass)
    const traded = isAlwaysOpen ? at : lastTradedAt(market.marketHours, assetClass, at)
    tradedMs.set(assetClass, traded.epochMilliseconds)
    return traded.epochMilliseconds
  }
  return (asset) =>
    priceMicroAt(market, asset, findTradedMs(asset.assetClass), factorAt(market, asset.symbol, at))
}
