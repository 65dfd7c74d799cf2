import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  costToBuy,
  formatPrice,
  formatQuantity,
  formatUsd,
  marketValue,
  type PriceMicro,
  parsePrice,
  parseQuantity,
  parseUsd,
  proceedsOfSale,
  type QuantityNano,
  quantityForNotional,
  trimmedUsd,
  type UsdMinor,
} from './index.ts'

const quantity = fc.bigInt({ min: 1n, max: 10n ** 18n }).map((value) => value as QuantityNano)
const price = fc.bigInt({ min: 1n, max: 10n ** 13n }).map((value) => value as PriceMicro)
const usd = fc.bigInt({ min: 1n, max: 10n ** 14n }).map((value) => value as UsdMinor)

describe('money text', () => {
  test.for([
    ['250.00', 25_000n],
    ['250', 25_000n],
    ['0.1', 10n],
    ['-0.05', -5n],
    ['9999999999999.99', 999_999_999_999_999n],
  ] as const)('%s reads as %s cents', ([text, minor]) => {
    expect(parseUsd(text)).toBe(minor)
  })

  test.for([
    '',
    '1.005',
    '1e3',
    '1,000.00',
    ' 1',
    '+1',
    '.5',
    '5.',
    'NaN',
    'Infinity',
    '0x10',
    '1_000',
    '٣',
    '99999999999999',
    '--1',
  ])('%s is no amount', (text) => {
    expect(parseUsd(text)).toBeUndefined()
  })

  test('what is written reads as what it was', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), (minor) => {
        expect(parseUsd(formatUsd(minor))).toBe(minor)
        expect(parseUsd(trimmedUsd(minor))).toBe(minor)
      }),
    )
  })

  test('quantities and prices keep every decimal and refuse one more', () => {
    fc.assert(
      fc.property(quantity, price, (nano, micro) => {
        expect(parseQuantity(formatQuantity(nano))).toBe(nano)
        expect(parsePrice(formatPrice(micro))).toBe(micro)
      }),
    )
    expect(parseQuantity('0.0000000001')).toBeUndefined()
    expect(parsePrice('0.0000001')).toBeUndefined()
    expect(parseQuantity('-1')).toBeUndefined()
  })
})

describe('amounts', () => {
  test('buying never costs less, and selling never brings more, than the exact product', () => {
    fc.assert(
      fc.property(quantity, price, (nano, micro) => {
        const exact = nano * micro
        expect(costToBuy(nano, micro) * 10n ** 13n).toBeGreaterThanOrEqual(exact)
        expect(proceedsOfSale(nano, micro) * 10n ** 13n).toBeLessThanOrEqual(exact)
        expect(costToBuy(nano, micro) - proceedsOfSale(nano, micro)).toBeLessThanOrEqual(1n)
      }),
    )
  })

  test('what a notional buys never costs more than the notional', () => {
    fc.assert(
      fc.property(usd, price, (notional, micro) => {
        const bought = quantityForNotional(notional, micro)
        if (bought > 0n) expect(costToBuy(bought, micro)).toBeLessThanOrEqual(notional)
      }),
    )
  })

  test('a market value of exactly half a cent goes to the even cent', () => {
    const half = 500_000_000n as QuantityNano
    expect(marketValue(half, 10_000n as PriceMicro)).toBe(0n)
    expect(marketValue(half, 30_000n as PriceMicro)).toBe(2n)
  })
})
