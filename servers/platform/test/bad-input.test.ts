import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from './platform-alone.ts'
import { funded, type Person, type World, world } from './world.ts'

let place: World
let alice: Person

beforeAll(async () => {
  place = await world()
  alice = await funded(place, 'alice@example.org')
})
afterAll(async () => {
  await place?.[Symbol.asyncDispose]()
})

const buy = { symbol: 'SPY', notional: '25', side: 'buy', type: 'market', time_in_force: 'day' }

/** A body that would be taken, for each route that takes one. */
const bodies = (): Record<string, object> => ({
  'POST /api/signup': { email: 'new@example.org', password: 'correct horse' },
  'POST /api/login': { email: 'alice@example.org', password: 'wrong horse' },
  'POST /platform/signup': { email: 'new2@example.org', password: 'correct horse' },
  'POST /platform/login': { email: 'alice@example.org', password: 'wrong horse' },
  'POST /platform/refresh': { refresh_token: 'abc' },
  'POST /accounts/signup': { name: 'New Person', email: 'new3@example.org', password: 'correct horse' },
  'POST /api/application': { contact: {}, identity: {}, disclosures: {}, agreements: [] },
  'POST /api/link/exchange': { public_token: 'public-sandbox-x' },
  'PUT /api/transfers/:id': { relationship_id: alice.relationshipId, direction: 'INCOMING', amount: '5' },
  'PUT /api/orders/:id': buy,
  'POST /plaid/exchange_public_token': { public_token: 'public-sandbox-x', account_id: 'x' },
  'POST /accounts/:identifier/ach_relationship': { processor_token: 'processor-sandbox-x' },
  'POST /accounts/:identifier/transfer': { relationship_id: alice.relationshipId, transfer_amount: 5 },
  'POST /trading/accounts/:identifier/orders': buy,
})

/** These take none, whatever is sent. */
const bodiless = [
  'POST /api/demo/login',
  'POST /api/logout',
  'POST /platform/logout',
  'POST /api/link/token',
  'POST /api/transfers/:id/cancel',
  'POST /api/orders/:id/cancel',
  'POST /plaid/create_link_token',
  'DELETE /api/banks/:id',
]

/** These end at the gate for everybody here; journals.test.ts sends them bodies. */
const forOperators = ['POST /journals', 'POST /journals/batch']

const pathOf = (route: string) =>
  (route.split(' ')[1] ?? '').replace(':identifier', alice.accountId).replace(':id', randomUUID())

function send(route: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return alice.call(route.split(' ')[0] ?? '', pathOf(route), { body, headers })
}

function expectRefusal(answer: Answer, what: string): void {
  expect(answer.status, `${what}: ${JSON.stringify(answer.body)}`).toBeGreaterThanOrEqual(400)
  expect(answer.status, `${what}: ${JSON.stringify(answer.body)}`).toBeLessThan(500)
  expect(Object.keys(answer.body), what).toEqual(['error'])
  expect(answer.body.error, what).toMatchObject({ code: expect.any(String), message: expect.any(String) })
  expect(answer.body.error.request_id).toBe(answer.headers.get('x-request-id'))
  expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.ts:|at \w+ \(/)
}

test('every route that takes a body is in the table', () => {
  const writing = place.platform.routes.filter((route) => /^(?:POST|PUT|DELETE|PATCH) /.test(route))
  expect(writing.sort()).toEqual([...Object.keys(bodies()), ...bodiless, ...forOperators].sort())
})

test('bodies that are no JSON, no object, of another type or too large are refused', async () => {
  for (const route of Object.keys(bodies())) {
    for (const body of [
      '{',
      '{"a":1,}',
      'null',
      '[]',
      '"text"',
      '1',
      '{"__proto__":{"a":1}}',
      '{"a":"\\u0000"}',
      '',
    ]) {
      expectRefusal(await send(route, body), `${route} ${body}`)
    }
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/jsonx',
      ' application/json;x=1',
    ]) {
      expectRefusal(await send(route, bodies()[route], { 'content-type': type }), `${route} ${type}`)
    }
  }
  const large = JSON.stringify({ name: 'x'.repeat(16 * 1_048_576) })
  expect((await send('POST /accounts/signup', large)).status).toBe(413)
})

