import type { Asset } from '../assets/asset.ts'
import type { Bar } from './bars.ts'
import { type PricePath, pricePaths } from './price-path.ts'
import type { Span } from './spans.ts'
import type { Market, PriceFactor } from './splits.ts'

/** Bars of past days, of the assets that were asked for last: some megabytes when all have a long history. */
const MOST_ASSETS = 40

type KeptDays = { readonly paths: readonly PricePath[]; readonly bars: Map<string, Bar> }

const kept = new WeakMap<Market, Map<string, KeptDays>>()

/** A day that is over never changes, so what was worked out of it is kept until the asset's rules change. */
export function keptDay(market: Market, asset: Asset, span: Span, factor: PriceFactor, work: () => Bar): Bar {
  const bars = barsOf(market, asset)
  const key = `${span.label.epochMilliseconds}|${factor.old}|${factor.new}`
  const known = bars.get(key)
  if (known !== undefined) return known
  const bar = work()
  bars.set(key, bar)
  return bar
}

function barsOf(market: Market, asset: Asset): Map<string, Bar> {
  const ofMarket = kept.get(market) ?? new Map<string, KeptDays>()
  kept.set(market, ofMarket)
  const paths = pricePaths(market, asset)
  const found = ofMarket.get(asset.symbol)
  const days = found?.paths === paths ? found : { paths, bars: new Map() }
  // Put at the end, so that the first is always the one unused for longest.
  ofMarket.delete(asset.symbol)
  ofMarket.set(asset.symbol, days)
  if (ofMarket.size > MOST_ASSETS) ofMarket.delete(ofMarket.keys().next().value ?? asset.symbol)
  return days.bars
}
