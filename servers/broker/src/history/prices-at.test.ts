import { expect, test } from 'vitest'
import { getAsset } from '../assets/asset.ts'
import { quoteOf } from '../market/market.ts'
import { pricesAt } from './prices-at.ts'

test.for(['always', 'exchange'] as const)(
  'prices are those of the quotes when the market is open %s',
  (marketHours) => {
    const market = { seed: 'prices', marketHours }
    // Friday noon to Monday, with the split of GS before its second half.
    for (let hour = 0; hour < 120; hour += 1) {
      const at = Temporal.Instant.from('2026-12-11T17:00:00Z').add({ hours: hour })
      const priceOf = pricesAt(market, at)
      for (const asset of ['SPY', 'GS', 'BTC/USD'].map(getAsset)) {
        expect(priceOf(asset)).toBe(quoteOf(market, asset, at).lastMicro)
      }
    }
  },
)
