import { expect, test } from 'vitest'
import {
  directionOf,
  percentInWords,
  plainTypedQuantity,
  priceInWords,
  quantityInWords,
  readTypedUsd,
  signedUsdInWords,
  usdInWords,
} from './figures.ts'

test.for([
  ['25', 2500n],
  [' $25.5 ', 2550n],
  ['1,000', 100_000n],
  ['1,000,000.01', 100_000_001n],
  ['.5', 50n],
  ['25.', 2500n],
  ['', undefined],
  ['1,00', undefined],
  ['25.505', undefined],
  ['-5', undefined],
  ['1e3', undefined],
  ['abc', undefined],
  ['.', undefined],
] as const)('typed %s is read as %s cents', ([typed, cents]) => {
  expect(readTypedUsd(typed)).toBe(cents)
})

test('money is shown with thousands, two decimals and a true minus', () => {
  expect(usdInWords('1234567.50')).toBe('$1,234,567.50')
  expect(usdInWords('-0.05')).toBe('−$0.05')
  expect(signedUsdInWords('12.00')).toBe('+$12.00')
  expect(signedUsdInWords('0.00')).toBe('$0.00')
})

test('a price keeps its own decimals', () => {
  expect(priceInWords('601.4')).toBe('$601.40')
  expect(priceInWords('0.084213')).toBe('$0.084213')
})

test('quantities and typed quantities', () => {
  expect(quantityInWords('1234.000000001')).toBe('1,234.000000001')
  expect(plainTypedQuantity('1,234.5')).toBe('1234.5')
  expect(plainTypedQuantity('.25')).toBe('0.25')
})

test.for([
  ['0.0123', '1.23%'],
  ['-0.00125', '0.13%'],
  ['0.00004', '0.00%'],
  ['12', '1200.00%'],
] as const)('the fraction %s is %s', ([fraction, percent]) => {
  expect(percentInWords(fraction)).toBe(percent)
})

test('directions', () => {
  expect(['0.00', '-0.01', '3'].map(directionOf)).toEqual(['flat', 'down', 'up'])
})
