import type { QuantityNano, UsdMinor } from '@paddock/money'
import { expect, test } from 'vitest'
import { feeDayOf, feesOfDay } from './fee-day.ts'
import { type FeeRates, feesOf, NO_FEES } from './fee-rates.ts'

const rates: FeeRates = {
  secPerMillionMinor: 20_60n,
  tafPerSharePico: 195_000_000n,
  tafMostMinor: 9_79n as UsdMinor,
  catPerSharePico: 3_000_000n,
}
const trade = (side: 'buy' | 'sell', shares: bigint, amountMinor: bigint) =>
  ({
    side,
    assetClass: 'us_equity',
    quantityNano: (shares * 1_000_000_000n) as QuantityNano,
    amountMinor: amountMinor as UsdMinor,
  }) as const

test.for([
  {
    what: 'a sale for a million',
    fees: feesOf(rates, trade('sell', 1n, 1_000_000_00n)),
    REG: 20_60n,
    TAF: 1n,
    CAT: 1n,
  },
  {
    what: 'a sale of 10,000 shares',
    fees: feesOf(rates, trade('sell', 10_000n, 1_00n)),
    REG: 1n,
    TAF: 1_95n,
    CAT: 3n,
  },
  {
    what: 'a sale beyond the cap',
    fees: feesOf(rates, trade('sell', 100_000n, 1_00n)),
    REG: 1n,
    TAF: 9_79n,
    CAT: 30n,
  },
  {
    what: 'a purchase',
    fees: feesOf(rates, trade('buy', 10_001n, 1_000_000_00n)),
    REG: 0n,
    TAF: 0n,
    CAT: 4n,
  },
])('$what owes REG $REG, TAF $TAF, CAT $CAT', ({ fees, REG, TAF, CAT }) => {
  expect(feesOfDay(fees)).toEqual({ REG, TAF, CAT, CFEE: 0n })
})

test('coins owe nothing, and without rates nothing does', () => {
  expect(feesOf(rates, { ...trade('sell', 1n, 1_000_00n), assetClass: 'crypto' })).toEqual(NO_FEES)
  expect(feesOf(undefined, trade('sell', 1n, 1_000_00n))).toEqual(NO_FEES)
})

test('a billionth of a share owes a part of a pico, which counts whole', () => {
  const crumb = { ...trade('buy', 1n, 1n), quantityNano: 1n as QuantityNano }
  expect(feesOf(rates, crumb).catPico).toBe(1n)
})

test('a day of fees ends at eleven in the evening in New York', () => {
  const dayOf = (text: string) => feeDayOf(Temporal.Instant.from(text)).toString()
  expect(dayOf('2026-11-20T22:59:59.999-05:00')).toBe('2026-11-20')
  expect(dayOf('2026-11-20T23:00:00-05:00')).toBe('2026-11-21')
})
