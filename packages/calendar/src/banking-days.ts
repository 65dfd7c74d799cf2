import { assert } from '@paddock/kernel'
import { day, isSaturday, isSunday, isWeekend, lastMonday, nthMonday, thanksgiving } from './date-rules.ts'
import { type Holiday, perYear } from './holiday.ts'

/** The weekdays of a year on which the Federal Reserve, and so ACH, is closed. In order of date. */
export const bankHolidays = perYear((year): readonly Holiday[] => {
  const honoured: Holiday[] = [
    { date: day(year, 1, 1), name: "New Year's Day" },
    { date: nthMonday(year, 2, 3), name: "Presidents' Day" },
    { date: lastMonday(year, 5), name: 'Memorial Day' },
    { date: day(year, 7, 4), name: 'Independence Day' },
    { date: nthMonday(year, 9, 1), name: 'Labor Day' },
    { date: nthMonday(year, 10, 2), name: 'Columbus Day' },
    { date: day(year, 11, 11), name: 'Veterans Day' },
    { date: thanksgiving(year), name: 'Thanksgiving Day' },
    { date: day(year, 12, 25), name: 'Christmas Day' },
  ]
  if (year >= 1986) honoured.push({ date: nthMonday(year, 1, 3), name: 'Martin Luther King Jr. Day' })
  if (year >= 2021) honoured.push({ date: day(year, 6, 19), name: 'Juneteenth' })
  return honoured
    .filter(({ date }) => !isSaturday(date))
    .map(({ date, name }) => ({ date: isSunday(date) ? date.add({ days: 1 }) : date, name }))
    .sort((a, b) => Temporal.PlainDate.compare(a.date, b.date))
})

const closedDays = perYear((year) => new Set(bankHolidays(year).map(({ date }) => date.toString())))

/** True when banks are open and ACH settles. The Friday before a Saturday holiday is such a day. */
export function isBankingDay(date: Temporal.PlainDate): boolean {
  return !isWeekend(date) && !closedDays(date.year).has(date.toString())
}

/** The first banking day after `date`, never `date` itself. */
export function nextBankingDay(date: Temporal.PlainDate): Temporal.PlainDate {
  return addBankingDays(date, 1)
}

/** The `count`-th banking day after `date` (before it, when negative). Zero gives `date` back as it is. */
export function addBankingDays(date: Temporal.PlainDate, count: number): Temporal.PlainDate {
  assert(Number.isInteger(count), 'banking days are counted whole')
  let reached = date
  for (let left = Math.abs(count); left > 0; ) {
    reached = reached.add({ days: Math.sign(count) })
    if (isBankingDay(reached)) left -= 1
  }
  return reached
}
