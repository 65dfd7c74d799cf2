import type { AssetDetail } from '@paddock/platform-wire'
import { expect, test } from 'vitest'
import { estimateOrder, type TicketInput } from './estimate.ts'

const spy: AssetDetail = {
  symbol: 'SPY',
  name: 'SPDR S&P 500 ETF',
  asset_class: 'us_equity',
  exchange: 'ARCA',
  tradable: true,
  fractionable: true,
  quote: {
    symbol: 'SPY',
    price: '600',
    bid: '599.9',
    ask: '600.1',
    previous_close: '598',
    change_fraction: '0.0033',
    at: '2026-11-24T15:00:00Z',
  },
}
const holdings = { buyingPower: '1000.00', quantityAvailable: '2.5' }
const estimate = (input: TicketInput, asset = spy) => estimateOrder(input, asset, holdings)

test('dollars are turned into shares at the ask, cut and never rounded up', () => {
  expect(estimate({ side: 'buy', unit: 'dollars', typed: '100' })).toEqual({
    amountMinor: 100_00n,
    quantityNano: 166638893n,
    whyNot: undefined,
  })
})

test('shares are turned into dollars: up for a buy, down for a sale', () => {
  expect(estimate({ side: 'buy', unit: 'shares', typed: '0.333333333' }).amountMinor).toBe(200_04n)
  expect(estimate({ side: 'sell', unit: 'shares', typed: '0.333333333' }).amountMinor).toBe(199_96n)
})

test('a buy beyond buying power says how much is missing', () => {
  const { whyNot, missingMinor } = estimate({ side: 'buy', unit: 'dollars', typed: '1,000.01' })
  expect(whyNot).toContain('buying power is $1,000.00')
  expect(missingMinor).toBe(1n)
})

test.for([
  [{ side: 'buy', unit: 'dollars', typed: '0.99' }, 'smallest order'],
  [{ side: 'buy', unit: 'dollars', typed: '' }, 'Enter an amount'],
  [{ side: 'buy', unit: 'shares', typed: '1.0000000001' }, 'nine decimals'],
  [{ side: 'buy', unit: 'shares', typed: '0' }, 'more than 0'],
  [{ side: 'sell', unit: 'shares', typed: '2.500000001' }, 'You can sell 2.5 SPY'],
] as const)('%o is refused: %s', ([input, words]) => {
  expect(estimate(input).whyNot).toContain(words)
})

test('whole shares only, where the asset is not fractionable', () => {
  const whole = { ...spy, fractionable: false }
  expect(estimate({ side: 'buy', unit: 'shares', typed: '1.5' }, whole).whyNot).toContain('whole shares')
  expect(estimate({ side: 'buy', unit: 'shares', typed: '1' }, whole).whyNot).toBeUndefined()
})
