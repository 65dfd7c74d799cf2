import { expect, test } from 'vitest'
import { currentOrNextSession, extendedSessionOf, marketClock, sessionHours, sessionOf } from './sessions.ts'

const date = (text: string) => Temporal.PlainDate.from(text)
const instant = (text: string) => Temporal.Instant.from(text)

test.for([
  { on: '2026-03-06', open: '2026-03-06T14:30:00Z', close: '2026-03-06T21:00:00Z', why: 'winter' },
  { on: '2026-03-09', open: '2026-03-09T13:30:00Z', close: '2026-03-09T20:00:00Z', why: 'summer' },
  { on: '2026-10-30', open: '2026-10-30T13:30:00Z', close: '2026-10-30T20:00:00Z', why: 'summer' },
  { on: '2026-11-02', open: '2026-11-02T14:30:00Z', close: '2026-11-02T21:00:00Z', why: 'winter' },
  { on: '2026-11-27', open: '2026-11-27T14:30:00Z', close: '2026-11-27T18:00:00Z', why: 'early close' },
  { on: '2028-07-03', open: '2028-07-03T13:30:00Z', close: '2028-07-03T17:00:00Z', why: 'early close' },
])('the session of $on runs from $open to $close ($why)', ({ on, open, close }) => {
  const session = sessionOf(date(on))
  expect(session?.open.toString()).toBe(open)
  expect(session?.close.toString()).toBe(close)
})

test('a closed day has neither session nor hours', () => {
  expect(sessionOf(date('2026-11-26'))).toBeUndefined()
  expect(sessionHours(date('2026-11-28'))).toBeUndefined()
})

test.for([
  { on: '2026-11-25', open: '2026-11-25T09:00:00Z', close: '2026-11-26T01:00:00Z', why: 'winter' },
  { on: '2026-07-01', open: '2026-07-01T08:00:00Z', close: '2026-07-02T00:00:00Z', why: 'summer' },
  { on: '2026-11-27', open: '2026-11-27T09:00:00Z', close: '2026-11-27T22:00:00Z', why: 'early close' },
])('with the hours before and after, $on runs from $open to $close ($why)', ({ on, open, close }) => {
  const session = extendedSessionOf(date(on))
  expect(session?.open.toString()).toBe(open)
  expect(session?.close.toString()).toBe(close)
})

test('a closed day has no hours before or after, and the next session of either kind is found', () => {
  expect(extendedSessionOf(date('2026-11-26'))).toBeUndefined()
  const evening = instant('2026-11-25T23:00:00Z')
  expect(currentOrNextSession(evening).date.toString()).toBe('2026-11-27')
  expect(currentOrNextSession(evening, extendedSessionOf).date.toString()).toBe('2026-11-25')
  expect(currentOrNextSession(instant('2026-11-26T01:00:00Z'), extendedSessionOf).date.toString()).toBe(
    '2026-11-27',
  )
})

test('hours are wall-clock times of New York', () => {
  expect(sessionHours(date('2026-11-27'))?.open.toString({ smallestUnit: 'minute' })).toBe('09:30')
  expect(sessionHours(date('2026-11-27'))?.close.toString({ smallestUnit: 'minute' })).toBe('13:00')
})

test.for([
  { at: '2026-11-25T14:29:59Z', open: false, opens: '2026-11-25T14:30', closes: '2026-11-25T21:00' },
  { at: '2026-11-25T14:30:00Z', open: true, opens: '2026-11-27T14:30', closes: '2026-11-25T21:00' },
  { at: '2026-11-25T20:59:59Z', open: true, opens: '2026-11-27T14:30', closes: '2026-11-25T21:00' },
  { at: '2026-11-25T21:00:00Z', open: false, opens: '2026-11-27T14:30', closes: '2026-11-27T18:00' },
  { at: '2026-11-28T03:00:00Z', open: false, opens: '2026-11-30T14:30', closes: '2026-11-30T21:00' },
])('at $at the market is open: $open, opens $opens, closes $closes', ({ at, open, opens, closes }) => {
  const clock = marketClock(instant(at))
  expect(clock.isOpen).toBe(open)
  expect(clock.nextOpen.toString()).toBe(`${opens}:00Z`)
  expect(clock.nextClose.toString()).toBe(`${closes}:00Z`)
})
