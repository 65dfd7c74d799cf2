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
  return new Map(
    all.flatMap(([symbol, snapshot]) => {
      const quote = presentQuote(symbol, snapshot)
      return quote === undefined ? [] : [[symbol, quote]]
    }),
  )
}

/** The vendor leaves out what it has not seen: without a trade there is no price, without a quote no spread. */
function presentQuote(symbol: string, snapshot: Partial<Snapshot> | null): Quote | undefined {
  const { latestTrade, latestQuote, prevDailyBar } = snapshot ?? {}
  if (latestTrade == null) return undefined
  const previousClose = prevDailyBar?.c ?? latestTrade.p
  return {
    symbol,
    price: showPriceNumber(latestTrade.p),
    bid: showPriceNumber(latestQuote?.bp ?? latestTrade.p),
    ask: showPriceNumber(latestQuote?.ap ?? latestTrade.p),
    previous_close: showPriceNumber(previousClose),
    change_fraction: changeFraction(previousClose, latestTrade.p),
    at: latestTrade.t,
  }
}
