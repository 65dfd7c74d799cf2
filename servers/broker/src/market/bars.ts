import { assert } from '@paddock/kernel'
import type { PriceMicro, QuantityNano } from '@paddock/money'
import type { Asset } from '../assets/asset.ts'
import { keptDay } from './kept-days.ts'
import type { Market } from './market.ts'
import { extremesBetween } from './price-scan.ts'
import { priceMicroAt, sampleBetween, secondOf } from './quote.ts'
import { type Span, spansBetween, type Timeframe } from './spans.ts'
import { factorAt, type PriceFactor } from './splits.ts'

/** What happened to a price within one span. */
export interface Bar {
  readonly label: Temporal.Instant
  readonly openMicro: PriceMicro
  readonly highMicro: PriceMicro
  readonly lowMicro: PriceMicro
  readonly closeMicro: PriceMicro
  /** The mean of high, low and close stands for the average by volume. */
  readonly averageMicro: PriceMicro
  readonly volumeNano: QuantityNano
  readonly trades: number
}

export interface BarsQuery {
  readonly timeframe: Timeframe
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly direction: 'asc' | 'desc'
  /** Shows the past in the shares of today. Without it, each bar shows what was paid then. */
  readonly splitAdjusted?: boolean
}

const MINUTE_MS = 60_000
const NANO = 1_000_000_000n
const LONGEST_CLOSURE_DAYS = 10

/** The bars of an asset that have begun by `now`, in order; the running one ends at `now`. */
export function* barsBetween(
  market: Market,
  asset: Asset,
  query: BarsQuery,
  now: Temporal.Instant,
): Generator<Bar> {
  const to = Temporal.Instant.compare(query.to, now) < 0 ? query.to : now
  const spans = spansBetween({
    ...query,
    to,
    hours: market.marketHours,
    assetClass: asset.assetClass,
  })
  for (const span of spans) {
    if (Temporal.Instant.compare(span.start, now) <= 0) {
      const factor = factorAt(market, asset.symbol, query.splitAdjusted === true ? now : span.start)
      const work = () => barOf(market, asset, span, { factor, now })
      const isPastDay = query.timeframe === '1Day' && Temporal.Instant.compare(span.end, now) <= 0
      yield isPastDay ? keptDay(market, asset, span, factor, work) : work()
    }
  }
}

/** The bar that is running at `now`, or the last one before it, and then those before that. */
export function latestBars(
  market: Market,
  asset: Asset,
  timeframe: Timeframe,
  count: number,
  now: Temporal.Instant,
): Bar[] {
  const from = now.subtract({ hours: 24 * (LONGEST_CLOSURE_DAYS + count) })
  const found: Bar[] = []
  for (const bar of barsBetween(market, asset, { timeframe, from, to: now, direction: 'desc' }, now)) {
    found.push(bar)
    if (found.length === count) break
  }
  assert(found.length === count, 'a market has bars on most days')
  return found
}

/** All of a bar is in the shares of its own day, or of today: the split at the end of a day is not in it. */
function barOf(
  market: Market,
  asset: Asset,
  span: Span,
  { factor, now }: { factor: PriceFactor; now: Temporal.Instant },
): Bar {
  const startMs = span.start.epochMilliseconds
  const lengthMs = Math.min(span.end.epochMilliseconds, now.epochMilliseconds) - startMs
  const priceAfter = (passedMs: number) => priceMicroAt(market, asset, startMs + passedMs, factor)
  const openMicro = priceAfter(0)
  const closeMicro = priceAfter(lengthMs)
  const fromSecond = secondOf(span.start)
  const seconds = { fromSecond, toSecond: fromSecond + Math.floor(lengthMs / 1000) }
  const { highMicro, lowMicro } = extremesBetween(market, asset, seconds, factor)
  const averageMicro = ((highMicro + lowMicro + closeMicro) / 3n) as PriceMicro
  const minutes = Math.max(1, Math.ceil(lengthMs / MINUTE_MS))
  return {
    label: span.label,
    openMicro,
    highMicro,
    lowMicro,
    closeMicro,
    averageMicro,
    volumeNano: volumeOf(market.seed, asset, startMs, minutes, averageMicro),
    trades: minutes * sampleBetween(market.seed, asset, 'trades', startMs, [4, 40]),
  }
}

/** A likely volume: some dollars a minute, in whole shares for equities. Nothing is computed from it. */
function volumeOf(
  seed: string,
  asset: Asset,
  startMs: number,
  minutes: number,
  priceMicro: PriceMicro,
): QuantityNano {
  const range = asset.assetClass === 'crypto' ? ([20_000, 120_000] as const) : ([200_000, 2_000_000] as const)
  const dollars = BigInt(minutes * sampleBetween(seed, asset, 'volume', startMs, range))
  const nano = (dollars * 1_000_000n * NANO) / priceMicro
  if (asset.assetClass === 'crypto') return nano as QuantityNano
  return (nano < NANO ? NANO : nano - (nano % NANO)) as QuantityNano
}
