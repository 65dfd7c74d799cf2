import { randomUUID } from 'node:crypto'
import {
  Account,
  AssetDetail,
  Assets,
  Banks,
  Bars,
  Orders,
  Positions,
  Transfers,
  TransferTerms,
  WorldTime,
} from '@paddock/platform-wire'
import { expect, test } from 'vitest'
import { Person, until, world } from './world.ts'

const marketBuy = { side: 'buy', type: 'market', time_in_force: 'day' }

test('the main job over the web API: apply, link, deposit, settle, buy, sell, withdraw', async () => {
  await using place = await world()
  const alice = await new Person(place, 'alice@example.org').signUp()
  expect((await alice.call('GET', '/api/account')).body.error.code).toBe('account_missing')
  await alice.openAccount()
  expect((await alice.call('GET', '/api/me')).body.account).toMatchObject({ given_name: 'John' })

  const token = await alice.call('POST', '/api/link/token')
  expect(token.body.link_token).toMatch(/^link-sandbox-/)
  await alice.linkBank()
  const { banks } = Banks.parse((await alice.call('GET', '/api/banks')).body)
  expect(banks).toHaveLength(1)
  expect(banks[0]?.funding).toMatchObject({ status: 'APPROVED', account_type: 'CHECKING' })

  const terms = TransferTerms.parse((await alice.call('GET', '/api/transfers/terms')).body)
  expect(terms.deposit).toMatchObject({ left_today: '50000.00', minimum: '1.00' })
  const id = randomUUID()
  const body = { relationship_id: alice.relationshipId, direction: 'INCOMING', amount: 1000.5 }
  const asked = await alice.call('PUT', `/api/transfers/${id}`, { body })
  expect(asked).toMatchObject({
    status: 200,
    body: {
      id,
      amount: '1000.50',
      status: 'QUEUED',
      can_cancel: true,
      expected_on: terms.deposit.settles_on,
    },
  })
  await place.simulate(`/_sim/transfers/${asked.body.broker_transfer_id}/settle`)
  const { transfers } = Transfers.parse((await alice.call('GET', '/api/transfers')).body)
  expect(transfers).toMatchObject([{ id, status: 'COMPLETE', can_cancel: false, expected_on: null }])
  const funded = Account.parse((await alice.call('GET', '/api/account')).body)
  expect(funded.balances).toMatchObject({ cash: '1000.50', equity: '1000.50', buying_power: '1000.50' })

  const orderId = randomUUID()
  const order = { symbol: 'SPY', notional: '100', ...marketBuy }
  const placed = await alice.call('PUT', `/api/orders/${orderId}`, { body: order })
  expect(placed).toMatchObject({ status: 200, body: { id: orderId, notional: '100.00', qty: null } })
  await until('the fill', async () => {
    const { orders } = Orders.parse((await alice.call('GET', '/api/orders')).body)
    return orders[0]?.status === 'filled'
  })
  const { positions } = Positions.parse((await alice.call('GET', '/api/positions')).body)
  expect(positions).toMatchObject([{ symbol: 'SPY', name: expect.stringMatching(/S&P/) }])

  const sold = await alice.call('PUT', `/api/orders/${randomUUID()}`, {
    body: { symbol: 'SPY', qty: positions[0]?.qty, side: 'sell', type: 'market', time_in_force: 'day' },
  })
  expect(sold.status).toBe(200)
  const tooMuch = await alice.call('PUT', `/api/transfers/${randomUUID()}`, {
    body: { ...body, direction: 'OUTGOING', amount: '2000' },
  })
  expect(tooMuch).toMatchObject({ status: 403, body: { error: { code: 'insufficient_funds' } } })
})

test('prices, search, bars and the clock come through', async () => {
  await using place = await world()
  const alice = await new Person(place, 'alice@example.org').signUp()
  const get = async (path: string) => (await alice.call('GET', path)).body
  const found = Assets.parse(await get('/api/assets?query=spy&limit=3'))
  expect(found.assets[0]).toMatchObject({ symbol: 'SPY', quote: { symbol: 'SPY' } })
  const pairs = Assets.parse(await get('/api/assets?asset_class=crypto'))
  expect(pairs.assets.map(({ symbol }) => symbol)).toContain('BTC/USD')
  expect(AssetDetail.parse(await get('/api/assets/BTC-USD'))).toMatchObject({ symbol: 'BTC/USD' })
  for (const range of ['1D', '1W', '1M', '3M', '1Y']) {
    const { bars } = Bars.parse(await get(`/api/assets/SPY/bars?range=${range}`))
    expect(bars.length, range).toBeGreaterThan(5)
  }
  expect(WorldTime.parse(await get('/api/clock'))).toMatchObject({ market_open: true })
  expect((await alice.call('GET', '/api/assets/NOSUCH')).status).toBe(404)
})

