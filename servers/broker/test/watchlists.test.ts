import { expect, test } from 'vitest'
import { tradingWorld } from './trading-world.ts'

async function watchlistWorld() {
  const world = await tradingWorld({ cashMinor: 0n })
  const base = `/v1/trading/accounts/${world.alice}/watchlists`
  const { body: list } = await world.call('POST', base, { name: 'Dividend ideas', symbols: ['PEP', 'KO'] })
  return { world, base, list, path: `${base}/${list.id}` }
}

const symbolsOf = ({ assets }: { assets: { symbol: string }[] }) => assets.map(({ symbol }) => symbol)

test('a watchlist keeps its assets in the order in which they came', async () => {
  const { world, base, list, path } = await watchlistWorld()
  await using _world = world
  expect(list).toMatchObject({ account_id: world.alice, name: 'Dividend ideas' })
  expect(symbolsOf(list)).toEqual(['PEP', 'KO'])
  const { body: longer } = await world.call('POST', path, { symbol: 'BTCUSD' })
  expect(symbolsOf(longer)).toEqual(['PEP', 'KO', 'BTC/USD'])
  const { body: again } = await world.call('POST', path, { symbol: 'PEP' })
  expect(symbolsOf(again)).toEqual(['PEP', 'KO', 'BTC/USD'])
  expect((await world.call('GET', path)).body).toEqual(again)

  const { body: lists } = await world.call('GET', base)
  expect(lists).toHaveLength(1)
  expect(lists[0]).not.toHaveProperty('assets')
  const { body: replaced } = await world.call('PUT', path, { name: 'Other', symbols: ['SPY', 'SPY', 'AAPL'] })
  expect(replaced).toMatchObject({ id: list.id, name: 'Other' })
  expect(symbolsOf(replaced)).toEqual(['SPY', 'AAPL'])
  const { body: renamed } = await world.call('PUT', path, { name: 'Third' })
  expect(symbolsOf(renamed)).toEqual(['SPY', 'AAPL'])
})

test.for(['BTC/USD', 'BTC%2FUSD', 'BTCUSD'])(
  '%s is taken off with what is left as the answer',
  async (spelling) => {
    const { world, path } = await watchlistWorld()
    await using _world = world
    await world.call('POST', path, { symbol: 'BTC/USD' })
    const { status, body } = await world.call('DELETE', `${path}/${spelling}`)
    expect(status).toBe(200)
    expect(symbolsOf(body)).toEqual(['PEP', 'KO'])
    expect((await world.call('DELETE', `${path}/${spelling}`)).status).toBe(404)
  },
)

test('a deleted watchlist is gone, and its name is free again', async () => {
  const { world, base, path } = await watchlistWorld()
  await using _world = world
  expect(await world.call('DELETE', path)).toEqual({ status: 204, body: undefined })
  expect(await world.call('GET', path)).toEqual({
    status: 404,
    body: { code: 40410000, message: 'watchlist not found' },
  })
  expect((await world.call('DELETE', path)).status).toBe(404)
  expect((await world.call('POST', base, { name: 'Dividend ideas', symbols: [] })).status).toBe(200)
})

test('a watchlist belongs to one account', async () => {
  const { world, list } = await watchlistWorld()
  await using _world = world
  const bob = await world.customer(0n)
  const foreign = `/v1/trading/accounts/${bob}/watchlists/${list.id}`
  for (const [method, body] of [
    ['GET', undefined],
    ['PUT', { name: 'mine' }],
    ['POST', { symbol: 'KO' }],
    ['DELETE', undefined],
  ] as const) {
    expect((await world.call(method, foreign, body)).status).toBe(404)
  }
  const nobody = '/v1/trading/accounts/00000000-0000-4000-8000-000000000000/watchlists'
  expect((await world.call('GET', nobody)).body).toEqual({
    code: 40110000,
    message: 'request is not authorized',
  })
  expect((await world.call('GET', '/v1/trading/accounts/x/watchlists')).status).toBe(400)
})

test.for([
  ['an unknown symbol', { name: 'a', symbols: ['KO', 'NOPE'] }, 404, 40410000],
  ['a name that is taken', { name: 'Dividend ideas', symbols: ['KO'] }, 422, 40010001],
  ['no name', { symbols: ['KO'] }, 422, 40010001],
  ['an empty name', { name: ' ', symbols: ['KO'] }, 422, 40010001],
  ['a name of 65 letters', { name: 'a'.repeat(65), symbols: ['KO'] }, 422, 40010001],
  ['symbols that are no list', { name: 'a', symbols: 'KO' }, 400, 40010000],
] as const)('%s is refused', async ([, body, status, code]) => {
  const { world, base } = await watchlistWorld()
  await using _world = world
  const answer = await world.call('POST', base, body)
  expect([answer.status, answer.body.code]).toEqual([status, code])
  expect((await world.call('GET', base)).body).toHaveLength(1)
})

test('two lists of one name at once: one is refused', async () => {
  const { world, base } = await watchlistWorld()
  await using _world = world
  const twins = [1, 2, 3].map(() => world.call('POST', base, { name: 'twin', symbols: ['KO'] }))
  const statuses = (await Promise.all(twins)).map(({ status }) => status).sort()
  expect(statuses).toEqual([200, 422, 422])
})
