import { newYorkDate } from '@paddock/calendar'
import type { UsdMinor } from '@paddock/money'
import { expect, test } from 'vitest'
import {
  type AchTimetable,
  datesWhenAsked,
  datesWhenSealed,
  defaultTimetable,
  nextDelivery,
  nextWindow,
} from './timetable.ts'

const table = [defaultTimetable]
const instant = (text: string) => Temporal.Instant.from(text)

test.for([
  // Thanksgiving week of 2026; New York is five hours behind UTC.
  { at: '2026-11-23T18:59:59Z', cutoff: '2026-11-23T19:00:00Z', settles: '2026-11-24T13:30:00Z' },
  { at: '2026-11-23T19:00:00Z', cutoff: '2026-11-24T19:00:00Z', settles: '2026-11-25T13:30:00Z' },
  { at: '2026-11-25T18:59:59Z', cutoff: '2026-11-25T19:00:00Z', settles: '2026-11-27T13:30:00Z' },
  { at: '2026-11-25T22:10:00Z', cutoff: '2026-11-27T19:00:00Z', settles: '2026-11-30T13:30:00Z' },
  { at: '2026-11-26T15:00:00Z', cutoff: '2026-11-27T19:00:00Z', settles: '2026-11-30T13:30:00Z' },
  // Late on Friday in New York it is Saturday in UTC.
  { at: '2026-11-28T02:00:00Z', cutoff: '2026-11-30T19:00:00Z', settles: '2026-12-01T13:30:00Z' },
  // Clocks go forward on Sunday 8 March 2026, and back on Sunday 1 November.
  { at: '2026-03-06T20:00:00Z', cutoff: '2026-03-09T18:00:00Z', settles: '2026-03-10T12:30:00Z' },
  { at: '2026-10-30T18:00:00Z', cutoff: '2026-11-02T19:00:00Z', settles: '2026-11-03T13:30:00Z' },
  // A Saturday holiday leaves its Friday open; the year turns on a holiday.
  { at: '2026-07-03T17:00:00Z', cutoff: '2026-07-03T18:00:00Z', settles: '2026-07-06T12:30:00Z' },
  { at: '2026-12-31T18:00:00Z', cutoff: '2026-12-31T19:00:00Z', settles: '2027-01-04T13:30:00Z' },
])('a standard transfer of $at leaves at $cutoff and settles at $settles', ({ at, cutoff, settles }) => {
  const dates = datesWhenAsked(table, instant(at), 'STANDARD')
  expect(dates.cutoffAt.toString()).toBe(cutoff)
  expect(dates.settlesAt.toString()).toBe(settles)
  expect(dates.settlesOn.equals(newYorkDate(dates.settlesAt))).toBe(true)
})

test.for([
  { at: '2026-11-24T14:44:59Z', cutoff: '2026-11-24T14:45:00Z', settles: '2026-11-24T18:00:00Z' },
  { at: '2026-11-24T14:45:00Z', cutoff: '2026-11-24T19:00:00Z', settles: '2026-11-24T22:00:00Z' },
  { at: '2026-11-24T20:59:59Z', cutoff: '2026-11-24T21:00:00Z', settles: '2026-11-24T23:00:00Z' },
  { at: '2026-11-25T21:00:00Z', cutoff: '2026-11-27T14:45:00Z', settles: '2026-11-27T18:00:00Z' },
  { at: '2026-03-06T22:00:00Z', cutoff: '2026-03-09T13:45:00Z', settles: '2026-03-09T17:00:00Z' },
])('a same-day transfer of $at leaves at $cutoff and settles at $settles', ({ at, cutoff, settles }) => {
  const dates = datesWhenAsked(table, instant(at), 'SAME_DAY')
  expect(dates.cutoffAt.toString()).toBe(cutoff)
  expect(dates.settlesAt.toString()).toBe(settles)
})

