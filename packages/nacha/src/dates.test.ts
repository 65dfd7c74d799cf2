import { expect, test } from 'vitest'
import { addBankingDays, type Day, isBankingDay, readDay, settlementDateOf, writeDay } from './dates.ts'

const day = (text: string): Day => {
  const read = readDay(text)
  if (read === undefined) throw new Error(`${text} is no day`)
  return read
}

test.for(['260230', '261301', '260000', '26113', 'ABCDEF', '', '      '])('%j is no day', (text) => {
  expect(readDay(text)).toBeUndefined()
})

test('a leap day is a day only in a leap year', () => {
  expect(readDay('280229')).toEqual({ year: 2028, month: 2, day: 29 })
  expect(readDay('270229')).toBeUndefined()
  expect(writeDay({ year: 2028, month: 2, day: 9 })).toBe('280209')
})

test.for([
  ['260101', '260119', '260216', '260525', '260619', '260907', '261012', '261111', '261126', '261225'],
  ['270101', '270118', '270215', '270531', '270705', '270906', '271011', '271111', '271125'],
  ['280117', '280221', '280529', '280619', '280704', '280904', '281009', '281123', '281225'],
])('the operators rest on the holidays of that year, and on no other weekday', (closed) => {
  const year = 2000 + Number(closed[0]?.slice(0, 2))
  const found: string[] = []
  for (let ms = Date.UTC(year, 0, 1); ms < Date.UTC(year + 1, 0, 1); ms += 86_400_000) {
    const date = new Date(ms)
    const one = { year, month: date.getUTCMonth() + 1, day: date.getUTCDate() }
    if (date.getUTCDay() % 6 !== 0 && !isBankingDay(one)) found.push(writeDay(one))
  }
  expect(found).toEqual(closed)
})

test('a holiday on a Saturday leaves the Friday open, one on a Sunday closes the Monday', () => {
  expect(isBankingDay(day('260703'))).toBe(true)
  expect(isBankingDay(day('270705'))).toBe(false)
})

test.for([
  ['261124', 2, '261127'],
  ['261124', 3, '261130'],
  ['261124', 5, '261202'],
  ['261231', 1, '270104'],
] as const)('after %s come %i banking days: %s', ([from, count, to]) => {
  expect(writeDay(addBankingDays(day(from), count))).toBe(to)
})

test.for([
  ['328', '261124', '261124'],
  ['331', '261127', '261127'],
  ['365', '270104', '261231'],
  ['004', '261231', '270104'],
  ['060', '280301', '280229'],
] as const)('settlement day %s in a file of %s is %s', ([dayOfYear, created, settled]) => {
  expect(writeDay(settlementDateOf(dayOfYear, day(created)) ?? day('000101'))).toBe(settled)
})

test('a settlement day that is none gives no date', () => {
  for (const text of ['', '000', '367', '12', 'ABC'])
    expect(settlementDateOf(text, day('261124'))).toBeUndefined()
})
