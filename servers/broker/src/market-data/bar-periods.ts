import { newYorkDate, newYorkInstant } from '@paddock/calendar'
import type { BarLength } from './timeframe.ts'

/** A stretch of whole days that one bar covers, filed under the midnight at which it begins. */
export interface Period {
  readonly label: Temporal.Instant
  /** The midnight at which the next one begins. */
  readonly end: Temporal.Instant
}

export interface PeriodsQuery {
  readonly length: BarLength
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly direction: 'asc' | 'desc'
}

const MIDNIGHT = new Temporal.PlainTime()

/** Weeks that begin on a Monday, or months counted from January, whose label lies from `from` to `to`. */
export function* periodsBetween({ length, from, to, direction }: PeriodsQuery): Generator<Period> {
  const step = length.unit === 'Week' ? { days: 7 } : { months: length.count }
  let date = firstDayOf(newYorkDate(direction === 'asc' ? from : to), length)
  for (;;) {
    const label = newYorkInstant(date, MIDNIGHT)
    const isPast = direction === 'asc' ? isBefore(to, label) : isBefore(label, from)
    if (isPast) return
    // The first one of a search may begin before it.
    if (!isBefore(label, from) && !isBefore(to, label)) {
      yield { label, end: newYorkInstant(date.add(step), MIDNIGHT) }
    }
    date = direction === 'asc' ? date.add(step) : date.subtract(step)
  }
}

function firstDayOf(date: Temporal.PlainDate, { unit, count }: BarLength): Temporal.PlainDate {
  if (unit === 'Week') return date.subtract({ days: date.dayOfWeek - 1 })
  return date.with({ day: 1, month: date.month - ((date.month - 1) % count) })
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
