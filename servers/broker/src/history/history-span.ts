import { NEW_YORK, newYorkDate, newYorkInstant } from '@paddock/calendar'
import { DomainError } from '@paddock/kernel'
import type { MarketHours } from '../config.ts'
import { isReportedDay, type Reporting, reportedDay, type Timeframe } from './history-window.ts'

export type HistoryRejection =
  | 'history_start_after_end'
  | 'history_too_early'
  | 'history_too_fine'
  | 'history_too_long'
  | 'history_too_much_asked'

export class HistoryRejected extends DomainError<HistoryRejection> {
  override readonly name = 'HistoryRejected'
}

export type Period = { readonly count: number; readonly unit: 'D' | 'W' | 'M' | 'A' }

/** At most two of the three say which stretch of time is meant. */
export type AskedSpan = {
  readonly start?: Temporal.Instant | undefined
  readonly end?: Temporal.Instant | undefined
  readonly period?: Period | undefined
}

export type Span = {
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly timeframe: Timeframe
}

const DAYS_OF = { D: 1, W: 7, M: 30, A: 365 } as const
const LENGTH_OF = { D: 'days', W: 'weeks', M: 'months', A: 'years' } as const
const DEFAULT: Period = { count: 1, unit: 'M' }
const MIDNIGHT = new Temporal.PlainTime()

/** Where finer timeframes end: with less than so many days (contracts/alpaca/portfolio-history.md §1). */
const MINUTES_BELOW_DAYS = 7
const QUARTERS_BELOW_DAYS = 30
const LONGEST_INTRADAY_DAYS = 30

/** Almost eleven years: what can be worked out while a caller waits. */
const MAX_DAYS = 4_000

/** The stretch of time that is meant, ended by `now`, and the timeframe that goes with its length. */
export function spanOf(
  asked: AskedSpan,
  timeframe: Timeframe | undefined,
  days: { readonly hours: MarketHours; readonly reporting: Reporting },
  now: Temporal.Instant,
): Span {
  if (asked.start !== undefined && asked.end !== undefined && asked.period !== undefined) {
    throw new HistoryRejected('history_too_much_asked')
  }
  const { count, unit } = asked.period ?? DEFAULT
  if (count * DAYS_OF[unit] > MAX_DAYS) throw new HistoryRejected('history_too_long')
  const { start, end } = boundsOf(asked, days, now)
  if (Temporal.Instant.compare(start, end) > 0) throw new HistoryRejected('history_start_after_end')
  if (start.epochMilliseconds < 0) throw new HistoryRejected('history_too_early')
  const exactDays = end.since(start).total('hours') / 24
  if (exactDays > MAX_DAYS) throw new HistoryRejected('history_too_long')

  const isExact = asked.start !== undefined && asked.period === undefined
  const length = isExact ? exactDays : count * DAYS_OF[unit]
  const chosen = timeframe ?? defaultFor(length)
  if (chosen !== '1D' && length > LONGEST_INTRADAY_DAYS) throw new HistoryRejected('history_too_fine')
  return { start, end, timeframe: chosen }
}

function defaultFor(days: number): Timeframe {
  if (days < MINUTES_BELOW_DAYS) return '1Min'
  return days < QUARTERS_BELOW_DAYS ? '15Min' : '1D'
}

function boundsOf(
  { start, end, period }: AskedSpan,
  days: { readonly hours: MarketHours; readonly reporting: Reporting },
  now: Temporal.Instant,
): Pick<Span, 'start' | 'end'> {
  if (start !== undefined) {
    const until = period === undefined ? (end ?? now) : move(start, period, 1)
    return { start, end: earlier(until, now) }
  }
  const until = earlier(end ?? now, now)
  const { count, unit } = period ?? DEFAULT
  if (unit !== 'D') return { start: move(until, { count, unit }, -1), end: until }
  return { start: startOfDays(count, days, until), end: until }
}

/** Midnight before the `count`-th last day that has begun and on which something is reported. */
function startOfDays(
  count: number,
  { hours, reporting }: { readonly hours: MarketHours; readonly reporting: Reporting },
  until: Temporal.Instant,
): Temporal.Instant {
  let date = newYorkDate(until)
  const today = reportedDay(hours, reporting, date)
  const hasBegun = today !== undefined && Temporal.Instant.compare(today.open, until) <= 0
  for (let left = hasBegun ? count - 1 : count; left > 0; ) {
    date = date.subtract({ days: 1 })
    if (isReportedDay(hours, reporting, date)) left -= 1
  }
  return newYorkInstant(date, MIDNIGHT)
}

function move(at: Temporal.Instant, { count, unit }: Period, sign: 1 | -1): Temporal.Instant {
  return at
    .toZonedDateTimeISO(NEW_YORK)
    .add({ [LENGTH_OF[unit]]: sign * count })
    .toInstant()
}

const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (Temporal.Instant.compare(a, b) < 0 ? a : b)