test('a field that is missing, unknown, null or of another type is named', async () => {
  for (const [route, good] of Object.entries(bodies())) {
    expectRefusal(await send(route, { ...good, unheard_of: 1 }), `${route} with an unknown field`)
    for (const field of Object.keys(good)) {
      const { [field]: _gone, ...rest } = good as Record<string, unknown>
      const isOptional = ['notional', 'account_id', 'password'].includes(field)
      if (!isOptional) expectRefusal(await send(route, rest), `${route} without ${field}`)
      for (const value of [null, true, [], {}, 12.5]) {
        if (value === 12.5 && /amount|notional|qty/.test(field)) continue
        const answer = await send(route, { ...good, [field]: value })
        expectRefusal(answer, `${route} with ${field} = ${JSON.stringify(value)}`)
      }
    }
  }
})

const oddAmounts = [
  0,
  -1,
  -0.01,
  0.001,
  1e-9,
  1e-30,
  1e21,
  1e300,
  '0',
  '0.00',
  '-5',
  '+5',
  '1.001',
  '1e3',
  '0x10',
  '1,000',
  '1 000',
  ' 5',
  '5 ',
  '5.',
  '.5',
  '',
  'NaN',
  'Infinity',
  '-Infinity',
  '５',
  '9'.repeat(20),
  `0.${'0'.repeat(15)}1`,
  '٣',
  '1_000',
] as const

test('an amount that is not exact, not positive or no number is refused and moves nothing', async () => {
  const before = (await place.client.transfers.list(alice.accountId)).length
  for (const amount of oddAmounts) {
    const bare = { relationship_id: alice.relationshipId }
    for (const direction of ['INCOMING', 'OUTGOING']) {
      const put = await send('PUT /api/transfers/:id', { ...bare, direction, amount })
      expectRefusal(put, `${direction} ${amount}`)
      const seed = { ...bare, direction, transfer_amount: amount }
      expectRefusal(await send('POST /accounts/:identifier/transfer', seed), `seed ${direction} ${amount}`)
    }
  }
  const fine = await send('POST /accounts/:identifier/transfer', {
    relationship_id: alice.relationshipId,
    transfer_amount: '1.005',
  })
  expect(fine).toMatchObject({ status: 422, body: { error: { code: 'amount_not_valid' } } })
  expect(await place.client.transfers.list(alice.accountId)).toHaveLength(before)
})

test('a quantity or amount of an order that is not exact or not positive is refused and orders nothing', async () => {
  const { notional: _, ...order } = buy
  for (const value of oddAmounts) {
    if (value !== 1e-9 && value !== 0.001 && value !== '1.001') {
      expectRefusal(await send('PUT /api/orders/:id', { ...order, qty: value }), `qty ${value}`)
    }
    expectRefusal(await send('PUT /api/orders/:id', { ...order, notional: value }), `notional ${value}`)
    expectRefusal(
      await send('POST /trading/accounts/:identifier/orders', { ...order, notional: value }),
      `seed notional ${value}`,
    )
  }
  for (const body of [
    order,
    { ...buy, qty: '1' },
    { ...buy, commission: '-1' },
    { ...buy, side: 'hold' },
    { ...buy, type: 'guess' },
    { ...buy, time_in_force: 'never' },
    { ...buy, symbol: 'NOSUCH' },
    { ...buy, symbol: "SPY' or 1=1" },
    { ...buy, symbol: '../../accounts' },
    { ...buy, client_order_id: '' },
    { ...buy, client_order_id: 'x'.repeat(129) },
    { ...buy, client_order_id: 'line\nbreak' },
    { ...order, qty: '0.0000000001' },
    { ...order, qty: '999999999999' },
  ]) {
    expectRefusal(await send('POST /trading/accounts/:identifier/orders', body), JSON.stringify(body))
  }
  expect(await place.client.orders.list(alice.accountId, { status: 'all' })).toHaveLength(0)
})

test('over the limits: the day, the cash, the buying power', async () => {
  const deposit = { relationship_id: alice.relationshipId, direction: 'INCOMING', amount: '60000' }
  expect(await send('PUT /api/transfers/:id', deposit)).toMatchObject({
    status: 422,
    body: { error: { code: 'amount_over_limit', details: { limit: expect.any(String) } } },
  })
  const withdrawal = { ...deposit, direction: 'OUTGOING', amount: '1000.01' }
  expect(await send('PUT /api/transfers/:id', withdrawal)).toMatchObject({
    status: 403,
    body: { error: { code: 'insufficient_funds' } },
  })
  expect(await send('PUT /api/orders/:id', { ...buy, notional: '1000.01' })).toMatchObject({
    status: 403,
    body: { error: { code: 'insufficient_buying_power', details: { buying_power: '1000' } } },
  })
})

