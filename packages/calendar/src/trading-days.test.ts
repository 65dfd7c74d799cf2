import { expect, test } from 'vitest'
import { easterSunday } from './date-rules.ts'
import {
  exchangeHolidays,
  isEarlyClose,
  isTradingDay,
  nextTradingDay,
  settlementDate,
  tradingDays,
} from './trading-days.ts'

const date = (text: string) => Temporal.PlainDate.from(text)

test.for([
  ['1961-04-02', '1970-03-29', '2000-04-23', '2019-04-21', '2024-03-31', '2025-04-20'],
  ['2026-04-05', '2027-03-28', '2028-04-16', '2029-04-01', '2038-04-25', '2285-03-22'],
])('Easter falls on %s', (sundays) => {
  expect(sundays.map((sunday) => easterSunday(date(sunday).year).toString())).toEqual(sundays)
})

test.for([
  { year: 2021, closed: '01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24' },
  { year: 2022, closed: '01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26' },
  { year: 2024, closed: '01-01 01-15 02-19 03-29 05-27 06-19 07-04 09-02 11-28 12-25' },
  { year: 2025, closed: '01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25' },
  { year: 2026, closed: '01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25' },
  { year: 2027, closed: '01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24' },
  { year: 2028, closed: '01-17 02-21 04-14 05-29 06-19 07-04 09-04 11-23 12-25' },
])('the exchange is closed in $year on $closed', ({ year, closed }) => {
  const found = exchangeHolidays(year).map((holiday) => holiday.date.toString().slice(5))
  expect(found.join(' ')).toBe(closed)
})

test.for([
  { on: '2025-07-03', early: true },
  { on: '2026-07-02', early: false },
  { on: '2026-07-03', early: false },
  { on: '2027-07-02', early: false },
  { on: '2028-07-03', early: true },
  { on: '2026-11-27', early: true },
  { on: '2026-12-24', early: true },
  { on: '2027-12-23', early: false },
  { on: '2027-12-24', early: false },
  { on: '2028-12-24', early: false },
])('$on closes early: $early', ({ on, early }) => {
  expect(isEarlyClose(date(on))).toBe(early)
})

test('shares trade on Columbus and Veterans Day but not on Good Friday', () => {
  expect(isTradingDay(date('2026-10-12'))).toBe(true)
  expect(isTradingDay(date('2026-11-11'))).toBe(true)
  expect(isTradingDay(date('2026-04-03'))).toBe(false)
})

test('the last day of 2027 is a trading day although the new year starts on a Saturday', () => {
  expect(isTradingDay(date('2027-12-31'))).toBe(true)
  expect(nextTradingDay(date('2027-12-31')).toString()).toBe('2028-01-03')
})

test('trading days of a range include both ends', () => {
  const week = tradingDays(date('2026-11-23'), date('2026-11-30')).map(String)
  expect(week).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-27', '2026-11-30'])
})

test.for([
  { traded: '2026-11-24', settles: '2026-11-25' },
  { traded: '2026-11-25', settles: '2026-11-27' },
  { traded: '2026-11-27', settles: '2026-11-30' },
  { traded: '2026-10-09', settles: '2026-10-13' },
  { traded: '2026-10-12', settles: '2026-10-13' },
  { traded: '2026-04-02', settles: '2026-04-06' },
])('a trade of $traded settles on $settles', ({ traded, settles }) => {
  expect(settlementDate(date(traded)).toString()).toBe(settles)
})
