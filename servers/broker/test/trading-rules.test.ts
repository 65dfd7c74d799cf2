import { trimmedUsd } from '@paddock/money'
import { expect, test } from 'vitest'
import { SATURDAY, tradingWorld } from './trading-world.ts'

const buy = { type: 'market', time_in_force: 'day', side: 'buy' }

test.for([
  { posted: 100_05n, held: 0n, cost: 100_05n, answer: 200 },
  { posted: 100_04n, held: 0n, cost: 100_05n, answer: 403 },
  { posted: 200_00n, held: 99_95n, cost: 100_05n, answer: 200 },
  { posted: 200_00n, held: 99_96n, cost: 100_05n, answer: 403 },
  { posted: 1_00n, held: 0n, cost: 1_00n, answer: 200 },
  { posted: 0n, held: 0n, cost: 1_00n, answer: 403 },
])('$posted posted, $held held: buying for $cost answers $answer', async ({ posted, held, cost, answer }) => {
  // The exchange is closed, so that what is held stays held.
  await using world = await tradingWorld({ cashMinor: posted, marketHours: 'exchange', at: SATURDAY })
  const { alice } = world
  if (held > 0n) await world.order(alice, { ...buy, symbol: 'SPY', notional: trimmedUsd(held) })
  const attempt = await world.order(alice, { ...buy, symbol: 'SPY', notional: trimmedUsd(cost) })
  expect(attempt.status).toBe(answer)
  if (answer === 403) {
    expect(attempt.body).toEqual({
      code: 40310000,
      message: 'insufficient buying power',
      buying_power: trimmedUsd(posted - held),
      cost_basis: trimmedUsd(cost),
    })
  }
  expect(await world.cash(alice)).toEqual({ posted, held: held + (answer === 200 ? cost : 0n) })
})

test('a buy by shares needs its cost at the ask and 2.5 percent, to the cent', async () => {
  await using world = await tradingWorld({ cashMinor: 0n })
  const { askMicro } = world.quote('KO')
  // Ten shares: micro dollars to cents, both steps rounded up.
  const collaredMicro = askMicro + (askMicro * 25n + 999n) / 1_000n
  const neededMinor = (collaredMicro * 10n + 9_999n) / 10_000n
  const [short, enough] = [await world.customer(neededMinor - 1n), await world.customer(neededMinor)]
  const tenShares = { ...buy, symbol: 'KO', qty: 10 }
  expect(await world.order(short, tenShares)).toMatchObject({
    status: 403,
    body: { buying_power: trimmedUsd(neededMinor - 1n), cost_basis: trimmedUsd(neededMinor) },
  })
  expect(await world.cash(short)).toEqual({ posted: neededMinor - 1n, held: 0n })
  const { status, body } = await world.order(enough, tenShares)
  expect(status).toBe(200)
  expect(await world.settled(enough, body.id)).toMatchObject({ status: 'filled' })
})

/** What is no order at all. What an order may not be is in the table of orders-rules.test.ts. */
const malformed: readonly [string, object, number, number, string][] = [
  ['an unknown side', { symbol: 'KO', qty: 1, side: 'hold' }, 422, 40010001, 'side'],
  ['an unknown type', { symbol: 'KO', qty: 1, type: 'guess' }, 422, 40010001, 'type'],
  ['an unknown class', { symbol: 'KO', qty: 1, order_class: 'pair' }, 422, 40010001, 'order_class'],
  ['no type', { symbol: 'KO', qty: 1, type: undefined }, 422, 40010001, 'type is required'],
  ['an empty decimal', { symbol: 'KO', qty: '' }, 400, 40010000, 'request body format is invalid'],
  ['an object for a decimal', { symbol: 'KO', qty: {} }, 400, 40010000, 'request body format is invalid'],
  [
    'a word for a decimal',
    { symbol: 'KO', notional: 'ten' },
    400,
    40010000,
    'request body format is invalid',
  ],
  ['a word for an exit', { symbol: 'KO', qty: 1, stop_loss: 'low' }, 400, 40010000, 'request body format'],
  ['a number for a symbol', { symbol: 5, qty: 1 }, 400, 40010000, 'request body format is invalid'],
  ['a symbol of strange letters', { symbol: '"K:O"', qty: 1 }, 422, 42210000, 'asset ""K:O"" not found'],
  [
    'a long name',
    { symbol: 'KO', qty: 1, client_order_id: 'x'.repeat(129) },
    422,
    40010001,
    'client_order_id',
  ],
]

test('what is no order is refused by its field and leaves nothing behind', async () => {
  await using world = await tradingWorld()
  const { alice } = world
  for (const [what, body, status, code, message] of malformed) {
    const answer = await world.order(alice, body)
    expect({ what, status: answer.status, code: answer.body.code }).toEqual({ what, status, code })
    expect(answer.body.message, what).toContain(message)
  }
  const { body: orders } = await world.call('GET', `${world.ordersOf(alice)}?status=all`)
  expect(orders).toEqual([])
})

