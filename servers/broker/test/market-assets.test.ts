import { expect, test } from 'vitest'
import { tradingWorld } from './trading-world.ts'

test('assets are listed by class, status, exchange and attribute', async () => {
  await using world = await tradingWorld()
  const list = async (query: string): Promise<{ symbol: string; exchange: string; status: string }[]> =>
    (await world.call('GET', `/v1/assets${query}`)).body
  const equities = await list('')
  expect(equities.length).toBeGreaterThanOrEqual(100)
  expect(equities.map(({ symbol }) => symbol)).toContain('TWTR')
  expect((await list('?status=active')).map(({ symbol }) => symbol)).not.toContain('TWTR')
  expect((await list('?status=inactive')).map(({ symbol }) => symbol)).toEqual(['TWTR'])
  expect(await list('?asset_class=crypto')).toHaveLength(10)
  expect(await list('?asset_class=us_option')).toEqual([])
  const listed = await list('?exchange=NASDAQ')
  expect(new Set(listed.map(({ exchange }) => exchange))).toEqual(new Set(['NASDAQ']))
  expect((await list('?attributes=fractional_eh_enabled,ipo')).length).toBeGreaterThan(100)
  expect(await list('?attributes=ipo')).toEqual([])
  expect((await world.call('GET', '/v1/assets?status=open')).status).toBe(422)
})

test('an asset is found by symbol, by id, and pairs in every spelling', async () => {
  await using world = await tradingWorld()
  const { body: share } = await world.call('GET', '/v1/assets/KO')
  expect(share).toEqual({
    id: expect.any(String),
    class: 'us_equity',
    exchange: 'NYSE',
    symbol: 'KO',
    name: 'The Coca-Cola Company',
    status: 'active',
    tradable: true,
    marginable: false,
    shortable: false,
    easy_to_borrow: false,
    fractionable: true,
    maintenance_margin_requirement: 100,
    margin_requirement_long: '100',
    margin_requirement_short: '100',
    attributes: ['fractional_eh_enabled'],
  })
  expect((await world.call('GET', `/v1/assets/${share.id}`)).body).toEqual(share)
  const { body: pair } = await world.call('GET', '/v1/assets/BTC/USD')
  expect(pair).toMatchObject({ symbol: 'BTC/USD', class: 'crypto', price_increment: '0.01' })
  for (const name of ['BTC%2FUSD', 'BTCUSD', pair.id]) {
    expect((await world.call('GET', `/v1/assets/${name}`)).body).toEqual(pair)
  }
  expect(await world.call('GET', '/v1/assets/NOPE')).toEqual({
    status: 404,
    body: { code: 40410000, message: 'asset not found for NOPE' },
  })
})

test('entry requirements are all of the price, and unknown symbols are left out', async () => {
  await using world = await tradingWorld()
  const ask = (symbols: string) => world.call('GET', `/v1/assets/entry-requirements?symbols=${symbols}`)
  expect((await ask('KO,NOPE,BTC/USD,KO')).body).toEqual([
    { symbol: 'KO', regt_long: '100', regt_short: '100' },
    { symbol: 'BTC/USD', regt_long: '100', regt_short: '100' },
  ])
  expect((await ask('KO&symbols=PEP')).body).toHaveLength(2)
  const many = (count: number) => Array.from({ length: count }, (_, index) => `S${index}`).join(',')
  expect((await ask(many(500))).status).toBe(200)
  expect((await ask(many(501))).status).toBe(422)
  expect((await ask('')).status).toBe(422)
})
