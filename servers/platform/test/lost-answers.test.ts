import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lossyNetwork } from './lossy-fetch.ts'
import { funded, Person, until, type World, world } from './world.ts'

/** One world for all: each test has a customer of its own. */
const network = lossyNetwork()
let place: World
let people = 0

beforeAll(async () => {
  place = await world({ fetch: network.fetch })
})
afterAll(async () => {
  await place?.[Symbol.asyncDispose]()
})

const newEmail = () => {
  people += 1
  return `customer${people}@example.org`
}

const TRANSFERS = /\/transfers$/
const ORDERS = /\/orders$/

const buy = { symbol: 'SPY', notional: '25', side: 'buy', type: 'market', time_in_force: 'day' }

test.for([
  { what: 'answer', withoutKeys: false },
  { what: 'answer', withoutKeys: true },
  { what: 'request', withoutKeys: false },
  { what: 'request', withoutKeys: true },
] as const)('a deposit whose $what is lost happens once (broker without keys: $withoutKeys)', async (row) => {
  const alice = await funded(place, newEmail(), '500')
  const id = randomUUID()
  const body = { relationship_id: alice.relationshipId, direction: 'INCOMING', amount: '500.00' }
  network.options.withoutKeys = row.withoutKeys

  if (row.what === 'answer') network.loseAnswer('POST', TRANSFERS)
  else network.loseRequest('POST', TRANSFERS)
  const first = await alice.call('PUT', `/api/transfers/${id}`, { body })
  expect(first).toMatchObject({ status: 202, body: { id, status: 'UNKNOWN', broker_transfer_id: null } })

  const row2 = async () => {
    const { transfers } = (await alice.call('GET', '/api/transfers')).body
    return transfers.find((transfer: { id: string }) => transfer.id === id)
  }
  await until('the outcome', async () => (await row2()).broker_transfer_id !== null)
  const again = await alice.call('PUT', `/api/transfers/${id}`, { body })
  expect(again).toMatchObject({ status: 200, body: { id, status: 'QUEUED', amount: '500.00' } })
  const atBroker = await place.client.transfers.list(alice.accountId)
  // The one that funded the account, which looks the same, and this one.
  expect(atBroker).toHaveLength(2)
  expect(again.body.broker_transfer_id).toBe(atBroker[0]?.id)
})

test.for([{ what: 'answer' }, { what: 'request' }] as const)(
  'an order whose $what is lost happens once',
  async ({ what }) => {
    const alice = await funded(place, newEmail(), '500')
    const id = randomUUID()
    if (what === 'answer') network.loseAnswer('POST', ORDERS)
    else network.loseRequest('POST', ORDERS)
    const first = await alice.call('PUT', `/api/orders/${id}`, { body: buy })
    expect(first).toMatchObject({
      status: 202,
      body: { id, status: 'UNKNOWN', symbol: 'SPY', notional: '25.00' },
    })
    await until('the outcome', async () => {
      const { orders } = (await alice.call('GET', '/api/orders')).body
      return orders.length === 1 && orders[0].id === id && orders[0].broker_order_id !== null
    })
    expect((await alice.call('PUT', `/api/orders/${id}`, { body: buy })).status).toBe(200)
    expect(await place.client.orders.list(alice.accountId, { status: 'all' })).toHaveLength(1)
  },
)

test('while the outcome of a deposit is unknown another one waits', async () => {
  const alice = await funded(place, newEmail(), '500')
  // Nothing gets through for a while.
  for (let index = 0; index < 4; index += 1) network.loseRequest('POST', TRANSFERS)
  const put = (direction: string, amount: string) =>
    alice.call('PUT', `/api/transfers/${randomUUID()}`, {
      body: { relationship_id: alice.relationshipId, direction, amount },
    })
  expect((await put('INCOMING', '10')).status).toBe(202)
  const second = await put('INCOMING', '11')
  expect([200, 202, 409]).toContain(second.status)
  await until('all to be settled', async () => {
    const { transfers } = (await alice.call('GET', '/api/transfers')).body
    return transfers.every((transfer: { status: string }) => transfer.status !== 'UNKNOWN')
  })
  const amounts = (await place.client.transfers.list(alice.accountId)).map(({ amount }) => amount)
  expect(amounts.filter((amount) => amount === '10')).toHaveLength(1)
  expect(amounts.filter((amount) => amount === '11')).toHaveLength(second.status === 409 ? 0 : 1)
})

