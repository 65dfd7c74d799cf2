import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type BrokerWorld, brokerWorld } from './broker-world.ts'
import { hasVendorDocument, readVendorDocument } from './vendor-document.ts'

const UNKNOWN = '0b0e4f4e-0000-4000-8000-000000000000'
const REDIRECT = 'https://app.example.com/back'

async function register(world: BrokerWorld, change: object = {}) {
  const app = { name: 'Some app', redirect_uri: [REDIRECT], ...change }
  return world.must(world.call('POST', '/_ops/oauth/clients', app))
}

type App = { client_id: string; client_secret: string }

const grant = ({ client_id, client_secret }: App, accountId: string, change: object = {}) => ({
  client_id,
  client_secret,
  redirect_uri: REDIRECT,
  scope: 'general',
  account_id: accountId,
  ...change,
})

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

async function tokenOf(world: BrokerWorld, app: App, accountId: string, scope = 'general') {
  return world.must(world.call('POST', '/v1/oauth/token', grant(app, accountId, { scope })))
}

/** An app exchanges its code itself, without keys. */
function exchange(world: BrokerWorld, app: App, code: string, change: Record<string, string> = {}) {
  const { client_id, client_secret } = app
  const fields = { grant_type: 'authorization_code', code, client_id, client_secret, redirect_uri: REDIRECT }
  return world.send('POST', '/oauth/token', new URLSearchParams({ ...fields, ...change }).toString(), {
    headers: { authorization: '', 'content-type': 'application/x-www-form-urlencoded' },
  })
}

test('what the page of consent shows of an app', async () => {
  await using world = await brokerWorld()
  const app = await register(world, { description: 'does things', url: 'https://app.example.com' })
  const path = `/v1/oauth/clients/${app.client_id}`
  const query = new URLSearchParams({
    response_type: 'code',
    redirect_uri: REDIRECT,
    scope: 'general trading',
  })
  const answer = await world.call('GET', `${path}?${query}`)
  expect(answer).toMatchObject({
    status: 200,
    body: {
      client_id: app.client_id,
      name: 'Some app',
      description: 'does things',
      url: 'https://app.example.com',
      terms_of_use: '',
      privacy_policy: '',
      status: 'ACTIVE',
      redirect_uri: [REDIRECT],
      live_trading_approved: true,
    },
  })
  expect(JSON.stringify(answer.body)).not.toContain(app.client_secret)
  expect((await world.call('GET', `${path}?redirect_uri=https://evil.example.com`)).status).toBe(422)
  expect((await world.call('GET', `${path}?scope=everything`)).status).toBe(422)
  expect((await world.call('GET', `${path}?response_type=magic`)).status).toBe(422)
  expect(await world.call('GET', `/v1/oauth/clients/${UNKNOWN}`)).toMatchObject({
    status: 401,
    body: { code: 40110000 },
  })
  expect((await world.call('GET', '/v1/oauth/clients/x')).status).toBe(400)
})

test('a code becomes a token once; when it comes again, the token ends', async () => {
  await using world = await brokerWorld()
  const alice = await world.activeAccount()
  const app = await register(world)
  const asked = await world.must(world.call('POST', '/v1/oauth/authorize', grant(app, alice)))
  expect(asked).toEqual({
    code: expect.any(String),
    client_id: app.client_id,
    redirect_uri: REDIRECT,
    scope: 'general',
  })
  const answer = await exchange(world, app, asked.code)
  expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer', scope: 'general' } })
  const status = async () =>
    (
      await world.call(
        'GET',
        `/v1/trading/accounts/${alice}/account`,
        undefined,
        bearer(answer.body.access_token),
      )
    ).status
  expect(await status()).toBe(200)
  expect(await exchange(world, app, asked.code)).toMatchObject({ status: 422, body: { code: 40010001 } })
  expect(await status()).toBe(401)
})

