import { newYorkDate, newYorkInstant } from '@paddock/calendar'
import type { AssetClass } from '../assets/asset.ts'
import type { MarketHours } from '../config.ts'
import { type TradingDay, tradingDayOf } from './trading-hours.ts'

/** How long a bar is. What is shorter than a day begins at midnight in New York and starts anew each day. */
export type Timeframe = `${number}Min` | `${number}Hour` | '1Day'

/** The time that one bar covers. */
export interface Span {
  /** What the bar is filed under: the round time, which may lie before the open (9:00 for 9:30). */
  readonly label: Temporal.Instant
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
}

export interface SpanQuery {
  readonly hours: MarketHours
  readonly assetClass: AssetClass
  readonly timeframe: Timeframe
  /** Bars whose label lies from here … */
  readonly from: Temporal.Instant
  /** … to here, both included. */
  readonly to: Temporal.Instant
  readonly direction: 'asc' | 'desc'
}

const MIDNIGHT = new Temporal.PlainTime()
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** The bars' times in order, made day by day so that a long history costs only what is read of it. */
export function* spansBetween(query: SpanQuery): Generator<Span> {
  const { hours, assetClass, timeframe, direction } = query
  const [first, last] = [newYorkDate(query.from), newYorkDate(query.to)]
  const step = direction === 'asc' ? 1 : -1
  for (
    let date = direction === 'asc' ? first : last;
    Temporal.PlainDate.compare(date, first) >= 0 && Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: step })
  ) {
    const day = tradingDayOf(hours, assetClass, date)
    if (day === undefined) continue
    const spans = timeframe === '1Day' ? [wholeDay(day)] : spansOfDay(day, periodMsOf(timeframe))
    if (direction === 'desc') spans.reverse()
    for (const span of spans) {
      if (Temporal.Instant.compare(span.label, query.from) < 0) continue
      if (Temporal.Instant.compare(span.label, query.to) > 0) continue
      yield span
    }
  }
}

function periodMsOf(timeframe: Exclude<Timeframe, '1Day'>): number {
  return Number.parseInt(timeframe, 10) * (timeframe.endsWith('Min') ? MINUTE_MS : HOUR_MS)
}

function wholeDay({ date, open, close }: TradingDay): Span {
  return { label: newYorkInstant(date, MIDNIGHT), start: open, end: close }
}

/** A day's times of one length, cut at its open and at its close. */
export function spansOfDay({ date, open, close }: TradingDay, periodMs: number): Span[] {
  const spans: Span[] = []
  const closeMs = close.epochMilliseconds
  const sinceMidnightMs = open.epochMilliseconds - newYorkInstant(date, MIDNIGHT).epochMilliseconds
  let labelMs = open.epochMilliseconds - (sinceMidnightMs % periodMs)
  for (; labelMs < closeMs; labelMs += periodMs) {
    spans.push({
      label: instantOf(labelMs),
      start: instantOf(Math.max(labelMs, open.epochMilliseconds)),
      end: instantOf(Math.min(labelMs + periodMs, closeMs)),
    })
  }
  return spans
}

function instantOf(epochMs: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(epochMs)
}
