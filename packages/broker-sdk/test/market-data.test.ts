import { expect, test } from 'vitest'
import { brokerAnswering, json } from './fake-broker.ts'

test('prices are asked for where the vendor has them, and come without their wrappers', async () => {
  const seen: string[] = []
  await using broker = await brokerAnswering((request, response) => {
    seen.push(`${request.url}`)
    json(response, 200, { quotes: 'q', trades: 't', bars: 'b', snapshots: 's', orderbooks: 'o' })
  })
  const { stocks, crypto, screener } = broker.client.marketData
  const symbols = ['KO', 'SPY']
  expect(await stocks.latestQuotes(symbols)).toBe('q')
  expect(await stocks.latestTrades(symbols)).toBe('t')
  expect(await stocks.latestBars(symbols)).toBe('b')
  expect(await stocks.snapshots(symbols)).toMatchObject({ snapshots: 's' })
  await stocks.bars({ symbols, timeframe: '1Week', adjustment: 'split,dividend' })
  await stocks.quotes({ symbols, start: '2026-11-20' })
  await stocks.trades({ symbols, limit: 5, page_token: 'x' })
  expect(await crypto.latestQuotes(['BTC/USD'])).toBe('q')
  expect(await crypto.latestTrades(['BTC/USD'])).toBe('t')
  expect(await crypto.latestBars(['BTC/USD'])).toBe('b')
  expect(await crypto.latestOrderBooks(['BTC/USD'])).toBe('o')
  expect(await crypto.snapshots(['BTC/USD'])).toBe('s')
  await crypto.trades({ symbols: ['BTC/USD'] })
  await screener.movers('stocks', 3)
  expect(seen).toEqual([
    '/v2/stocks/quotes/latest?symbols=KO%2CSPY',
    '/v2/stocks/trades/latest?symbols=KO%2CSPY',
    '/v2/stocks/bars/latest?symbols=KO%2CSPY',
    '/v2/stocks/snapshots?symbols=KO%2CSPY',
    '/v2/stocks/bars?symbols=KO%2CSPY&timeframe=1Week&adjustment=split%2Cdividend',
    '/v2/stocks/quotes?symbols=KO%2CSPY&start=2026-11-20',
    '/v2/stocks/trades?symbols=KO%2CSPY&limit=5&page_token=x',
    '/v1beta3/crypto/us/latest/quotes?symbols=BTC%2FUSD',
    '/v1beta3/crypto/us/latest/trades?symbols=BTC%2FUSD',
    '/v1beta3/crypto/us/latest/bars?symbols=BTC%2FUSD',
    '/v1beta3/crypto/us/latest/orderbooks?symbols=BTC%2FUSD',
    '/v1beta3/crypto/us/snapshots?symbols=BTC%2FUSD',
    '/v1beta3/crypto/us/trades?symbols=BTC%2FUSD',
    '/v1beta1/screener/stocks/movers?top=3',
  ])
})
