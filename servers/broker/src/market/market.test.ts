import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assets, getAsset } from '../assets/asset.ts'
import { barsBetween, latestBars } from './bars.ts'
import { type Market, previousClosePrice, quoteOf } from './market.ts'
import { priceMicroAt } from './quote.ts'
import { WIDEST_SWING_PPM, walkPpm } from './random-walk.ts'
import { nextMatch } from './trading-hours.ts'

const always: Market = { seed: 'market-tests', marketHours: 'always' }
const marketOf = (seed: string): Market => ({ seed, marketHours: 'always' })
const exchange: Market = { ...always, marketHours: 'exchange' }
const at = (text: string) => Temporal.Instant.from(text)
const FRIDAY_NOON = at('2026-11-20T17:00:00Z')
const SATURDAY = at('2026-11-21T17:00:00Z')
const anyMoment = fc.integer({ min: 1_451_606_400_000, max: 2_000_000_000_000 })

test('the walk is the same on every machine and in every year', () => {
  expect([0, 1, 1_000_000_007].map((key) => walkPpm(key, 1_795_000_000_000))).toEqual([
    101459, -118672, 104395,
  ])
  expect(priceMicroAt(marketOf('seed'), getAsset('SPY'), 1_795_000_000_000)).toBe(695840000n)
})

test('a price depends on seed, symbol and instant, and on nothing else', () => {
  const [spy, koka] = [getAsset('SPY'), getAsset('KO')]
  fc.assert(
    fc.property(anyMoment, (epochMs) => {
      expect(priceMicroAt(marketOf('a'), spy, epochMs)).toBe(priceMicroAt(marketOf('a'), spy, epochMs))
    }),
  )
  const ms = FRIDAY_NOON.epochMilliseconds
  expect(priceMicroAt(marketOf('a'), spy, ms)).not.toBe(priceMicroAt(marketOf('b'), spy, ms))
  expect(walkPpm(1, ms)).not.toBe(walkPpm(2, ms))
  expect(priceMicroAt(marketOf('a'), koka, ms)).not.toBe(priceMicroAt(marketOf('a'), koka, ms + 86_400_000))
})

test('the walk stays in its bounds and does not jump', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), anyMoment, (key, epochMs) => {
      const ppm = walkPpm(key, epochMs)
      expect(Math.abs(ppm)).toBeLessThanOrEqual(WIDEST_SWING_PPM)
      expect(Math.abs(walkPpm(key, epochMs + 1_000) - ppm)).toBeLessThan(1_000)
    }),
  )
})

test('every quote has a positive bid below a last price below an ask, in whole steps', () => {
  fc.assert(
    fc.property(fc.constantFrom(...assets), anyMoment, (asset, epochMs) => {
      const moment = Temporal.Instant.fromEpochMilliseconds(epochMs)
      const { bidMicro, lastMicro, askMicro } = quoteOf(always, asset, moment)
      expect(0n < bidMicro && bidMicro < lastMicro && lastMicro < askMicro).toBe(true)
      const step = lastMicro >= 1_000_000n ? 10_000n : 100n
      expect([bidMicro % step, lastMicro % step, askMicro % step]).toEqual([0n, 0n, 0n])
    }),
  )
})

test('shares keep the hours of the exchange when the market does, coins never', () => {
  const share = getAsset('SPY')
  const coin = getAsset('BTC/USD')
  const fridayClose = at('2026-11-20T21:00:00Z')
  expect(quoteOf(exchange, share, SATURDAY)).toEqual(quoteOf(always, share, fridayClose))
  expect(quoteOf(exchange, coin, SATURDAY)).toEqual(quoteOf(always, coin, SATURDAY))
  expect(nextMatch('exchange', 'us_equity', SATURDAY)).toEqual(at('2026-11-23T14:30:00Z'))
  expect(nextMatch('exchange', 'us_equity', FRIDAY_NOON)).toEqual(FRIDAY_NOON)
  expect(nextMatch('exchange', 'us_equity', fridayClose)).toEqual(at('2026-11-23T14:30:00Z'))
  expect(nextMatch('exchange', 'crypto', SATURDAY)).toEqual(SATURDAY)
  expect(nextMatch('always', 'us_equity', SATURDAY)).toEqual(SATURDAY)
})

test('since yesterday is measured from the last close before today', () => {
  const share = getAsset('SPY')
  const closeOn = (text: string) => priceMicroAt(always, share, at(text).epochMilliseconds)
  expect(previousClosePrice(exchange, share, SATURDAY)).toBe(closeOn('2026-11-20T21:00:00Z'))
  expect(previousClosePrice(exchange, share, FRIDAY_NOON)).toBe(closeOn('2026-11-19T21:00:00Z'))
  expect(previousClosePrice(exchange, share, at('2026-11-30T17:00:00Z'))).toBe(
    closeOn('2026-11-27T18:00:00Z'),
  )
  expect(previousClosePrice(always, share, FRIDAY_NOON)).toBe(closeOn('2026-11-20T05:00:00Z'))
})

test('bars join on to each other and end at the last price', () => {
  const share = getAsset('KO')
  const bars = latestBars(always, share, '1Min', 30, FRIDAY_NOON)
  for (const [index, bar] of bars.entries()) {
    const before = bars[index + 1]
    if (before !== undefined) expect(before.closeMicro).toBe(bar.openMicro)
    const { highMicro, lowMicro, openMicro, closeMicro } = bar
    expect(lowMicro <= openMicro && lowMicro <= closeMicro).toBe(true)
    expect(highMicro >= openMicro && highMicro >= closeMicro).toBe(true)
  }
  expect(bars[0]?.closeMicro).toBe(quoteOf(always, share, FRIDAY_NOON).lastMicro)
})

test('days of the exchange have bars from open to close, and holidays have none', () => {
  const week = { from: at('2026-11-23T05:00:00Z'), to: at('2026-11-30T05:00:00Z'), direction: 'asc' } as const
  const later = at('2027-01-01T00:00:00Z')
  const share = getAsset('KO')
  const labels = (market: Market, timeframe: '1Day' | '1Hour') =>
    [...barsBetween(market, share, { ...week, timeframe }, later)].map(({ label }) => label.toString())
  expect(labels(exchange, '1Day')).toEqual([
    '2026-11-23T05:00:00Z',
    '2026-11-24T05:00:00Z',
    '2026-11-25T05:00:00Z',
    '2026-11-27T05:00:00Z',
    '2026-11-30T05:00:00Z',
  ])
  expect(labels(exchange, '1Hour').filter((label) => label.startsWith('2026-11-27'))).toEqual([
    '2026-11-27T14:00:00Z',
    '2026-11-27T15:00:00Z',
    '2026-11-27T16:00:00Z',
    '2026-11-27T17:00:00Z',
  ])
  expect(labels(always, '1Day')).toHaveLength(8)
})
