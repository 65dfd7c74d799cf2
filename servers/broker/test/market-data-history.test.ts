import { expect, test } from 'vitest'
import { tradingWorld } from './trading-world.ts'

type Bar = { t: string; o: number; h: number; l: number; c: number; v: number; n: number; vw: number }
type World = Awaited<ReturnType<typeof tradingWorld>>

async function barsOf(world: World, query: string, symbol = 'KO'): Promise<Bar[]> {
  const { status, body } = await world.call('GET', `/v2/stocks/bars?symbols=${symbol}&${query}`)
  expect([status, body.next_page_token]).toEqual([200, null])
  return body.bars[symbol] ?? []
}

test.for([
  {
    timeframe: '7Min',
    start: '2026-11-18T14:30:00Z',
    end: '2026-11-18T15:00:00Z',
    labels: ['14:34', '14:41', '14:48', '14:55'],
  },
  {
    timeframe: '30T',
    start: '2026-11-18T14:00:00Z',
    end: '2026-11-18T15:00:00Z',
    labels: ['14:30', '15:00'],
  },
  { timeframe: '4H', start: '2026-11-18T05:00:00Z', end: '2026-11-19T04:00:00Z', labels: ['13:00', '17:00'] },
  { timeframe: '23Hour', start: '2026-11-18T05:00:00Z', end: '2026-11-19T04:00:00Z', labels: ['05:00'] },
])('$timeframe bars of the exchange are counted from midnight in New York', async (row) => {
  await using world = await tradingWorld({ marketHours: 'exchange' })
  const bars = await barsOf(world, `timeframe=${row.timeframe}&start=${row.start}&end=${row.end}`)
  expect(bars.map(({ t }) => t.slice(11, 16))).toEqual(row.labels)
})

test('weeks begin on Mondays, months count from January, and both say what their days say', async () => {
  await using world = await tradingWorld({ marketHours: 'exchange' })
  const dates = async (query: string) => (await barsOf(world, query)).map(({ t }) => t.slice(0, 10))
  expect(await dates('timeframe=1W&start=2026-11-01&end=2026-12-31')).toEqual([
    '2026-11-02',
    '2026-11-09',
    '2026-11-16',
  ])
  expect(await dates('timeframe=3Month&start=2025-12-01')).toEqual([
    '2026-01-01',
    '2026-04-01',
    '2026-07-01',
    '2026-10-01',
  ])
  expect(await dates('timeframe=12M&start=2016-01-01&sort=desc&end=2018-06-01')).toEqual([
    '2018-01-01',
    '2017-01-01',
    '2016-01-01',
  ])
  const [october] = await barsOf(world, 'timeframe=1Month&start=2026-10-01&end=2026-10-01')
  const days = await barsOf(world, 'timeframe=1Day&start=2026-10-01&end=2026-10-31')
  expect(days).toHaveLength(22)
  expect(october).toMatchObject({
    o: days[0]?.o,
    c: days.at(-1)?.c,
    h: Math.max(...days.map(({ h }) => h)),
    l: Math.min(...days.map(({ l }) => l)),
    v: days.reduce((sum, { v }) => sum + v, 0),
    n: days.reduce((sum, { n }) => sum + n, 0),
  })
})

test('dividends make the prices before them smaller by what was paid, and change no volume', async () => {
  await using world = await tradingWorld({ marketHours: 'exchange' })
  const actions = '/v1/corporate-actions?symbols=KO&types=cash_dividend&start=2025-11-20&end=2026-11-20'
  const dividends = (await world.call('GET', actions)).body.corporate_actions.cash_dividends
  expect(dividends).toHaveLength(4)
  const { ex_date, rate } = dividends.at(-1)
  const query = (adjustment: string) => `timeframe=1Day&start=2026-08-03&adjustment=${adjustment}`
  const raw = await barsOf(world, query('raw'))
  const adjusted = await barsOf(world, query('raw,dividend'))
  const ex = raw.findIndex(({ t }) => t.startsWith(ex_date))
  expect(ex).toBeGreaterThan(1)
  expect(adjusted.slice(ex)).toEqual(raw.slice(ex))
  const close = raw[ex - 1]?.c ?? 0
  expect(adjusted[ex - 1]?.c).toBeCloseTo(close - rate, 3)
  expect(adjusted[0]?.o).toBeCloseTo((raw[0]?.o ?? 0) * (1 - rate / close), 3)
  expect(adjusted.map(({ v }) => v)).toEqual(raw.map(({ v }) => v))
  expect(await barsOf(world, query('all'))).toEqual(adjusted)
  expect(await barsOf(world, query('spin-off'))).toEqual(raw)
})

test('quotes and trades of the past come by the second, in pages, and the last ones are the latest', async () => {
  await using world = await tradingWorld()
  const range = 'symbols=SPY,KO&start=2026-11-20T16:59:30Z'
  for (const [kind, latest] of [
    ['quotes', 'quotes/latest'],
    ['trades', 'trades/latest'],
  ] as const) {
    const whole = (await world.call('GET', `/v2/stocks/${kind}?${range}`)).body
    expect(whole.next_page_token).toBeNull()
    expect([whole[kind].KO.length, whole[kind].SPY.length]).toEqual([31, 31])
    const last = (await world.call('GET', `/v2/stocks/${latest}?symbols=KO`)).body[kind].KO
    expect(whole[kind].KO.at(-1)).toEqual(last)
    const read: Record<string, unknown[]> = { KO: [], SPY: [] }
    let token = ''
    do {
      const { body } = await world.call('GET', `/v2/stocks/${kind}?${range}&sort=desc&limit=20${token}`)
      for (const [symbol, rows] of Object.entries<unknown[]>(body[kind])) read[symbol]?.push(...rows)
      token = body.next_page_token && `&page_token=${body.next_page_token}`
    } while (token)
    expect(read).toEqual({ KO: whole[kind].KO.toReversed(), SPY: whole[kind].SPY.toReversed() })
    const one = (await world.call('GET', `/v2/stocks/KO/${kind}?start=2026-11-20T16:59:30Z`)).body
    expect(one).toEqual({ symbol: 'KO', [kind]: whole[kind].KO, next_page_token: null })
    const coins = `/v1beta3/crypto/us/${kind}?symbols=BTC/USD&start=2026-11-20T16:59:58Z`
    expect((await world.call('GET', coins)).body[kind]['BTC/USD']).toHaveLength(3)
  }
})

