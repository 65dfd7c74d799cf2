import { assert } from '@paddock/kernel'
import type { PriceMicro } from '@paddock/money'
import { type Asset, type AssetClass, assets } from '../assets/asset.ts'
import { type Bar, latestBars } from '../market/bars.ts'
import { type Market, previousClosePrice, quoteOf } from '../market/market.ts'

/** How far a price has come since the last close. */
export interface Mover {
  readonly asset: Asset
  readonly priceMicro: PriceMicro
  readonly changeMicro: bigint
  /** Hundredths of a percent. */
  readonly changeBasisPoints: bigint
}

/** Who rose most and who fell most since the last close, at most `top` of each. */
export function moversOf(
  market: Market,
  assetClass: AssetClass,
  top: number,
  now: Temporal.Instant,
): { gainers: Mover[]; losers: Mover[] } {
  const movers = tradedAssets(assetClass).map((asset) => moverOf(market, asset, now))
  const risingMost = movers.sort((a, b) => compare(b.changeBasisPoints, a.changeBasisPoints))
  return {
    gainers: risingMost.filter(({ changeMicro }) => changeMicro > 0n).slice(0, top),
    losers: risingMost
      .filter(({ changeMicro }) => changeMicro < 0n)
      .reverse()
      .slice(0, top),
  }
}

/** What was traded of a stock today. */
export interface Activity {
  readonly asset: Asset
  readonly today: Bar
}

/** The stocks of which most was traded today, in shares or in trades, as of the beginning of this minute. */
export function mostActiveOf(
  market: Market,
  by: 'volume' | 'trades',
  top: number,
  now: Temporal.Instant,
): { activities: Activity[]; at: Temporal.Instant } {
  const at = now.round({ smallestUnit: 'minute', roundingMode: 'floor' })
  const measure = ({ today }: Activity) => (by === 'volume' ? today.volumeNano : BigInt(today.trades))
  const activities = activitiesAt(market, at).toSorted((a, b) => compare(measure(b), measure(a)))
  return { activities: activities.slice(0, top), at }
}

const lastActivities = new WeakMap<Market, { atMs: number; activities: readonly Activity[] }>()

/** A running day costs a search for its high and low, and there are many stocks: so all of them once a minute. */
function activitiesAt(market: Market, at: Temporal.Instant): readonly Activity[] {
  const atMs = at.epochMilliseconds
  const last = lastActivities.get(market)
  if (last?.atMs === atMs) return last.activities
  const activities = tradedAssets('us_equity').map((asset) => {
    const [today] = latestBars(market, asset, '1Day', 1, at)
    assert(today !== undefined, 'one bar was asked for')
    return { asset, today }
  })
  lastActivities.set(market, { atMs, activities })
  return activities
}

function tradedAssets(assetClass: AssetClass): Asset[] {
  return assets.filter((asset) => asset.assetClass === assetClass && asset.tradable)
}

function moverOf(market: Market, asset: Asset, now: Temporal.Instant): Mover {
  const priceMicro = quoteOf(market, asset, now).lastMicro
  const closeMicro = previousClosePrice(market, asset, now)
  const changeMicro = priceMicro - closeMicro
  return { asset, priceMicro, changeMicro, changeBasisPoints: (changeMicro * 10_000n) / closeMicro }
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