test('bodies that are no order are 400 or 422, never 500', async () => {
  await using world = await tradingWorld()
  const path = world.ordersOf(world.alice)
  for (const body of [[], null, 5, 'text', {}, { symbol: null }, { legs: 'x' }]) {
    const { status, body: answer } = await world.call('POST', path, body)
    expect([400, 422]).toContain(status)
    expect(answer).toMatchObject({ code: expect.any(Number), message: expect.any(String) })
  }
})

test('an account that does not exist is answered like a wrong key', async () => {
  await using world = await tradingWorld()
  const nobody = '00000000-0000-4000-8000-000000000000'
  const ordersPath = world.ordersOf(nobody)
  const attempts = [
    await world.order(nobody, { symbol: 'KO', qty: 1 }),
    await world.call('GET', ordersPath),
    await world.call('GET', `${ordersPath}/${nobody}`),
    await world.call('GET', `${ordersPath}:by_client_order_id?client_order_id=a`),
    await world.call('DELETE', `${ordersPath}/${nobody}`),
    await world.call('DELETE', ordersPath),
    await world.call('GET', world.positionsOf(nobody)),
    await world.call('GET', `${world.positionsOf(nobody)}/KO`),
    await world.call('DELETE', `${world.positionsOf(nobody)}/KO`),
  ]
  for (const attempt of attempts) expect(attempt).toMatchObject({ status: 401, body: { code: 40110000 } })
})

test('an account that is not active does not trade, and crypto has a status of its own', async () => {
  await using world = await tradingWorld()
  const { alice, db } = world
  const coin = { symbol: 'BTC/USD', notional: 20, time_in_force: 'gtc' }
  await db.updateTable('accounts').set({ crypto_status: 'INACTIVE' }).where('id', '=', alice).execute()
  expect(await world.order(alice, coin)).toEqual({
    status: 403,
    body: { code: 40310000, message: 'crypto orders not allowed for account' },
  })
  expect(await world.order(alice, { symbol: 'KO', qty: 1 })).toMatchObject({ status: 200 })
  await db.updateTable('accounts').set({ status: 'ACCOUNT_CLOSED' }).where('id', '=', alice).execute()
  expect(await world.order(alice, { symbol: 'KO', qty: 1 })).toMatchObject({
    status: 403,
    body: { code: 40310000, message: 'account is not active' },
  })
})

test('a repeated client order id is refused before every other rule, and does nothing twice', async () => {
  await using world = await tradingWorld({ cashMinor: 100_00n })
  const { alice } = world
  const order = { symbol: 'SPY', notional: 100, client_order_id: 'once' }
  const { body: first } = await world.order(alice, order)
  const taken = { status: 422, body: { code: 40010001, message: 'client_order_id must be unique' } }
  expect(await world.order(alice, order)).toEqual(taken)
  expect(await world.order(alice, { ...order, symbol: 'NOPE', notional: '0.001' })).toEqual(taken)
  await world.settled(alice, first.id)
  expect(await world.order(alice, order)).toEqual(taken)
  expect(await world.cash(alice)).toEqual({ posted: 0n, held: 0n })
  const found = await world.call('GET', `${world.ordersOf(alice)}:by_client_order_id?client_order_id=once`)
  expect(found).toMatchObject({ status: 200, body: { id: first.id, status: 'filled' } })
})

test('a refused order does not take its client order id', async () => {
  await using world = await tradingWorld({ cashMinor: 10_00n })
  const { alice } = world
  const order = { symbol: 'SPY', notional: 20, client_order_id: 'retry' }
  expect((await world.order(alice, order)).status).toBe(403)
  await world.give(alice, 10_00n)
  expect((await world.order(alice, order)).status).toBe(200)
})

test('two customers may use the same client order id, and neither sees the order of the other', async () => {
  await using world = await tradingWorld()
  const bob = await world.customer(1_000_00n)
  const order = { symbol: 'KO', qty: 1, client_order_id: 'same' }
  const { body: ofAlice } = await world.order(world.alice, order)
  expect((await world.order(bob, order)).status).toBe(200)
  const path = `${world.ordersOf(bob)}/${ofAlice.id}`
  const missing = { status: 404, body: { code: 40410000, message: `order not found for ${ofAlice.id}` } }
  expect(await world.call('GET', path)).toEqual(missing)
  expect(await world.call('DELETE', path)).toEqual(missing)
})

test('a commission is held with the order, charged at the fill and goes to the firm', async () => {
  await using world = await tradingWorld({ cashMinor: 26_00n })
  const { alice } = world
  const order = { symbol: 'SPY', notional: 25, commission: '1.01' }
  expect(await world.order(alice, order)).toMatchObject({ status: 403, body: { cost_basis: '26.01' } })
  const { body } = await world.order(alice, { ...order, commission: 1 })
  expect(await world.settled(alice, body.id)).toMatchObject({ status: 'filled', commission: '1' })
  expect(await world.cash(alice)).toEqual({ posted: 0n, held: 0n })
  expect(await world.balance('firm:commission:USD')).toBe(1_00n)
})
