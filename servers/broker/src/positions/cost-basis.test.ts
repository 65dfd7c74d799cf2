import type { PriceMicro, QuantityNano, UsdMinor } from '@paddock/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { averagePrice, costOfSharesSold } from './cost-basis.ts'
import { todaysBasis } from './position.ts'
import { ratioText } from './present-position.ts'

const usd = (minor: bigint) => minor as UsdMinor
const shares = (nano: bigint) => nano as QuantityNano

test('a sale takes its part of the cost, and the last share takes the rest', () => {
  expect(costOfSharesSold(usd(100_00n), shares(4n), shares(1n))).toBe(25_00n)
  expect(costOfSharesSold(usd(100n), shares(3n), shares(1n))).toBe(33n)
  expect(costOfSharesSold(usd(67n), shares(2n), shares(2n))).toBe(67n)
})

test('any order of sales takes exactly the whole cost in the end', () => {
  const sales = fc.array(fc.bigInt(1n, 10n ** 12n), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 12n), sales, (costMinor, sold) => {
      let heldNano = sold.reduce((sum, nano) => sum + nano, 0n)
      let leftMinor = costMinor
      for (const nano of sold) {
        leftMinor -= costOfSharesSold(usd(leftMinor), shares(heldNano), shares(nano))
        heldNano -= nano
        expect(leftMinor >= 0n).toBe(true)
      }
      expect(leftMinor).toBe(0n)
    }),
  )
})

test('the average price is cost by shares', () => {
  expect(averagePrice(usd(25_00n), shares(407_166_124n))).toBe(61_400_000n)
})

test("today's gain starts at the last close, or at cost for what was bought since", () => {
  const close = 10_000_000n as PriceMicro
  const held = shares(2_000_000_000n)
  const none = { boughtNano: 0n, boughtMinor: 0n, soldNano: 0n }
  expect(todaysBasis(held, none, close)).toBe(20_00n)
  const bought = { ...none, boughtNano: 1_000_000_000n, boughtMinor: 12_00n }
  expect(todaysBasis(held, bought, close)).toBe(22_00n)
  const soldAll = { boughtNano: 4_000_000_000n, boughtMinor: 48_00n, soldNano: 3_000_000_000n }
  expect(todaysBasis(held, soldAll, close)).toBe(24_00n)
})

test('ratios are fractions with nine decimals', () => {
  expect(ratioText(1n, 3n)).toBe('0.333333333')
  expect(ratioText(-1n, 8n)).toBe('-0.125')
  expect(ratioText(5n, 0n)).toBe('0')
})
