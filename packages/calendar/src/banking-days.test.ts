import { expect, test } from 'vitest'
import { addBankingDays, bankHolidays, isBankingDay, nextBankingDay } from './banking-days.ts'

const date = (text: string) => Temporal.PlainDate.from(text)

test.for([
  {
    year: 2026,
    closed: '01-01 01-19 02-16 05-25 06-19 09-07 10-12 11-11 11-26 12-25',
  },
  {
    year: 2027,
    closed: '01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25',
  },
  {
    year: 2028,
    closed: '01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-23 12-25',
  },
])('banks are closed in $year on $closed', ({ year, closed }) => {
  const found = bankHolidays(year).map((holiday) => holiday.date.toString().slice(5))
  expect(found.join(' ')).toBe(closed)
})

test.for([
  { on: '2026-07-03', open: true, why: 'the Friday before a Saturday holiday' },
  { on: '2027-06-18', open: true, why: 'the Friday before a Saturday holiday' },
  { on: '2027-07-05', open: false, why: 'the Monday after a Sunday holiday' },
  { on: '2026-04-03', open: true, why: 'Good Friday' },
  { on: '2026-10-12', open: false, why: 'Columbus Day' },
  { on: '2026-11-28', open: false, why: 'a Saturday' },
  { on: '2026-11-27', open: true, why: 'the day after Thanksgiving' },
  { on: '2020-06-19', open: true, why: 'Juneteenth before it was a holiday' },
])('$on is a banking day: $open ($why)', ({ on, open }) => {
  expect(isBankingDay(date(on))).toBe(open)
})

test.for([
  { from: '2026-11-23', days: 1, to: '2026-11-24', why: 'a debit sent on Monday settles on Tuesday' },
  { from: '2026-11-24', days: 2, to: '2026-11-27', why: 'the two-day return limit spans Thanksgiving' },
  { from: '2026-11-24', days: 3, to: '2026-11-30', why: 'a live entry may follow a prenote' },
  { from: '2026-11-24', days: 5, to: '2026-12-02', why: 'the last day for a reversal' },
  { from: '2026-11-25', days: 1, to: '2026-11-27', why: 'the last window is gone on the eve of a holiday' },
  { from: '2027-01-23', days: 1, to: '2027-01-25', why: 'sixty days that end on a Saturday' },
  { from: '2026-12-31', days: 1, to: '2027-01-04', why: 'a new year that starts on a Friday' },
  { from: '2026-12-02', days: -5, to: '2026-11-24', why: 'backwards' },
  { from: '2026-11-28', days: 0, to: '2026-11-28', why: 'no days at all' },
])('$days banking days from $from is $to: $why', ({ from, days, to }) => {
  expect(addBankingDays(date(from), days).toString()).toBe(to)
})

test('the next banking day is never the day itself', () => {
  expect(nextBankingDay(date('2026-11-24')).toString()).toBe('2026-11-25')
})
