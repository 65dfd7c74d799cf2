import { newYorkDate } from '@paddock/calendar'
import type { Asset } from '../assets/asset.ts'
import { type Market, quoteOf } from '../market/market.ts'
import type { Quote } from '../market/quote.ts'
import { tradingDayOf } from '../market/trading-hours.ts'
import type { Range } from './history-page.ts'

const SECOND_MS = 1_000

/** The market's quotes: one for each second in which the asset trades, and with each of them one trade. */
export function* ticksBetween(
  market: Market,
  asset: Asset,
  range: Range,
  now: Temporal.Instant,
): Generator<Quote> {
  const fromMs = ceilSecond(range.from.epochMilliseconds)
  const toMs = floorSecond(Math.min(range.to.epochMilliseconds, now.epochMilliseconds))
  if (fromMs > toMs) return
  const step = range.direction === 'asc' ? SECOND_MS : -SECOND_MS
  let beforeMs: number | undefined
  for (const [openMs, closeMs] of sessionsBetween(market, asset, { fromMs, toMs, step })) {
    const [firstMs, lastMs] = [Math.max(openMs, fromMs), Math.min(closeMs, toMs)]
    for (let ms = step > 0 ? firstMs : lastMs; ms >= firstMs && ms <= lastMs; ms += step) {
      // Where one day goes over into the next, the close of one is the open of the other.
      if (ms === beforeMs) continue
      beforeMs = ms
      yield quoteOf(market, asset, instantOf(ms))
    }
  }
}

/** Days on which the asset trades, as milliseconds of open and close, in the direction of `step`. */
function* sessionsBetween(
  { marketHours }: Market,
  { assetClass }: Asset,
  { fromMs, toMs, step }: { fromMs: number; toMs: number; step: number },
): Generator<readonly [number, number]> {
  const [first, last] = [newYorkDate(instantOf(fromMs)), newYorkDate(instantOf(toMs))]
  for (
    let date = step > 0 ? first : last;
    Temporal.PlainDate.compare(first, date) <= 0 && Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: Math.sign(step) })
  ) {
    const day = tradingDayOf(marketHours, assetClass, date)
    if (day !== undefined) yield [day.open.epochMilliseconds, day.close.epochMilliseconds]
  }
}

const floorSecond = (ms: number) => Math.floor(ms / SECOND_MS) * SECOND_MS
const ceilSecond = (ms: number) => Math.ceil(ms / SECOND_MS) * SECOND_MS

function instantOf(epochMs: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(epochMs)
}
