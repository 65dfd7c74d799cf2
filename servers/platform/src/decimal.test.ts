import { expect, test } from 'vitest'
import { changeFraction, fractionOf, plainNumber, readAmount, showPriceNumber, showUsd } from './decimal.ts'

test.for([
  ['0', '0.00'],
  ['1234.5', '1234.50'],
  ['25.3257329', '25.33'],
  ['0.005', '0.00'],
  ['0.015', '0.02'],
  ['0.0150001', '0.02'],
  ['-0.015', '-0.02'],
  ['-12.345', '-12.34'],
])('the broker says %s, we show %s', ([told, shown]) => {
  expect(showUsd(told)).toBe(shown)
})

test('what the broker leaves out shows as nothing, what is no number is a fault', () => {
  expect(showUsd(null)).toBe('0.00')
  expect(() => showUsd('1e5')).toThrow('not decimal text')
})

test.for([
  [1e-9, '0.000000001'],
  [1.5e-7, '0.00000015'],
  [-1e-9, '-0.000000001'],
  [0.1, '0.1'],
  [1e21, '1e+21'],
  ['1e3', '1e3'],
  [1e3, '1000'],
] as const)('%s is written %s', ([value, text]) => {
  expect(plainNumber(value)).toBe(text)
})

test('amounts are exact and positive or none', () => {
  expect(readAmount(12.3)).toBe(1230n)
  expect(readAmount('0.01')).toBe(1n)
  for (const odd of [0, -1, 1.001, '1e3', '', 1e21, Number.NaN]) expect(readAmount(odd)).toBeUndefined()
})

test('fractions and prices', () => {
  expect(fractionOf(1n, 3n)).toBe('0.333333')
  expect(fractionOf(-50n, 100n)).toBe('-0.5')
  expect(fractionOf(1n, 0n)).toBeUndefined()
  expect(changeFraction(200, 203)).toBe('0.015')
  expect(changeFraction(0, 203)).toBe('0')
  expect(showPriceNumber(0.1 + 0.2)).toBe('0.3')
})
