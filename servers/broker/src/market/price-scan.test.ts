import type { PriceMicro } from '@paddock/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assets, getAsset } from '../assets/asset.ts'
import { extremesBetween, firstSecondWhere, followTrailingStop } from './price-scan.ts'
import { instantOfSecond, quoteAt } from './quote.ts'
import { factorAt, type Market } from './splits.ts'
import { rememberRules, usualRules } from './symbol-rules.ts'

const FROM = 1_795_000_000

/** A market in which somebody has set a price and a drift at two moments, and GS has a split. */
function marketWith(seed: string, symbol: string): Market {
  const market: Market = { seed, marketHours: 'always' }
  const rules = { ...usualRules, volatilityPercent: 150, driftPpmPerDay: -40_000 }
  const set = (fromSecond: number, priceMicro: bigint) =>
    rememberRules(market, symbol, {
      ...rules,
      fromSecond,
      anchor: { second: fromSecond, priceMicro: priceMicro as PriceMicro },
    })
  set(FROM + 3_000, 101_230_000n)
  set(FROM + 9_000, 1_010_000n)
  return market
}

const anyAsset = fc.constantFrom(...assets.filter((_, index) => index % 7 === 0), getAsset('GS'))
const anyWindow = fc.record({
  // GS splits at the end of 13 December in New York.
  start: fc.oneof(fc.integer({ min: FROM, max: FROM + 12_000 }), fc.constant(1_797_224_400 - 2_000)),
  length: fc.integer({ min: 0, max: 7_000 }),
})
const anyChange = fc.integer({ min: -12_000, max: 12_000 })

function pricesOf(market: Market, asset: (typeof assets)[number], from: number, to: number) {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const at = instantOfSecond(from + index)
    return quoteAt(market, asset, at, factorAt(market, asset.symbol, at)).lastMicro
  })
}

test('the second at which a price is reached, the high and the low are those that looking at every second finds', () => {
  fc.assert(
    fc.property(fc.string(), anyAsset, anyWindow, anyChange, (seed, asset, { start, length }, ppm) => {
      const market = marketWith(seed, asset.symbol)
      const seconds = { fromSecond: start, toSecond: start + length }
      const prices = pricesOf(market, asset, start, start + length)
      const wished = (((prices[0] as bigint) * BigInt(1_000_000 + ppm)) / 1_000_000n) as PriceMicro
      const firstOf = (isMet: (price: PriceMicro) => boolean) => {
        const index = prices.findIndex(isMet)
        return index === -1 ? undefined : start + index
      }
      expect(firstSecondWhere(market, asset, seconds, { atLeastMicro: wished })).toBe(
        firstOf((price) => price >= wished),
      )
      expect(firstSecondWhere(market, asset, seconds, { atMostMicro: wished })).toBe(
        firstOf((price) => price <= wished),
      )
      const inOrder = prices.toSorted((a, b) => (a < b ? -1 : 1))
      expect(extremesBetween(market, asset, seconds)).toEqual({
        lowMicro: inOrder[0],
        highMicro: inOrder.at(-1),
      })
    }),
    { numRuns: 60 },
  )
})

test('a trailing stop is reached at the second, and after the best price, that following every second finds', () => {
  const anyTrail = fc.record({
    isSale: fc.boolean(),
    ppm: fc.integer({ min: 1, max: 20_000 }),
    isPercent: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.string(), anyAsset, anyWindow, anyTrail, (seed, asset, { start, length }, trail) => {
      const market = marketWith(seed, asset.symbol)
      const prices = pricesOf(market, asset, start, start + length)
      const sign = trail.isSale ? -1n : 1n
      const distance = ((prices[0] as bigint) * BigInt(trail.ppm)) / 1_000_000n
      const stopFor = (best: PriceMicro) =>
        (best + sign * (trail.isPercent ? (best * BigInt(trail.ppm)) / 1_000_000n : distance)) as PriceMicro
      let best = prices[0] as PriceMicro
      let stoppedSecond: number | undefined
      for (const [index, price] of prices.entries()) {
        if (trail.isSale ? price > best : price < best) best = price
        if (trail.isSale ? price <= stopFor(best) : price >= stopFor(best)) {
          stoppedSecond = start + index
          break
        }
      }
      const found = followTrailingStop(
        market,
        asset,
        { fromSecond: start, toSecond: start + length },
        { side: trail.isSale ? 'sell' : 'buy', bestMicro: prices[0] as PriceMicro, stopFor },
      )
      expect(found).toEqual({ bestMicro: best, stoppedSecond })
    }),
    { numRuns: 60 },
  )
})

test('a price that is set is the price from that second on, and what was before stays', () => {
  const asset = getAsset('KO')
  const untouched: Market = { seed: 'same', marketHours: 'always' }
  const market = marketWith('same', 'KO')
  const priceAt = (of: Market, second: number) => quoteAt(of, asset, instantOfSecond(second)).lastMicro
  expect(priceAt(market, FROM + 2_999)).toBe(priceAt(untouched, FROM + 2_999))
  expect(priceAt(market, FROM + 3_000)).toBe(101_230_000n)
  expect(priceAt(market, FROM + 9_000)).toBe(1_010_000n)
  expect(priceAt(market, FROM + 3_060)).not.toBe(101_230_000n)
})

test('however far a price is set to drift, there is a bid above nothing and a price that can be found', () => {
  const asset = getAsset('KO')
  for (const driftPpmPerDay of [-500_000, 500_000]) {
    const market: Market = { seed: 'drift', marketHours: 'always' }
    const anchor = { second: FROM, priceMicro: 200n as PriceMicro }
    rememberRules(market, 'KO', {
      ...usualRules,
      fromSecond: FROM,
      anchor,
      driftPpmPerDay,
      spreadPercent: 10_000,
    })
    const later = FROM + 20 * 365 * 86_400
    const { bidMicro, lastMicro, askMicro } = quoteAt(market, asset, instantOfSecond(later))
    expect(0n < bidMicro && bidMicro < lastMicro && lastMicro < askMicro).toBe(true)
    const hour = { fromSecond: later, toSecond: later + 3_600 }
    expect(firstSecondWhere(market, asset, hour, { atLeastMicro: lastMicro })).toBe(later)
    expect(firstSecondWhere(market, asset, hour, { atMostMicro: lastMicro })).toBe(later)
  }
})