test.for([
  { at: '2026-11-23T19:05:00Z', speed: 'STANDARD', effective: '2026-11-24', becomes: 'STANDARD' },
  // The last same-day window has gone: Thursday is a holiday.
  { at: '2026-11-25T22:10:00Z', speed: 'SAME_DAY', effective: '2026-11-27', becomes: 'STANDARD' },
  { at: '2026-11-25T21:45:00Z', speed: 'SAME_DAY', effective: '2026-11-25', becomes: 'SAME_DAY' },
  { at: '2026-11-25T21:45:01Z', speed: 'SAME_DAY', effective: '2026-11-27', becomes: 'STANDARD' },
  // Past midnight the operator still works on yesterday; past a quarter past two it does not.
  { at: '2026-11-24T07:15:00Z', speed: 'STANDARD', effective: '2026-11-24', becomes: 'STANDARD' },
  { at: '2026-11-24T07:15:01Z', speed: 'STANDARD', effective: '2026-11-25', becomes: 'STANDARD' },
  { at: '2026-11-28T06:00:00Z', speed: 'STANDARD', effective: '2026-11-30', becomes: 'STANDARD' },
  { at: '2026-11-28T15:00:00Z', speed: 'STANDARD', effective: '2026-12-01', becomes: 'STANDARD' },
] as const)('what is sealed at $at as $speed is effective on $effective', (row) => {
  const dates = datesWhenSealed(table, instant(row.at), row.speed)
  expect(dates.effectiveOn.toString()).toBe(row.effective)
  expect(dates.speed).toBe(row.becomes)
})

test('a timetable holds from its day on, cut-offs and windows alike', () => {
  const later: AchTimetable = {
    ...defaultTimetable,
    from: Temporal.PlainDate.from('2026-11-24'),
    cutoffs: ['19:00', '11:00'],
    settles: '09:00',
    sameDayLimitMinor: 10_000_000_00n as UsdMinor,
  }
  const both = [later, defaultTimetable]
  const of = (at: string) => datesWhenAsked(both, instant(at), 'STANDARD')
  expect(of('2026-11-23T15:00:00Z').cutoffAt.toString()).toBe('2026-11-23T19:00:00Z')
  expect(of('2026-11-23T15:00:00Z').settlesAt.toString()).toBe('2026-11-24T14:00:00Z')
  expect(of('2026-11-24T15:00:00Z').cutoffAt.toString()).toBe('2026-11-24T16:00:00Z')
  expect(of('2026-11-24T16:00:00Z').cutoffAt.toString()).toBe('2026-11-25T00:00:00Z')
})

test.for([
  { at: '2026-11-24T19:00:00Z', deadline: '2026-11-24T19:45:00Z', delivers: '2026-11-24T21:00:00Z' },
  { at: '2026-11-25T04:00:00Z', deadline: '2026-11-25T07:15:00Z', delivers: '2026-11-25T11:00:00Z' },
  { at: '2026-11-26T08:00:00Z', deadline: '2026-11-27T15:30:00Z', delivers: '2026-11-27T17:00:00Z' },
])('a file of $at is taken by $deadline and answered at $delivers', ({ at, deadline, delivers }) => {
  const window = nextWindow(table, instant(at))
  expect(window.deadlineAt.toString()).toBe(deadline)
  expect(window.deliversAt.toString()).toBe(delivers)
})

test('answers are looked for after each delivery, none on days when banks are closed', () => {
  const seen: string[] = []
  let at = instant('2026-11-25T12:00:00Z')
  for (let count = 0; count < 8; count += 1) {
    at = nextDelivery(table, at)
    seen.push(at.toZonedDateTimeISO('America/New_York').toPlainDateTime().toString())
  }
  expect(seen).toEqual([
    '2026-11-25T12:15:00',
    '2026-11-25T16:15:00',
    '2026-11-25T17:45:00',
    '2026-11-25T22:15:00',
    '2026-11-25T23:45:00',
    '2026-11-26T06:15:00',
    '2026-11-27T12:15:00',
    '2026-11-27T16:15:00',
  ])
})