test('odd ids and paths are refused or lead nowhere', async () => {
  const ids = [
    '1',
    'x',
    '00000000',
    `${randomUUID()}x`,
    '%00',
    '%2e%2e',
    '%ff',
    "'",
    'a'.repeat(300),
    '{}',
    '🐴',
  ]
  for (const id of ids) {
    for (const [method, path] of [
      ['GET', `/accounts/${id}`],
      ['GET', `/trading/accounts/${id}/orders`],
      ['POST', `/api/transfers/${id}/cancel`],
      ['POST', `/api/orders/${id}/cancel`],
      ['DELETE', `/api/banks/${id}`],
      ['GET', `/api/assets/${id}`],
      ['GET', `/api/assets/${id}/bars`],
      ['GET', `/api/${id}`],
      ['GET', `/nothing/${id}`],
    ] as const) {
      expectRefusal(await alice.call(method, path), `${method} ${path}`)
    }
  }
  for (const query of [
    'limit=0',
    'limit=-1',
    'limit=1e9',
    'limit=x',
    'asset_class=gold',
    `query=${'x'.repeat(100)}`,
    'limit=1&limit=2',
  ]) {
    expectRefusal(await alice.call('GET', `/api/assets?${query}`), query)
  }
  expectRefusal(await alice.call('GET', '/api/assets/SPY/bars?range=100Y'), 'range')
  expectRefusal(await alice.call('PATCH', '/api/me'), 'PATCH')
  expect((await alice.call('GET', '/nothing')).body.error.code).toBe('not_found')
})

test('an application that the broker would refuse names its fields, and one that is refused leaves no account', async () => {
  const { body: signedUp } = await place.call('POST', '/platform/signup', {
    body: { email: 'dora@example.org', password: 'correct horse' },
  })
  const token = signedUp.access_token
  const { body: sample } = await place.call('GET', '/api/application/sample', { token })
  const cases: [string, object][] = [
    ['identity.given_name', { ...sample, identity: { ...sample.identity, given_name: ' ' } }],
    ['identity.date_of_birth', { ...sample, identity: { ...sample.identity, date_of_birth: '2020-01-01' } }],
    ['identity.date_of_birth', { ...sample, identity: { ...sample.identity, date_of_birth: '1990-02-31' } }],
    ['contact.state', { ...sample, contact: { ...sample.contact, state: undefined } }],
    ['contact.email_address', { ...sample, contact: { ...sample.contact, email_address: 'x' } }],
  ]
  for (const [path, body] of cases) {
    const answer = await place.call('POST', '/api/application', { token, body })
    expectRefusal(answer, path)
    expect(answer.body.error.fields?.[0]?.path, JSON.stringify(answer.body)).toMatch(path)
  }
  const taken = await place.call('POST', '/api/application', {
    token,
    body: { ...sample, contact: { ...sample.contact, email_address: alice.email } },
  })
  expect(taken).toMatchObject({ status: 409, body: { error: { code: 'account_email_taken' } } })
  expect((await place.call('GET', '/api/account', { token })).status).toBe(404)
  expect((await place.call('POST', '/api/application', { token, body: sample })).status).toBe(200)
})

test('every answer carries the headers that browsers need', async () => {
  for (const [path, status] of [
    ['/api/config', 200],
    ['/api/me', 401],
    ['/nothing', 404],
    ['/api/%ff', 400],
    ['/api/assets/SPY/bars?range=1', 401],
  ] as const) {
    const answer = await place.call('GET', path)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-frame-options')).toBe('DENY')
    expect(answer.headers.get('x-request-id')).toBeTruthy()
  }
})

test('only configured origins may read answers across origins', async () => {
  const ask = async (origin: string) => {
    const { headers } = await place.call('GET', '/api/config', { headers: { origin } })
    return headers.get('access-control-allow-origin')
  }
  expect(await ask('http://web.test')).toBe('http://web.test')
  expect(await ask('http://evil.test')).toBeNull()
  expect(await ask('null')).toBeNull()
})