test('of several who bring one code at once, one at most keeps a token', async () => {
  await using world = await brokerWorld()
  const alice = await world.activeAccount()
  const app = await register(world)
  const { code } = await world.must(world.call('POST', '/v1/oauth/authorize', grant(app, alice)))
  const answers = await Promise.all([1, 2, 3].map(() => exchange(world, app, code)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  const { rows } = await sql`select 1 from access_tokens`.execute(world.db)
  expect(rows).toHaveLength(1)
})

test('a code is for its own app, its own address and five minutes', async () => {
  await using world = await brokerWorld()
  const alice = await world.activeAccount()
  const other = 'https://app.example.com/other'
  const app = await register(world, { redirect_uri: [REDIRECT, other] })
  const stranger = await register(world)
  const { code } = await world.must(world.call('POST', '/v1/oauth/authorize', grant(app, alice)))
  expect((await exchange(world, stranger, code)).status).toBe(422)
  expect((await exchange(world, app, code, { redirect_uri: other })).status).toBe(422)
  expect((await exchange(world, app, code, { client_secret: 'wrong' })).status).toBe(401)
  expect((await exchange(world, app, code, { grant_type: 'password' })).status).toBe(422)
  expect((await exchange(world, app, 'pdc_nothing')).status).toBe(422)
  await world.advance({ days: 1 })
  await sql`update oauth_codes set expires_at = expires_at - interval '5 minutes'`.execute(world.db)
  expect((await exchange(world, app, code)).status).toBe(422)
})

test('only the right app, address, scope and account get a code or a token', async () => {
  await using world = await brokerWorld()
  const alice = await world.activeAccount()
  const app = await register(world, { scopes: ['general', 'data'] })
  const rows: readonly [change: object, status: number][] = [
    [{ client_id: UNKNOWN }, 401],
    [{ client_id: 'x' }, 401],
    [{ client_secret: 'wrong' }, 401],
    [{ redirect_uri: `${REDIRECT}/` }, 422],
    [{ redirect_uri: `${REDIRECT}?x=1` }, 422],
    [{ redirect_uri: REDIRECT.toUpperCase() }, 422],
    [{ scope: '' }, 422],
    [{ scope: 'everything' }, 422],
    [{ scope: 'general trading' }, 422],
    [{ scope: undefined }, 422],
    [{ account_id: UNKNOWN }, 401],
    [{ account_id: 'x' }, 422],
    [{ account_id: undefined }, 422],
  ]
  for (const path of ['/v1/oauth/authorize', '/v1/oauth/token']) {
    for (const [change, status] of rows) {
      const answer = await world.call('POST', path, grant(app, alice, change))
      expect([path, change, answer.status]).toEqual([path, change, status])
      expect(answer.body).toMatchObject({ code: expect.any(Number), message: expect.any(String) })
    }
  }
  const { rows: left } = await sql`select 1 from oauth_codes union all select 1 from access_tokens`.execute(
    world.db,
  )
  expect(left).toEqual([])
})

test('a token acts for its own account only, on the trading API, within its scopes', async () => {
  await using world = await brokerWorld()
  const alice = await world.activeAccount()
  const bob = await world.activeAccount()
  const app = await register(world)
  const reader = await tokenOf(world, app, alice)
  const trader = await tokenOf(world, app, alice, 'general trading data')
  const trading = (account: string) => `/v1/trading/accounts/${account}`
  const order = { symbol: 'SPY', qty: '1', side: 'buy', type: 'market', time_in_force: 'day' }
  const rows: readonly [token: string, method: string, path: string, status: number, body?: object][] = [
    [reader.access_token, 'GET', `${trading(alice)}/account`, 200],
    [reader.access_token, 'GET', `${trading(alice.toUpperCase())}/orders`, 200],
    [reader.access_token, 'HEAD', `${trading(alice)}/orders`, 200],
    [reader.access_token, 'GET', '/v1/clock', 200],
    [reader.access_token, 'GET', '/v1/assets/SPY', 200],
    [reader.access_token, 'POST', `${trading(alice)}/orders`, 403, order],
    [reader.access_token, 'GET', '/v2/stocks/quotes/latest?symbols=SPY', 403],
    [trader.access_token, 'GET', '/v2/stocks/quotes/latest?symbols=SPY', 200],
    // The scope lets it through; what stops it then is the lack of money.
    [trader.access_token, 'POST', `${trading(alice)}/orders`, 403, order],
    [trader.access_token, 'DELETE', `${trading(alice)}/orders`, 207],
    [trader.access_token, 'GET', `${trading(bob)}/account`, 401],
    [trader.access_token, 'POST', `${trading(bob)}/orders`, 401, order],
    [trader.access_token, 'GET', `${trading(UNKNOWN)}/account`, 401],
    [trader.access_token, 'GET', `/v1/accounts/${bob}`, 401],
    [trader.access_token, 'GET', `/v1/accounts/${alice}`, 403],
    [trader.access_token, 'POST', `/v1/accounts/${alice}/transfers`, 403, {}],
    [trader.access_token, 'GET', '/v1/accounts', 403],
    [trader.access_token, 'GET', `/v1/accounts/activities?account_id=${alice}`, 403],
    [trader.access_token, 'GET', '/v1/events/trades', 403],
    [trader.access_token, 'GET', '/v1/rebalancing/runs', 403],
    [trader.access_token, 'POST', '/v1/oauth/token', 403, grant(app, alice)],
    [trader.access_token, 'GET', '/_ops/keys', 403],
    [trader.access_token, 'GET', `/_ops/ledger/accounts/${bob}`, 401],
    [trader.access_token, 'GET', '/nowhere', 404],
  ]
  for (const [token, method, path, status, body] of rows) {
    const answer = await world.call(method, path, body, bearer(token))
    expect([method, path, answer.status]).toEqual([method, path, status])
  }
  const short = await world.call('POST', `${trading(alice)}/orders`, order, bearer(trader.access_token))
  expect(short.body.message).toBe('insufficient buying power')
})

test('a token ends when it is revoked, and when its app is disabled', async () => {
  await using world = await brokerWorld()
  const alice = await world.activeAccount()
  const app = await register(world)
  const status = async ({ access_token }: { access_token: string }) =>
    (await world.call('GET', `/v1/trading/accounts/${alice}/account`, undefined, bearer(access_token))).status
  const [one, two] = [await tokenOf(world, app, alice), await tokenOf(world, app, alice)]
  expect([await status(one), await status(two)]).toEqual([200, 200])
  for (const wanted of [204, 204]) {
    expect((await world.call('DELETE', `/v1/oauth/token/${one.token_id}`)).status).toBe(wanted)
  }
  expect([await status(one), await status(two)]).toEqual([401, 200])
  expect((await world.call('DELETE', `/v1/oauth/token/${UNKNOWN}`)).status).toBe(404)
  expect((await world.call('DELETE', '/v1/oauth/token/x')).status).toBe(400)

  const path = `/_ops/oauth/clients/${app.client_id}`
  await world.must(world.call('PATCH', path, { status: 'DISABLED' }))
  expect(await status(two)).toBe(401)
  expect((await world.call('POST', '/v1/oauth/token', grant(app, alice))).status).toBe(401)
  await world.must(world.call('PATCH', path, { status: 'ACTIVE' }))
  expect(await status(two)).toBe(200)
})

test('a partner lets an app do no more than its own key may', async () => {
  await using world = await brokerWorld()
  const alice = await world.activeAccount()
  const app = await register(world)
  const key = await world.must(
    world.call('POST', '/_ops/keys', { name: 'weak', scopes: { accounts: 'write', trading: 'read' } }),
  )
  const as = {
    headers: { authorization: `Basic ${Buffer.from(`${key.id}:${key.secret}`).toString('base64')}` },
  }
  const ask = async (scope: string) =>
    (await world.call('POST', '/v1/oauth/token', grant(app, alice, { scope }), as)).status
  expect([await ask('general'), await ask('trading'), await ask('account:write'), await ask('data')]).toEqual(
    [200, 403, 403, 403],
  )
})

test('an app is registered with addresses that only it can have', async () => {
  await using world = await brokerWorld()
  const status = async (redirect_uri: unknown) =>
    (await world.call('POST', '/_ops/oauth/clients', { name: 'x', redirect_uri })).status
  const fine = [
    'https://a.example/x?y=1',
    'http://localhost:3000/back',
    'http://127.0.0.1',
    'http://[::1]:8/',
  ]
  for (const uri of fine) expect([uri, await status([uri])]).toEqual([uri, 200])
  const unfit = [
    'http://a.example/x',
    'http://localhost.evil.example/',
    'http://localhost@evil.example/',
    'https://user@a.example/',
    'https://a.example/#x',
    'javascript:alert(1)',
    'app://x',
    '',
    '//a.example',
  ]
  for (const uri of unfit) expect([uri, await status([uri])]).toEqual([uri, 422])
  expect(await status([])).toBe(422)
  expect(await status('https://a.example')).toBe(400)
  const listed = (await world.call('GET', '/_ops/oauth/clients')).body
  expect(listed).toHaveLength(fine.length)
  expect(JSON.stringify(listed)).not.toContain('client_secret')
})

test.skipIf(!hasVendorDocument)('the answers have the shapes that the vendor describes', async () => {
  const vendor = readVendorDocument()
  await using world = await brokerWorld()
  const alice = await world.activeAccount()
  const app = await register(world)
  const answers: readonly [method: 'get' | 'post', theirPath: string, path: string, body?: object][] = [
    ['get', '/v1/oauth/clients/{client_id}', `/v1/oauth/clients/${app.client_id}`],
    ['post', '/v1/oauth/authorize', '/v1/oauth/authorize', grant(app, alice)],
    ['post', '/v1/oauth/token', '/v1/oauth/token', grant(app, alice)],
  ]
  for (const [method, theirPath, path, body] of answers) {
    const answer = await world.must(world.call(method.toUpperCase(), path, body))
    expect([theirPath, vendor.problemsOf(method, theirPath, answer)]).toEqual([theirPath, null])
  }
})