test('an application whose answer is lost opens one account', async () => {
  const alice = await new Person(place, newEmail()).signUp()
  const { body: application } = await alice.call('GET', '/api/application/sample')
  network.loseAnswer('POST', /\/v1\/accounts$/)
  const first = await alice.call('POST', '/api/application', { body: application })
  expect(first).toMatchObject({ status: 504, body: { error: { code: 'outcome_unknown' } } })
  await until('the account', async () => (await alice.call('GET', '/api/account')).status === 200)
  await until('activity', async () => (await alice.call('GET', '/api/me')).body.account.status === 'ACTIVE')
  expect(await place.client.accounts.list({ query: alice.email })).toHaveLength(1)
  const again = await alice.call('POST', '/api/application', { body: application })
  expect(again).toMatchObject({ status: 409, body: { error: { code: 'account_exists' } } })
})

test('two applications at once open one account, also under two addresses', async () => {
  const alice = await new Person(place, newEmail()).signUp()
  const { body: sample } = await alice.call('GET', '/api/application/sample')
  const apply = (email_address: string) =>
    alice.call('POST', '/api/application', {
      body: { ...sample, contact: { ...sample.contact, email_address } },
    })
  const other = newEmail()
  const answers = await Promise.all([apply(alice.email), apply(other), apply(alice.email)])
  // The same application asked twice at once is one request; what is over by then is refused.
  const opened = answers.filter(({ status }) => status === 200).map(({ body }) => body.id)
  expect(new Set(opened).size).toBe(1)
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(answers.length - opened.length)
  const accounts = await Promise.all(
    [alice.email, other].map((query) => place.client.accounts.list({ query })),
  )
  expect(accounts.flat()).toHaveLength(1)
})

test('a bank whose connection is lost on the way is connected once', async () => {
  const alice = await (await new Person(place, newEmail()).signUp()).openAccount()
  network.loseAnswer('POST', /\/ach_relationships$/)
  const body = { public_token: await place.publicToken() }
  const first = await alice.call('POST', '/api/link/exchange', { body })
  expect(first).toMatchObject({ status: 200, body: { funding: null } })
  await until('the connection', async () => {
    const { banks } = (await alice.call('GET', '/api/banks')).body
    return banks.length === 1 && banks[0].funding !== null
  })
  const again = await alice.call('POST', '/api/link/exchange', { body })
  expect(again).toMatchObject({ status: 200, body: { id: first.body.id } })
  expect(await place.client.achRelationships.list(alice.accountId)).toHaveLength(1)
})

test('what was open when the platform ended is settled after it starts again', async () => {
  const alice = await funded(place, newEmail(), '500')
  const id = randomUUID()
  network.loseAnswer('POST', ORDERS)
  expect((await alice.call('PUT', `/api/orders/${id}`, { body: buy })).status).toBe(202)
  await place.restartPlatform()
  await until('the outcome', async () => {
    const { orders } = (await alice.call('GET', '/api/orders')).body
    return orders[0]?.broker_order_id !== null
  })
  expect(await place.client.orders.list(alice.accountId, { status: 'all' })).toHaveLength(1)
})

