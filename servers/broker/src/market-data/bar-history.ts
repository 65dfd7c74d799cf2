import type { PriceMicro, QuantityNano } from '@paddock/money'
import type { Asset } from '../assets/asset.ts'
import { type Bar, barsBetween } from '../market/bars.ts'
import type { Market } from '../market/market.ts'
import { periodsBetween } from './bar-periods.ts'
import type { BarLength } from './timeframe.ts'

export interface BarHistoryQuery {
  readonly length: BarLength
  /** Bars whose label lies from here … */
  readonly from: Temporal.Instant
  /** … to here, both included. */
  readonly to: Temporal.Instant
  readonly direction: 'asc' | 'desc'
  /** Shows the past in the shares of today. */
  readonly splitAdjusted: boolean
  /** What dividends make of a bar of their past. */
  readonly adjust: (bar: Bar) => Bar
}

const ONE_MS = { milliseconds: 1 }

/** The bars of an asset in order. Weeks and months are made of their days, so that all of them agree. */
export function* barHistory(
  market: Market,
  asset: Asset,
  query: BarHistoryQuery,
  now: Temporal.Instant,
): Generator<Bar> {
  const { length, from, direction, splitAdjusted, adjust } = query
  const to = Temporal.Instant.compare(query.to, now) < 0 ? query.to : now
  if (length.unit !== 'Week' && length.unit !== 'Month') {
    const timeframe = length.unit === 'Day' ? '1Day' : (`${length.count}${length.unit}` as const)
    const bars = barsBetween(market, asset, { timeframe, from, to, direction, splitAdjusted }, now)
    for (const bar of bars) yield adjust(bar)
    return
  }
  for (const { label, end } of periodsBetween({ length, from, to, direction })) {
    const span = { from: label, to: end.subtract(ONE_MS), direction: 'asc', splitAdjusted } as const
    const days = [...barsBetween(market, asset, { ...span, timeframe: '1Day' }, now)]
    const bar = joinBars(label, days.map(adjust))
    if (bar !== undefined) yield bar
  }
}

/** What several bars in a row say together; undefined without any. */
export function joinBars(label: Temporal.Instant, bars: readonly Bar[]): Bar | undefined {
  const [first, last] = [bars.at(0), bars.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const volumeNano = bars.reduce((sum, bar) => sum + bar.volumeNano, 0n)
  const turnover = bars.reduce((sum, bar) => sum + bar.volumeNano * bar.averageMicro, 0n)
  return {
    label,
    openMicro: first.openMicro,
    closeMicro: last.closeMicro,
    highMicro: extreme(
      bars.map(({ highMicro }) => highMicro),
      (a, b) => a > b,
    ),
    lowMicro: extreme(
      bars.map(({ lowMicro }) => lowMicro),
      (a, b) => a < b,
    ),
    averageMicro: (volumeNano === 0n ? last.averageMicro : turnover / volumeNano) as PriceMicro,
    volumeNano: volumeNano as QuantityNano,
    trades: bars.reduce((sum, { trades }) => sum + trades, 0),
  }
}

function extreme(prices: readonly PriceMicro[], wins: (a: bigint, b: bigint) => boolean): PriceMicro {
  return prices.reduce((best, price) => (wins(price, best) ? price : best))
}
