import { isEarlyClose, isTradingDay, newYorkDate, newYorkInstant } from '@paddock/calendar'
import type { MarketHours } from '../config.ts'
import { spansOfDay } from '../market/spans.ts'
import { keepsExchangeHours, type TradingDay, tradingDayOf } from '../market/trading-hours.ts'

export type Timeframe = '1Min' | '5Min' | '15Min' | '1H' | '1D'
export type Reporting = 'market_hours' | 'extended_hours' | 'continuous'

/** One point of a history: it is filed under its beginning and tells what was at its end. */
export type Window = {
  readonly label: Temporal.Instant
  readonly start: Temporal.Instant
  /** The last moment that belongs to it. */
  readonly end: Temporal.Instant
  /** When the day began of which it is a part. */
  readonly dayOpen: Temporal.Instant
}

const MINUTE_MS = 60_000
const PERIOD_MS: Record<Exclude<Timeframe, '1D'>, number> = {
  '1Min': MINUTE_MS,
  '5Min': 5 * MINUTE_MS,
  '15Min': 15 * MINUTE_MS,
  '1H': 60 * MINUTE_MS,
}
const MIDNIGHT = new Temporal.PlainTime()

/** The hours of a date on which points lie, or undefined when nothing is reported on it. */
export function reportedDay(
  hours: MarketHours,
  reporting: Reporting,
  date: Temporal.PlainDate,
): TradingDay | undefined {
  if (isAroundTheClock(hours, reporting)) return wholeDay(date)
  if (reporting === 'market_hours') return tradingDayOf(hours, 'us_equity', date)
  if (!isTradingDay(date)) return undefined
  return {
    date,
    open: newYorkInstant(date, Temporal.PlainTime.from('04:00')),
    close: newYorkInstant(date, Temporal.PlainTime.from(isEarlyClose(date) ? '17:00' : '20:00')),
  }
}

/** The same question without the hours, for whoever counts many days. */
export function isReportedDay(hours: MarketHours, reporting: Reporting, date: Temporal.PlainDate): boolean {
  return isAroundTheClock(hours, reporting) || isTradingDay(date)
}

function isAroundTheClock(hours: MarketHours, reporting: Reporting): boolean {
  return reporting === 'continuous' || !keepsExchangeHours(hours, 'us_equity')
}

/** Its last moment is still this day's: a split of the next morning must not count in it. */
function wholeDay(date: Temporal.PlainDate): TradingDay {
  const close = newYorkInstant(date.add({ days: 1 }), MIDNIGHT).subtract({ milliseconds: 1 })
  return { date, open: newYorkInstant(date, MIDNIGHT), close }
}

/** The points from `start` to `end` in order; the last one may still be running. */
export function* windowsBetween(
  { start, end, timeframe }: { start: Temporal.Instant; end: Temporal.Instant; timeframe: Timeframe },
  hours: MarketHours,
  reporting: Reporting,
): Generator<Window> {
  const last = newYorkDate(end)
  // A day's close tells its value; what is before and after the close belongs to finer timeframes.
  const daily = timeframe === '1D' && reporting === 'extended_hours' ? 'market_hours' : reporting
  const isWhole = isAroundTheClock(hours, daily)
  for (
    let date = newYorkDate(start);
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    const day = reportedDay(hours, daily, date)
    if (day === undefined) continue
    for (const window of timeframe === '1D'
      ? [dayWindow(day, isWhole)]
      : slicesOf(day, PERIOD_MS[timeframe])) {
      if (Temporal.Instant.compare(window.end, start) < 0) continue
      if (Temporal.Instant.compare(window.start, end) > 0) return
      yield Temporal.Instant.compare(window.end, end) > 0 ? { ...window, end } : window
    }
  }
}

function dayWindow({ date, open, close }: TradingDay, isWhole: boolean): Window {
  return { label: isWhole ? open : newYorkInstant(date, MIDNIGHT), start: open, end: close, dayOpen: open }
}

function slicesOf(day: TradingDay, periodMs: number): Window[] {
  return spansOfDay(day, periodMs).map((span) => ({ ...span, dayOpen: day.open }))
}