test('while the exchange is closed there are no quotes, and its last one stays the latest', async () => {
  await using world = await tradingWorld({
    marketHours: 'exchange',
    at: Temporal.Instant.from('2026-11-21T17:00:00Z'),
  })
  const day = 'symbols=KO&start=2026-11-20T20:59:58Z&end=2026-11-21T17:00:00Z'
  const { quotes } = (await world.call('GET', `/v2/stocks/quotes?${day}`)).body
  expect(quotes.KO.map(({ t }: { t: string }) => t)).toEqual([
    '2026-11-20T20:59:58Z',
    '2026-11-20T20:59:59Z',
    '2026-11-20T21:00:00Z',
  ])
  const { quote } = (await world.call('GET', '/v2/stocks/KO/quotes/latest')).body
  expect(quote).toEqual(quotes.KO.at(-1))
})

test('the delayed feed is fifteen minutes behind', async () => {
  await using world = await tradingWorld()
  const { body } = await world.call('GET', '/v2/stocks/KO/quotes/latest?feed=delayed_sip')
  expect(body.quote.t).toBe('2026-11-20T16:45:00Z')
})

test('an order book is the quote on top and worse prices below', async () => {
  await using world = await tradingWorld()
  const { orderbooks } = (await world.call('GET', '/v1beta3/crypto/us/latest/orderbooks?symbols=BTC/USD'))
    .body
  const { quotes } = (await world.call('GET', '/v1beta3/crypto/us/latest/quotes?symbols=BTC/USD')).body
  const book: { t: string; b: { p: number; s: number }[]; a: { p: number; s: number }[] } =
    orderbooks['BTC/USD']
  const { t, bp, bs, ap, as } = quotes['BTC/USD']
  expect([book.t, book.b[0], book.a[0]]).toEqual([t, { p: bp, s: bs }, { p: ap, s: as }])
  const prices = [...book.a.toReversed(), ...book.b].map(({ p }) => p)
  expect(prices).toEqual([...new Set(prices)].sort((a, b) => b - a))
})

test('movers and most actives are what the bars of today say', async () => {
  await using world = await tradingWorld()
  const movers = (await world.call('GET', '/v1beta1/screener/stocks/movers?top=3')).body
  expect(movers).toMatchObject({ market_type: 'stocks', last_updated: '2026-11-20T17:00:00Z' })
  const [best] = movers.gainers
  expect([movers.gainers.length, movers.losers.length]).toEqual([3, 3])
  const { prevDailyBar, latestTrade } = (await world.call('GET', `/v2/stocks/${best.symbol}/snapshot`)).body
  expect(best.price).toBe(latestTrade.p)
  expect(best.change).toBeCloseTo(latestTrade.p - prevDailyBar.c, 6)
  expect(best.percent_change).toBeCloseTo((100 * best.change) / prevDailyBar.c, 1)
  expect((await world.call('GET', '/v1beta1/screener/crypto/movers')).body.market_type).toBe('crypto')
  for (const [by, key] of [
    ['volume', 'volume'],
    ['trades', 'trade_count'],
  ] as const) {
    const { most_actives } = (await world.call('GET', `/v1beta1/screener/stocks/most-actives?by=${by}&top=5`))
      .body
    const figures = most_actives.map((row: Record<string, number>) => row[key])
    expect(figures).toEqual(figures.toSorted((a: number, b: number) => b - a))
    expect(figures).toHaveLength(5)
  }
})

test('what cannot be answered is refused, and what there is none of is empty', async () => {
  await using world = await tradingWorld()
  const status = async (path: string) => (await world.call('GET', path)).status
  expect(await status('/v2/stocks/KO/bars?timeframe=1Day&currency=EUR')).toBe(422)
  expect(await status('/v2/stocks/KO/bars?timeframe=1Day&currency=usd&asof=-&feed=iex')).toBe(200)
  expect(await status('/v2/stocks/KO/bars?feed=delayed_sip')).toBe(422)
  for (const wrong of ['0Min', '60Min', '24Hour', '2Day', '2W', '5Month', '1Year', '1min', '1.5Min']) {
    expect([wrong, await status(`/v2/stocks/KO/bars?timeframe=${wrong}`)]).toEqual([wrong, 422])
  }
  expect((await world.call('GET', '/v1beta1/news?symbols=KO')).body).toEqual({
    news: [],
    next_page_token: null,
  })
  expect(await status('/v1beta1/logos/KO')).toBe(501)
})

test('five years of days of one symbol take less than 200 ms of the processor', async () => {
  await using world = await tradingWorld()
  const times: number[] = []
  for (let round = 0; round < 5; round += 1) {
    const begin = process.cpuUsage()
    const bars = await barsOf(world, 'timeframe=1Day&start=2021-11-20&limit=10000&adjustment=all', 'AAPL')
    const { user, system } = process.cpuUsage(begin)
    times.push(Math.round((user + system) / 1_000))
    expect(bars).toHaveLength(1_827)
  }
  console.info(`1,827 days, all adjustments: ${times.join(', ')} ms`)
  expect(Math.min(...times)).toBeLessThan(200)
})