test('the same id is one request: many at once, again later, or with another body', async () => {
  const alice = await funded(place, newEmail(), '500')
  network.forgetCalls()
  for (const [path, body, other, posts] of [
    [
      '/api/transfers',
      { relationship_id: alice.relationshipId, direction: 'INCOMING', amount: '5' },
      { relationship_id: alice.relationshipId, direction: 'INCOMING', amount: '6' },
      TRANSFERS,
    ],
    ['/api/orders', buy, { ...buy, notional: '26' }, ORDERS],
  ] as const) {
    const id = randomUUID()
    const put = (what: unknown) => alice.call('PUT', `${path}/${id}`, { body: what })
    const answers = await Promise.all(Array.from({ length: 8 }, () => put(body)))
    answers.push(await put(body))
    expect(new Set(answers.map(({ status }) => status)), path).toEqual(new Set([200]))
    const ids = answers.map((answer) => answer.body.broker_transfer_id ?? answer.body.broker_order_id)
    expect(new Set(ids).size).toBe(1)
    expect(network.callsTo('POST', posts)).toBe(1)
    expect(await put(other)).toMatchObject({ status: 409, body: { error: { code: 'request_id_taken' } } })
    const elsewhere = path === '/api/orders' ? '/api/transfers' : '/api/orders'
    const crossed =
      elsewhere === '/api/orders'
        ? buy
        : { relationship_id: alice.relationshipId, direction: 'INCOMING', amount: '5' }
    expect((await alice.call('PUT', `${elsewhere}/${id}`, { body: crossed })).status).toBe(409)
  }
})

test('a refusal is remembered: asking again with the same id is refused the same way, without a call', async () => {
  const alice = await funded(place, newEmail(), '50')
  const id = randomUUID()
  const put = () => alice.call('PUT', `/api/orders/${id}`, { body: { ...buy, notional: '500' } })
  const first = await put()
  expect(first).toMatchObject({
    status: 403,
    body: { error: { code: 'insufficient_buying_power', details: { buying_power: '50' } } },
  })
  network.forgetCalls()
  const second = await put()
  expect({ ...second.body.error, request_id: '' }).toEqual({ ...first.body.error, request_id: '' })
  expect(network.callsTo('POST', ORDERS)).toBe(0)
  const { orders } = (await alice.call('GET', '/api/orders')).body
  expect(orders).toMatchObject([{ id, status: 'REFUSED', reason: first.body.error.message }])
})

test("the seed's routes take a name for a request, and answer the same to the same name", async () => {
  const alice = await funded(place, newEmail(), '500')
  const transfer = () =>
    alice.call('POST', `/accounts/${alice.email}/transfer`, {
      headers: { 'idempotency-key': 'rent-november' },
      body: { relationship_id: alice.relationshipId, transfer_amount: '40' },
    })
  const [one, two] = [await transfer(), await transfer()]
  expect(two.body.transfer_data.id).toBe(one.body.transfer_data.id)
  const order = (extra: object = {}) =>
    alice.call('POST', `/trading/accounts/${alice.accountId}/orders`, {
      body: { ...buy, client_order_id: 'my-order-1', ...extra },
    })
  const [three, four] = [await order(), await order()]
  expect(three.body.order).toMatchObject({ client_order_id: 'my-order-1' })
  expect(four.body.order.id).toBe(three.body.order.id)
  expect((await order({ notional: '26' })).status).toBe(409)
  expect(await place.client.transfers.list(alice.accountId)).toHaveLength(2)
})

test('cancelling works once and twice, and not when it is too late', async () => {
  const alice = await funded(place, newEmail(), '500')
  const id = randomUUID()
  const body = { relationship_id: alice.relationshipId, direction: 'INCOMING', amount: '7' }
  await alice.call('PUT', `/api/transfers/${id}`, { body })
  for (const _turn of [1, 2]) {
    const canceled = await alice.call('POST', `/api/transfers/${id}/cancel`)
    expect(canceled).toMatchObject({ status: 200, body: { id, status: 'CANCELED', can_cancel: false } })
  }
  const { transfers } = (await alice.call('GET', '/api/transfers')).body
  const settled = transfers.find((transfer: { status: string }) => transfer.status === 'COMPLETE')
  expect(await alice.call('POST', `/api/transfers/${settled.id}/cancel`)).toMatchObject({
    status: 422,
    body: { error: { code: 'transfer_not_cancelable' } },
  })
  expect((await alice.call('POST', `/api/orders/${randomUUID()}/cancel`)).status).toBe(404)
})
