import type { Random } from './random.ts'
import type { Rhythm } from './routine.ts'

/** A Monday: weeks are counted from it. */
const FIRST_WEEK = Temporal.PlainDate.from('2001-01-01')

/** The days of a month on which something of this rhythm happens, in order. */
export function occurrencesIn(
  rhythm: Rhythm,
  month: Temporal.PlainYearMonth,
  random: Random,
): Temporal.PlainDate[] {
  const days = Array.from({ length: month.daysInMonth }, (_, index) => month.toPlainDate({ day: index + 1 }))
  switch (rhythm.kind) {
    case 'monthly':
      return [month.toPlainDate({ day: Math.min(rhythm.day, month.daysInMonth) })]
    case 'yearly':
      return month.month === rhythm.month ? [month.toPlainDate({ day: rhythm.day })] : []
    case 'weekly':
      return days.filter((day) => {
        const week = Math.floor(FIRST_WEEK.until(day, { largestUnit: 'days' }).days / 7)
        return day.dayOfWeek === rhythm.weekday && week % rhythm.weeks === 0
      })
    case 'often':
      return Array.from({ length: rhythm.times }, () => random.pick(days)).sort(Temporal.PlainDate.compare)
  }
}