test("the main job over the seed's own routes", async () => {
  await using place = await world()
  const signUp = { name: 'Bob Builder', email: 'bob@example.org', password: 'correct horse' }
  const opened = await place.call('POST', '/accounts/signup', { body: signUp })
  expect(opened).toMatchObject({
    status: 200,
    body: { id: expect.any(String), name: 'Bob Builder', email: signUp.email, equity: '0.00' },
  })
  const { body: login } = await place.call('POST', '/platform/login', {
    body: { email: signUp.email, password: signUp.password },
  })
  const headers = { 'access-token': login.access_token as string }
  const call = (method: string, path: string, body?: unknown) => place.call(method, path, { headers, body })
  const account = async () => (await call('GET', `/accounts/${opened.body.id}`)).body
  await until('an active account', async () => (await account()).is_active)

  // The seed's front end sends the type of a body that it does not have.
  const linkToken = await place.call('POST', '/plaid/create_link_token', {
    headers: { ...headers, 'content-type': 'application/json' },
  })
  expect(linkToken.body).toMatchObject({ link_token: expect.any(String), request_id: expect.any(String) })
  const exchanged = await call('POST', '/plaid/exchange_public_token', {
    public_token: await place.publicToken(),
  })
  expect(exchanged.body).toEqual({ processor_token: expect.stringMatching(/^processor-sandbox-/) })
  const linked = await call('POST', '/accounts/bob@example.org/ach_relationship', exchanged.body)
  expect(linked.body.ach_relationship).toMatchObject({
    status: 'QUEUED',
    bank_account_number: expect.stringMatching(/^\*{4}\d{4}$/),
  })
  const again = await call('POST', '/accounts/bob@example.org/ach_relationship', exchanged.body)
  expect(again).toMatchObject({ status: 409, body: { error: { code: 'relationship_exists' } } })

  const moved = await call('POST', `/accounts/${opened.body.id}/transfer`, {
    relationship_id: linked.body.ach_relationship.id,
    transfer_amount: 250.25,
  })
  expect(moved.body.transfer_data).toMatchObject({ amount: '250.25', direction: 'INCOMING', type: 'ach' })
  await place.simulate(`/_sim/transfers/${moved.body.transfer_data.id}/settle`)
  expect(await account()).toMatchObject({ equity: '250.25', is_active: true })

  await until('crypto', async () => (await call('GET', '/api/account')).body.crypto_status === 'ACTIVE')
  const orders = `/trading/accounts/bob@example.org/orders`
  const bought = await call('POST', orders, {
    symbol: 'BTCUSD',
    notional: 50,
    side: 'buy',
    type: 'market',
    time_in_force: 'gtc',
    commission: 1,
  })
  expect(bought.body.order).toMatchObject({ symbol: 'BTC/USD', status: expect.any(String) })
  await until('the fill', async () => (await call('GET', orders)).body.orders[0].status === 'filled')
  const { positions } = (await call('GET', '/trading/accounts/bob@example.org/positions')).body
  expect(positions).toMatchObject([{ asset_class: 'crypto' }])

  expect((await call('GET', '/trading/positions')).status).toBe(403)
  await place.platform.ensureOperator('ops@example.org', 'operator password')
  const ops = await place.call('POST', '/platform/login', {
    body: { email: 'ops@example.org', password: 'operator password' },
  })
  const all = await place.call('GET', '/trading/positions', { token: ops.body.access_token })
  expect(all.body.positions[opened.body.id]).toHaveLength(1)
})

test('pages that are open are told what changed, until the session ends', async () => {
  await using place = await world()
  const alice = await new Person(place, 'alice@example.org').signUp()
  const response = await fetch(`${place.platform.url}/api/events`, {
    headers: { 'access-token': alice.token },
  })
  const told: string[] = []
  const reading = (async () => {
    for await (const chunk of response.body ?? []) told.push(Buffer.from(chunk).toString())
  })()
  await alice.openAccount()
  await alice.linkBank()
  await until('the news', async () => told.join('').includes('"banks"'))
  expect(told.join('')).toMatch(/^data: {"type":"hello"}/)
  expect(told.join('')).toContain('data: {"type":"account"}')
  expect((await alice.call('POST', '/platform/logout')).status).toBe(204)
  await reading
})

test('what Link gave, sent twice at once, links one bank', async () => {
  await using place = await world()
  const alice = await new Person(place, 'alice@example.org').signUp()
  await alice.openAccount()
  const body = { public_token: await place.publicToken() }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => alice.call('POST', '/api/link/exchange', { body })),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
  expect(Banks.parse((await alice.call('GET', '/api/banks')).body).banks).toHaveLength(1)
})
