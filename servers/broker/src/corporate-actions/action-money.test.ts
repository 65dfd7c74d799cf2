import type { PriceMicro, QuantityNano, UsdMinor } from '@paddock/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dividendOn, sharesAfterSplit, withholdingOf } from './action-money.ts'

const shares = (text: string) => BigInt(text.replace('.', '')) as QuantityNano

test.for([
  ['10.000000000', 370_000n, 3_70n],
  ['1.234567891', 370_000n, 46n],
  ['0.500000000', 10_000n, 1n],
  ['0.499999999', 10_000n, 0n],
  ['0.000000001', 1_000_000_000n, 0n],
] as const)('%s shares at %s millionths bring %s cents', ([held, rateMicro, minor]) => {
  expect(dividendOn(shares(held), rateMicro as PriceMicro)).toBe(minor)
})

test.for([
  [3_70n, 3_000n, 1_11n],
  [5n, 3_000n, 2n],
  [1n, 3_000n, 0n],
  [3_70n, 0n, 0n],
  [3_33n, 1_525n, 51n],
] as const)('of %s cents at %s hundredths of a percent %s are held back', ([gross, rate, tax]) => {
  expect(withholdingOf(gross as UsdMinor, rate)).toBe(tax)
})

const nano = fc.bigInt({ min: 1n, max: 10n ** 15n }).map((value) => value as QuantityNano)
const rate = fc.bigInt({ min: 100_000n, max: 1_000_000_000n })

test('a split loses less than a billionth of a share, and never makes one', () => {
  fc.assert(
    fc.property(nano, rate, rate, (oldNano, oldRateMicro, newRateMicro) => {
      const { newNano, fractionNano } = sharesAfterSplit(oldNano, { oldRateMicro, newRateMicro }, true)
      const lost = oldNano * newRateMicro - newNano * oldRateMicro
      expect(lost >= 0n && lost < oldRateMicro).toBe(true)
      expect(fractionNano).toBe(0n)
    }),
  )
})

test('where fractions cannot be held, whole shares stay and the rest is paid out', () => {
  const reverse = { oldRateMicro: 10_000_000n, newRateMicro: 1_000_000n }
  const split = sharesAfterSplit(shares('25.000000000'), reverse, false)
  expect(split).toEqual({ newNano: shares('2.500000000'), fractionNano: shares('0.500000000') })
})
