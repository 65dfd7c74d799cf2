import { Alpaca, marketData, TimeFrame } from '@alpacahq/alpaca-trade-api'
import { expect, test } from 'vitest'
import { type BrokerWorld, brokerWorld, KEYS } from './broker-world.ts'

/** The vendor's npm client as it is installed; all it is told is where the server is and with which keys. */
function vendorClient(world: BrokerWorld) {
  const credentials = { keyId: KEYS.key, secret: KEYS.secret }
  const basePath = world.broker.url
  const config = new marketData.Configuration({ ...credentials, basePath })
  // The unified client knows no other host than the vendor's, but lets one say how to fetch.
  const fetchApi: typeof fetch = (input, init) =>
    fetch(String(input).replace('https://data.alpaca.markets', basePath), init)
  return {
    stocks: new marketData.StockApi(config),
    crypto: new marketData.CryptoApi(config),
    screener: new marketData.ScreenerApi(config),
    news: new marketData.NewsApi(config),
    corporateActions: new marketData.CorporateActionsApi(config),
    alpaca: new Alpaca({ ...credentials, fetchApi, retry: false, rateLimit: false }),
    streamUrl: (path: string) => `${basePath.replace('http', 'ws')}${path}`,
  }
}

test('the vendor’s client reads what is latest of stocks and of coins', async () => {
  await using world = await brokerWorld()
  const { stocks, crypto, alpaca } = vendorClient(world)
  const { quotes } = await stocks.stockLatestQuotes({ symbols: 'KO,SPY', feed: 'iex' })
  expect(Object.keys(quotes)).toEqual(['KO', 'SPY'])
  expect(quotes.KO?.t).toEqual(new Date('2026-11-20T17:00:00Z'))
  expect(quotes.KO?.bp).toBeLessThan(quotes.KO?.ap ?? 0)
  const { trade } = await stocks.stockLatestTradeSingle({ symbol: 'KO' })
  expect(await alpaca.marketData.getLatestPrice('KO')).toBe(trade.p)
  const exchanges = await stocks.stockMetaExchanges()
  const conditions = await stocks.stockMetaConditions({ ticktype: 'trade', tape: 'A' })
  expect([trade.x, ...trade.c].map((code) => ({ ...exchanges, ...conditions })[code])).toEqual([
    'Simulated exchange',
    'Regular sale',
  ])
  const { bar } = await stocks.stockLatestBarSingle({ symbol: 'KO' })
  expect(bar.c).toBe(trade.p)
  const snapshots = await stocks.stockSnapshots({ symbols: 'KO,NOPE' })
  expect(Object.keys(snapshots)).toEqual(['KO'])
  expect((await stocks.stockSnapshotSingle({ symbol: 'KO' })).latestTrade).toEqual(trade)

  const pair = { loc: 'us', symbols: 'BTC/USD' } as const
  const latest = await crypto.cryptoLatestQuotes(pair)
  const books = await crypto.cryptoLatestOrderbooks(pair)
  expect(books.orderbooks['BTC/USD']?.a[0]?.p).toBe(latest.quotes['BTC/USD']?.ap)
  const coins = await crypto.cryptoSnapshots(pair)
  expect(coins.snapshots['BTC/USD']?.latestTrade).toEqual(
    (await crypto.cryptoLatestTrades(pair)).trades['BTC/USD'],
  )
})

test('the vendor’s client pages through bars, quotes and trades of the past', async () => {
  await using world = await brokerWorld()
  const { stocks, alpaca } = vendorClient(world)
  const days = {
    timeframe: TimeFrame.Day,
    start: new Date('2026-10-01T00:00:00Z'),
    end: new Date('2026-11-01T00:00:00Z'),
  }
  const first = await stocks.stockBars({
    ...days,
    symbols: 'KO,SPY',
    limit: 7,
    adjustment: 'all',
    sort: 'asc',
  })
  expect(first.bars.KO).toHaveLength(7)
  expect(first.nextPageToken).toEqual(expect.any(String))
  const bars = await alpaca.marketData.getStockBars({
    ...days,
    symbols: ['SPY', 'KO'],
    limit: 7,
    adjustment: 'all',
  })
  expect([bars.KO?.length, bars.SPY?.length]).toEqual([31, 31])
  expect(bars.KO?.slice(0, 7).map(({ close }) => close)).toEqual(first.bars.KO?.map(({ c }) => c))

  const half = { start: new Date('2026-11-20T16:59:31Z'), limit: 20 }
  const quotes = await alpaca.marketData.getStockQuotes({ ...half, symbols: ['KO', 'SPY'] })
  expect([quotes.KO?.length, quotes.SPY?.length]).toEqual([30, 30])
  const trades = await alpaca.marketData.getCryptoTrades({ ...half, loc: 'us', symbols: ['BTC/USD'] })
  expect(trades['BTC/USD']).toHaveLength(30)
})

