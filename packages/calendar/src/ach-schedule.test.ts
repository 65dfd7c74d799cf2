import { expect, test } from 'vitest'
import { achSchedule, withdrawableOn } from './ach-schedule.ts'
import { newYorkDate } from './new-york.ts'

test.for([
  // Thanksgiving week of 2026; New York is five hours behind UTC.
  { at: '2026-11-23T18:59:59Z', cutoff: '2026-11-23T19:00:00Z', settles: '2026-11-24T13:30:00Z' },
  { at: '2026-11-23T19:00:00Z', cutoff: '2026-11-24T19:00:00Z', settles: '2026-11-25T13:30:00Z' },
  { at: '2026-11-25T18:59:59Z', cutoff: '2026-11-25T19:00:00Z', settles: '2026-11-27T13:30:00Z' },
  { at: '2026-11-25T22:10:00Z', cutoff: '2026-11-27T19:00:00Z', settles: '2026-11-30T13:30:00Z' },
  { at: '2026-11-26T15:00:00Z', cutoff: '2026-11-27T19:00:00Z', settles: '2026-11-30T13:30:00Z' },
  // Late on Friday in New York it is Saturday in UTC.
  { at: '2026-11-28T02:00:00Z', cutoff: '2026-11-30T19:00:00Z', settles: '2026-12-01T13:30:00Z' },
  // Clocks go forward on Sunday 8 March 2026: from then on four hours behind.
  { at: '2026-03-06T18:00:00Z', cutoff: '2026-03-06T19:00:00Z', settles: '2026-03-09T12:30:00Z' },
  { at: '2026-03-06T20:00:00Z', cutoff: '2026-03-09T18:00:00Z', settles: '2026-03-10T12:30:00Z' },
  // Clocks go back on Sunday 1 November 2026.
  { at: '2026-10-30T17:59:59Z', cutoff: '2026-10-30T18:00:00Z', settles: '2026-11-02T13:30:00Z' },
  { at: '2026-10-30T18:00:00Z', cutoff: '2026-11-02T19:00:00Z', settles: '2026-11-03T13:30:00Z' },
  // A Saturday holiday leaves its Friday open; the year turns on a holiday.
  { at: '2026-07-03T17:00:00Z', cutoff: '2026-07-03T18:00:00Z', settles: '2026-07-06T12:30:00Z' },
  { at: '2026-12-31T18:00:00Z', cutoff: '2026-12-31T19:00:00Z', settles: '2027-01-04T13:30:00Z' },
])('a transfer of $at leaves at $cutoff and settles at $settles', ({ at, cutoff, settles }) => {
  const schedule = achSchedule(Temporal.Instant.from(at))
  expect(schedule.cutoffAt.toString()).toBe(cutoff)
  expect(schedule.settlesAt.toString()).toBe(settles)
  expect(schedule.settlesOn.equals(newYorkDate(schedule.settlesAt))).toBe(true)
})

test.for([
  { settled: '2026-11-24', free: '2026-12-02' },
  { settled: '2026-11-30', free: '2026-12-07' },
])('a deposit that settled on $settled may be withdrawn from $free', ({ settled, free }) => {
  expect(withdrawableOn(Temporal.PlainDate.from(settled)).toString()).toBe(free)
})
