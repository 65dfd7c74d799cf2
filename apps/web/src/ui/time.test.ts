import { expect, test } from 'vitest'
import { dateInWords, dateTimeInWords, longDateInWords, timeInWords } from './time.ts'

test('times are said in the time of New York', () => {
  expect(dateTimeInWords('2026-11-24T21:05:00.123456789Z')).toBe('Tue 24 Nov, 16:05 ET')
  expect(dateTimeInWords('2026-07-01T04:00:00Z')).toBe('Wed 1 Jul, 00:00 ET')
  expect(timeInWords('2026-11-24T21:05:00Z')).toBe('16:05 ET')
})

test('a day is the same day wherever the reader is', () => {
  expect(dateInWords('2026-11-24')).toBe('Tue 24 Nov')
  expect(longDateInWords('1990-04-01')).toBe('1 Apr 1990')
})

test('what is no date is shown as it came', () => {
  expect(dateInWords('soon')).toBe('soon')
})
