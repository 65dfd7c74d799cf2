import type { Quote } from '@paddock/platform-wire'
import type { Asset, Snapshot } from '../broker/client.ts'
import type { PlatformContext } from '../context.ts'
import { changeFraction, showPriceNumber } from '../decimal.ts'

/** The present price of each asset that has one, by symbol. */
export async function readQuotes(
  { broker }: PlatformContext,
  assets: readonly Asset[],
): Promise<Map<string, Quote>> {
  const symbolsOf = (isCrypto: boolean) =>
    assets.filter((asset) => (asset.class === 'crypto') === isCrypto).map(({ symbol }) => symbol)
  const none: Promise<Record<string, Snapshot>> = Promise.resolve({})
  const [stocks, pairs] = [symbolsOf(false), symbolsOf(true)]
  const snapshots = await Promise.all([
    stocks.length === 0 ? none : broker.marketData.stocks.snapshots(stocks),
    pairs.length === 0 ? none : broker.marketData.crypto.snapshots(pairs),
  ])
  const all = snapshots.flatMap((bySymbol) => Object.entries(bySymbol))
  return new Map(all.map(([symbol, snapshot]) => [symbol, presentQuote(symbol, snapshot)]))
}

function presentQuote(symbol: string, { latestTrade, latestQuote, prevDailyBar }: Snapshot): Quote {
  return {
    symbol,
    price: showPriceNumber(latestTrade.p),
    bid: showPriceNumber(latestQuote.bp),
    ask: showPriceNumber(latestQuote.ap),
    previous_close: showPriceNumber(prevDailyBar.c),
    change_fraction: changeFraction(prevDailyBar.c, latestTrade.p),
    at: latestTrade.t,
  }
}
