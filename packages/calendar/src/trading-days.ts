import { isBankingDay } from './banking-days.ts'
import {
  day,
  goodFriday,
  isSaturday,
  isSunday,
  isWeekend,
  lastMonday,
  nthMonday,
  thanksgiving,
} from './date-rules.ts'
import { type Holiday, perYear } from './holiday.ts'

/** Closings that no rule foretells. Only from 2012 on: nobody trades further back here. */
const UNFORESEEN: readonly { date: string; name: string }[] = [
  { date: '2012-10-29', name: 'Hurricane Sandy' },
  { date: '2012-10-30', name: 'Hurricane Sandy' },
  { date: '2018-12-05', name: 'Day of mourning for George H. W. Bush' },
  { date: '2025-01-09', name: 'Day of mourning for Jimmy Carter' },
]

/** The weekdays of a year on which the New York Stock Exchange is closed. In order of date. */
export const exchangeHolidays = perYear((year): readonly Holiday[] => {
  const honoured: Holiday[] = [
    { date: nthMonday(year, 2, 3), name: "Presidents' Day" },
    { date: goodFriday(year), name: 'Good Friday' },
    { date: lastMonday(year, 5), name: 'Memorial Day' },
    { date: day(year, 7, 4), name: 'Independence Day' },
    { date: nthMonday(year, 9, 1), name: 'Labor Day' },
    { date: thanksgiving(year), name: 'Thanksgiving Day' },
    { date: day(year, 12, 25), name: 'Christmas Day' },
  ]
  // A New Year on Saturday would close the last day of the old year, which the exchange does not do.
  const newYear = day(year, 1, 1)
  if (!isSaturday(newYear)) honoured.push({ date: newYear, name: "New Year's Day" })
  if (year >= 1998) honoured.push({ date: nthMonday(year, 1, 3), name: 'Martin Luther King Jr. Day' })
  if (year >= 2022) honoured.push({ date: day(year, 6, 19), name: 'Juneteenth' })

  const unforeseen = UNFORESEEN.map(({ date, name }) => ({ date: Temporal.PlainDate.from(date), name }))
  return honoured
    .map(({ date, name }) => ({ date: observed(date), name }))
    .concat(unforeseen.filter(({ date }) => date.year === year))
    .sort((a, b) => Temporal.PlainDate.compare(a.date, b.date))
})

const closedDays = perYear((year) => new Set(exchangeHolidays(year).map(({ date }) => date.toString())))

/** True when the exchange holds a session, short ones included. */
export function isTradingDay(date: Temporal.PlainDate): boolean {
  return !isWeekend(date) && !closedDays(date.year).has(date.toString())
}

/** The trading days from `start` to `end`, both included. */
export function tradingDays(start: Temporal.PlainDate, end: Temporal.PlainDate): Temporal.PlainDate[] {
  const found: Temporal.PlainDate[] = []
  for (let date = start; Temporal.PlainDate.compare(date, end) <= 0; date = date.add({ days: 1 })) {
    if (isTradingDay(date)) found.push(date)
  }
  return found
}

/** The first trading day after `date`, never `date` itself. */
export function nextTradingDay(date: Temporal.PlainDate): Temporal.PlainDate {
  return firstAfter(date, isTradingDay)
}

/** True on the three short days: after Thanksgiving, Christmas Eve, and the eve of Independence Day. */
export function isEarlyClose(date: Temporal.PlainDate): boolean {
  if (!isTradingDay(date)) return false
  const isEve = (date.month === 12 && date.day === 24) || (date.month === 7 && date.day === 3)
  return isEve || date.equals(thanksgiving(date.year).add({ days: 1 }))
}

/**
 * The day on which a share trade settles (T+1 since 28 May 2024). It is a day on which both the exchange
 * and the banks are open: on Columbus and Veterans Day shares trade but no money moves.
 */
export function settlementDate(tradeDate: Temporal.PlainDate): Temporal.PlainDate {
  return firstAfter(tradeDate, (date) => isTradingDay(date) && isBankingDay(date))
}

function firstAfter(
  date: Temporal.PlainDate,
  isWanted: (date: Temporal.PlainDate) => boolean,
): Temporal.PlainDate {
  let reached = date.add({ days: 1 })
  while (!isWanted(reached)) reached = reached.add({ days: 1 })
  return reached
}

function observed(date: Temporal.PlainDate): Temporal.PlainDate {
  if (isSaturday(date)) return date.subtract({ days: 1 })
  return isSunday(date) ? date.add({ days: 1 }) : date
}
