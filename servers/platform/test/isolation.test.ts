import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicRoutes } from '../src/http/access.ts'
import { funded, type Person, type World, world } from './world.ts'

let place: World
let alice: Person
let bob: Person
let bobs: { transfer: string; brokerTransfer: string; order: string; brokerOrder: string; bank: string }

const buy = { symbol: 'SPY', notional: '25', side: 'buy', type: 'market', time_in_force: 'day' }

beforeAll(async () => {
  place = await world()
  alice = await funded(place, 'alice@example.org')
  bob = await funded(place, 'bob@example.org')
  const transfer = await bob.call('PUT', `/api/transfers/${randomUUID()}`, {
    body: { relationship_id: bob.relationshipId, direction: 'INCOMING', amount: '9' },
  })
  const order = await bob.call('PUT', `/api/orders/${randomUUID()}`, { body: buy })
  const { banks } = (await bob.call('GET', '/api/banks')).body
  bobs = {
    transfer: transfer.body.id,
    brokerTransfer: transfer.body.broker_transfer_id,
    order: order.body.id,
    brokerOrder: order.body.broker_order_id,
    bank: banks[0].id,
  }
})
afterAll(async () => {
  await place?.[Symbol.asyncDispose]()
})

/** Routes whose parameter names nothing of anybody's. */
const notOwned: Record<string, string> = {
  'GET /api/assets/:symbol': 'market data',
  'GET /api/assets/:symbol/bars': 'market data',
  'PUT /api/transfers/:id': 'the caller makes the id; tested below',
  'PUT /api/orders/:id': 'the caller makes the id; tested below',
}

/** How to reach for something of Bob's on each route that names something. */
const attempts: Record<string, { ids: () => string[]; body?: () => unknown }> = {
  'GET /accounts/:identifier': { ids: () => accountNames() },
  'POST /accounts/:identifier/ach_relationship': {
    ids: () => accountNames(),
    body: () => ({ processor_token: 'processor-sandbox-1' }),
  },
  'POST /accounts/:identifier/transfer': {
    ids: () => accountNames(),
    body: () => ({ relationship_id: bob.relationshipId, transfer_amount: 5 }),
  },
  'POST /trading/accounts/:identifier/orders': { ids: () => accountNames(), body: () => buy },
  'GET /trading/accounts/:identifier/orders': { ids: () => accountNames() },
  'GET /trading/accounts/:identifier/positions': { ids: () => accountNames() },
  'DELETE /api/banks/:id': { ids: () => [bobs.bank] },
  'POST /api/transfers/:id/cancel': { ids: () => [bobs.transfer, bobs.brokerTransfer] },
  'POST /api/orders/:id/cancel': { ids: () => [bobs.order, bobs.brokerOrder] },
}

const accountNames = () => [bob.accountId, bob.accountId.toUpperCase(), bob.email, 'BOB@example.org']

function routesOf(): string[] {
  return place.platform.routes.filter((route) => !/^(?:HEAD|OPTIONS) /.test(route))
}

test('every route that names something has its attempt here', () => {
  const naming = routesOf().filter((route) => route.includes(':'))
  expect(naming.sort()).toEqual([...Object.keys(attempts), ...Object.keys(notOwned)].sort())
})

test("whatever is Bob's is to Alice as if it did not exist", async () => {
  const before = await ofBob()
  for (const [route, { ids, body }] of Object.entries(attempts)) {
    const [method = '', path = ''] = route.split(' ')
    const ask = async (id: string) => {
      const options = body === undefined ? {} : { body: body() }
      const answer = await alice.call(method, path.replace(/:\w+/, encodeURIComponent(id)), options)
      return { status: answer.status, error: { ...answer.body?.error, request_id: '' } }
    }
    const nobody = await ask(randomUUID())
    expect(nobody.status, route).toBe(404)
    for (const id of [...ids(), 'nobody@example.org'].filter(
      (id) => !route.includes('/api/') || !id.includes('@'),
    )) {
      expect(await ask(id), `${route} with ${id}`).toEqual(nobody)
    }
  }
  expect(await ofBob()).toEqual(before)
})

test("Bob's ids in bodies are worth nothing to Alice, and ids that both made do not meet", async () => {
  const before = await ofBob()
  const wish = { direction: 'INCOMING', amount: '5' }
  const put = (id: string, relationship_id: string) =>
    alice.call('PUT', `/api/transfers/${id}`, { body: { ...wish, relationship_id } })
  const foreign = await put(randomUUID(), bob.relationshipId)
  const unknown = await put(randomUUID(), randomUUID())
  expect(foreign).toMatchObject({ status: 422, body: { error: { code: 'relationship_invalid' } } })
  expect({ ...foreign.body.error, request_id: '' }).toEqual({ ...unknown.body.error, request_id: '' })

  const own = await put(bobs.transfer, alice.relationshipId)
  expect(own).toMatchObject({ status: 200, body: { amount: '5.00' } })
  expect(own.body.broker_transfer_id).not.toBe(bobs.brokerTransfer)
  const order = await alice.call('PUT', `/api/orders/${bobs.order}`, { body: { ...buy, notional: '7' } })
  expect(order).toMatchObject({ status: 200, body: { notional: '7.00' } })
  expect(order.body.broker_order_id).not.toBe(bobs.brokerOrder)

  const { processor_token } = (
    await bob.call('POST', '/plaid/exchange_public_token', {
      body: { public_token: await place.publicToken() },
    })
  ).body
  const stolen = await alice.call('POST', `/accounts/${alice.email}/ach_relationship`, {
    body: { processor_token },
  })
  expect(stolen).toMatchObject({ status: 422, body: { error: { code: 'processor_token_invalid' } } })
  expect({ ...(await ofBob()), banks: [] }).toEqual({ ...before, banks: [] })
})

test('nothing is open that is not on the list: without a session, with an ended one, with a made-up one', async () => {
  const guests = [{}, { token: 'abc.def.ghi' }, { headers: { cookie: 'paddock_session=abc' } }]
  const closed = routesOf().filter((route) => !publicRoutes.includes(route))
  expect(closed.length).toBeGreaterThan(25)
  for (const route of closed) {
    const [method = '', path = ''] = route.split(' ')
    for (const guest of guests) {
      const body = method === 'GET' ? {} : { body: {} }
      const answer = await place.call(method, path.replace(/:\w+/, randomUUID()), { ...guest, ...body })
      expect({ route, status: answer.status, code: answer.body?.error?.code }).toEqual({
        route,
        status: 401,
        code: 'not_signed_in',
      })
    }
  }
})

test('what only operators may do is forbidden to customers', async () => {
  expect(await alice.call('GET', '/trading/positions')).toMatchObject({
    status: 403,
    body: { error: { code: 'operators_only' } },
  })
})

/** All that Bob has. */
async function ofBob() {
  const read = async (path: string) => (await bob.call('GET', path)).body
  const [transfers, orders, banks] = await Promise.all([
    read('/api/transfers'),
    place.client.orders.list(bob.accountId, { status: 'all' }).then((list) => list.map(({ id }) => id)),
    read('/api/banks'),
  ])
  return { transfers, orders, banks }
}
