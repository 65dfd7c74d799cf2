import { expect, test } from 'vitest'
import { assets, findAsset } from './asset.ts'

test('there are at least 100 stocks and funds and exactly 10 pairs, each once', () => {
  const active = assets.filter(({ status, tradable }) => status === 'active' && tradable)
  expect(active.filter(({ assetClass }) => assetClass === 'us_equity').length).toBeGreaterThanOrEqual(100)
  expect(active.filter(({ assetClass }) => assetClass === 'crypto')).toHaveLength(10)
  expect(new Set(assets.map(({ symbol }) => symbol)).size).toBe(assets.length)
  expect(new Set(assets.map(({ id }) => id)).size).toBe(assets.length)
})

test('the id of a symbol never changes', () => {
  expect(findAsset('SPY')?.id).toBe('10ec23ef-25b1-5d53-bf25-b671c18ae147')
  expect(findAsset('BTC/USD')?.id).toBe('35815872-c0ae-54f5-a51d-41fc374fdd9a')
})

test('an asset is found by symbol, by id in either case, and pairs without their slash', () => {
  const pair = findAsset('BTC/USD')
  expect(findAsset('BTCUSD')).toBe(pair)
  expect(findAsset(pair?.id ?? '')).toBe(pair)
  expect(findAsset(pair?.id.toUpperCase() ?? '')).toBe(pair)
  expect(findAsset('NOPE')).toBeUndefined()
  expect(findAsset('constructor')).toBeUndefined()
})