test('the vendor’s client lists movers, most actives, corporate actions and no news', async () => {
  await using world = await brokerWorld()
  const { screener, news, corporateActions } = vendorClient(world)
  const { gainers, losers, marketType } = await screener.movers({ marketType: 'stocks', top: 3 })
  expect([gainers.length, losers.length, marketType]).toEqual([3, 3, 'stocks'])
  const { mostActives } = await screener.mostActives({ by: 'trades', top: 4 })
  expect(mostActives).toHaveLength(4)
  expect(mostActives[0]?.tradeCount).toBeGreaterThan(0)
  expect((await news.news({ symbols: 'KO' })).news).toEqual([])
  const year = { start: new Date('2025-11-20'), end: new Date('2026-11-20'), symbols: 'KO' }
  expect((await corporateActions.corporateActions(year)).corporateActions.cashDividends).toHaveLength(4)
})

test('the vendor’s client is told what was wrong in a way that it understands', async () => {
  await using world = await brokerWorld()
  const { stocks } = vendorClient(world)
  await expect(stocks.stockBars({ symbols: 'KO', timeframe: '60Min' })).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('timeframe'),
  })
  await expect(stocks.stockSnapshotSingle({ symbol: 'NOPE' })).rejects.toMatchObject({ status: 404 })
})

test('the vendor’s client streams trades, quotes and bars of stocks and books of coins', async () => {
  await using world = await brokerWorld()
  const { alpaca, streamUrl } = vendorClient(world)
  const stream = alpaca.marketData.stockStream({ url: streamUrl('/v2/iex'), reconnect: false })
  const subscribed = new Promise((resolve) => stream.on('subscription', resolve))
  const trade = new Promise((resolve) => stream.onTrade(resolve))
  const quote = new Promise((resolve) => stream.onQuote(resolve))
  const bar = new Promise((resolve) => stream.onBar(resolve))
  const errors: string[] = []
  stream.onError((message) => errors.push(message))
  stream.onConnect(() => {
    stream.subscribeForTrades(['KO'])
    stream.subscribeForQuotes(['*'])
    stream.subscribeForBars(['KO'])
  })
  stream.connect()
  expect(await stream.waitForAuthentication(10_000)).toBe(true)
  await subscribed
  const coins = alpaca.marketData.cryptoStream({ url: streamUrl('/v1beta3/crypto/us'), reconnect: false })
  const book = new Promise((resolve) => coins.onOrderbook(resolve))
  coins.subscribeForOrderbooks(['BTC/USD'])
  coins.connect()
  await new Promise((resolve) => coins.on('subscription', resolve))

  await world.advance({ seconds: 60 })
  const at = { timestamp: new Date('2026-11-20T17:01:00Z'), timestampRaw: '2026-11-20T17:01:00.000000000Z' }
  const { price } = (await trade) as { price: number }
  expect(await trade).toMatchObject({ symbol: 'KO', price: expect.any(Number), ...at })
  expect(await quote).toMatchObject({ symbol: expect.any(String), askPrice: expect.any(Number), ...at })
  expect(await bar).toMatchObject({ symbol: 'KO', timestamp: new Date('2026-11-20T17:00:00Z'), close: price })
  expect(await book).toMatchObject({ symbol: 'BTC/USD', ...at })
  expect(errors).toEqual([])
  stream.disconnect()
  coins.disconnect()
})

test('the vendor’s client gives up for good when its keys are wrong', async () => {
  await using world = await brokerWorld()
  const { streamUrl } = vendorClient(world)
  const wrong = new Alpaca({ keyId: KEYS.key, secret: 'guess' })
  const stream = wrong.marketData.stockStream({ url: streamUrl('/v2/iex') })
  stream.connect()
  expect(await stream.whenAuthenticated()).toMatchObject({
    authenticated: false,
    code: 402,
    message: 'auth failed',
  })
})
