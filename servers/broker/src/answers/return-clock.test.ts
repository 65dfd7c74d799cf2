import { expect, test } from 'vitest'
import { isLate, lastDayToReturn } from './return-clock.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

test.for([
  // The two banking days span Thanksgiving; sixty days end on a Saturday, so on the Monday after it.
  { code: 'R01', settled: '2026-11-24', last: '2026-11-27' },
  { code: 'R10', settled: '2026-11-24', last: '2027-01-25' },
  { code: 'R07', settled: '2026-11-23', last: '2027-01-22' },
  { code: 'R18', settled: '2026-12-30', last: '2027-01-04' },
  { code: 'R29', settled: '2026-11-24', last: '2026-11-27' },
])('$code of an entry that settled on $settled may settle until $last', ({ code, settled, last }) => {
  expect(lastDayToReturn(code, day(settled))?.toString()).toBe(last)
  expect(isLate(code, day(settled), day(last))).toBe(false)
  expect(isLate(code, day(settled), day(last).add({ days: 1 }))).toBe(true)
})

test.for(['R06', 'R23', 'R31', 'R97'])('%s is never late: banks agree on it, or nobody knows', (code) => {
  expect(isLate(code, day('2026-01-05'), day('2027-01-05'))).toBe(false)
})
