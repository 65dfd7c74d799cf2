import { expect, test } from 'vitest'
import { tradingWorld } from './trading-world.ts'

const bar = {
  t: expect.any(String),
  o: expect.any(Number),
  h: expect.any(Number),
  l: expect.any(Number),
  c: expect.any(Number),
  v: expect.any(Number),
  n: expect.any(Number),
  vw: expect.any(Number),
}
const quote = {
  t: '2026-11-20T17:00:00Z',
  ap: expect.any(Number),
  as: expect.any(Number),
  bp: expect.any(Number),
  bs: expect.any(Number),
}
const trade = {
  t: '2026-11-20T17:00:00Z',
  p: expect.any(Number),
  s: expect.any(Number),
  i: expect.any(Number),
}

test('what is latest comes by symbol, under the name of its kind, in numbers', async () => {
  await using world = await tradingWorld()
  const get = async (path: string) => (await world.call('GET', path)).body
  const equityQuote = { ...quote, ax: 'V', bx: 'V', c: ['R'], z: 'A' }
  const equityTrade = { ...trade, x: 'V', c: ['@'], z: 'A' }
  const snapshot = {
    latestTrade: equityTrade,
    latestQuote: equityQuote,
    minuteBar: bar,
    dailyBar: bar,
    prevDailyBar: bar,
  }
  expect(await get('/v2/stocks/quotes/latest?symbols=KO,NOPE,BTC/USD')).toEqual({
    quotes: { KO: equityQuote },
  })
  expect(await get('/v2/stocks/trades/latest?symbols=KO')).toEqual({ trades: { KO: equityTrade } })
  expect(await get('/v2/stocks/bars/latest?symbols=KO&feed=iex')).toEqual({ bars: { KO: bar } })
  expect(await get('/v2/stocks/snapshots?symbols=KO')).toEqual({ KO: snapshot })
  expect(await get('/v2/stocks/KO/quotes/latest')).toEqual({ symbol: 'KO', quote: equityQuote })
  expect(await get('/v2/stocks/KO/trades/latest')).toEqual({ symbol: 'KO', trade: equityTrade })
  expect(await get('/v2/stocks/KO/bars/latest')).toEqual({ symbol: 'KO', bar })
  expect(await get('/v2/stocks/KO/snapshot')).toEqual({ symbol: 'KO', ...snapshot })
  const coinTrade = { ...trade, tks: expect.stringMatching(/^[BS]$/) }
  expect(await get('/v1beta3/crypto/us/latest/quotes?symbols=BTC/USD')).toEqual({
    quotes: { 'BTC/USD': quote },
  })
  expect(await get('/v1beta3/crypto/us/latest/trades?symbols=BTC%2FUSD')).toEqual({
    trades: { 'BTC/USD': coinTrade },
  })
  expect(await get('/v1beta3/crypto/us/latest/bars?symbols=BTCUSD')).toEqual({ bars: { 'BTC/USD': bar } })
  expect(await get('/v1beta3/crypto/us/snapshots?symbols=BTC/USD')).toMatchObject({
    snapshots: { 'BTC/USD': { latestQuote: quote, dailyBar: bar } },
  })
})

test('pages of bars join on to each other, over all symbols, until there is no more', async () => {
  await using world = await tradingWorld()
  const range = 'timeframe=1Hour&start=2026-11-18T00:00:00Z&end=2026-11-19T00:00:00Z'
  const whole = (await world.call('GET', `/v2/stocks/bars?symbols=SPY,KO&${range}`)).body
  expect(Object.keys(whole.bars)).toEqual(['KO', 'SPY'])
  expect(whole.bars.KO).toHaveLength(25)
  expect(whole.bars.SPY).toHaveLength(25)
  expect(whole.next_page_token).toBeNull()

  for (const sort of ['asc', 'desc']) {
    const read: Record<string, unknown[]> = { KO: [], SPY: [] }
    let token = ''
    for (let page = 0; page < 10; page += 1) {
      const query = `symbols=SPY,KO&${range}&sort=${sort}&limit=9${token}`
      const { body } = await world.call('GET', `/v2/stocks/bars?${query}`)
      for (const [symbol, bars] of Object.entries<unknown[]>(body.bars)) read[symbol]?.push(...bars)
      if (body.next_page_token === null) break
      token = `&page_token=${body.next_page_token}`
    }
    const expected =
      sort === 'asc' ? whole.bars : { KO: whole.bars.KO.toReversed(), SPY: whole.bars.SPY.toReversed() }
    expect(read).toEqual(expected)
  }
})

test('bars of one symbol, of coins, and from long ago', async () => {
  await using world = await tradingWorld()
  const one = await world.call('GET', '/v2/stocks/KO/bars?timeframe=1Day&start=2026-11-16&end=2026-11-20')
  expect(one.body).toMatchObject({ symbol: 'KO', next_page_token: null })
  expect(one.body.bars.map(({ t }: { t: string }) => t.slice(0, 10))).toEqual([
    '2026-11-16',
    '2026-11-17',
    '2026-11-18',
    '2026-11-19',
    '2026-11-20',
  ])
  const coins = await world.call('GET', '/v1beta3/crypto/us/bars?symbols=BTC/USD&timeframe=15Min')
  expect(coins.body.bars['BTC/USD']).toHaveLength(49)
  const old = await world.call('GET', '/v2/stocks/bars?symbols=KO&timeframe=1D&start=1999-01-01&limit=2')
  expect(old.body.bars.KO.map(({ t }: { t: string }) => t)).toEqual([
    '2016-01-01T05:00:00Z',
    '2016-01-02T05:00:00Z',
  ])
  const future = await world.call('GET', '/v2/stocks/bars?symbols=KO&timeframe=1D&start=2030-01-01')
  expect(future.body).toEqual({ bars: {}, next_page_token: null })
})

test('the price that an order fills at is the one that market data showed', async () => {
  await using world = await tradingWorld()
  const { ap } = (await world.call('GET', '/v2/stocks/KO/quotes/latest')).body.quote
  const { body } = await world.order(world.alice, { symbol: 'KO', qty: 1 })
  const filled = await world.settled(world.alice, body.id)
  expect(Number(filled.filled_avg_price)).toBe(ap)
  const { c } = (await world.call('GET', '/v2/stocks/KO/bars/latest')).body.bar
  const { body: position } = await world.call('GET', `${world.positionsOf(world.alice)}/KO`)
  expect(Number(position.current_price)).toBe(c)
})

test('questions that make no sense are refused', async () => {
  await using world = await tradingWorld()
  const status = async (path: string) => (await world.call('GET', path)).status
  expect(await status('/v2/stocks/quotes/latest')).toBe(422)
  expect(await status('/v2/stocks/quotes/latest?symbols=')).toBe(400)
  expect(await status('/v2/stocks/bars?symbols=KO&timeframe=60Min')).toBe(422)
  expect(await status('/v2/stocks/bars?symbols=KO&limit=10001')).toBe(422)
  expect(await status('/v2/stocks/bars?symbols=KO&start=never')).toBe(422)
  expect(await status('/v2/stocks/bars?symbols=KO&page_token=xyz')).toBe(400)
  expect(await status('/v2/stocks/NOPE/snapshot')).toBe(404)
  expect(await status('/v1beta3/crypto/mars/latest/quotes?symbols=BTC/USD')).toBe(400)
})
