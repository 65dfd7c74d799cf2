import { expect, test } from 'vitest'
import { booksBalance } from './trading-books.ts'
import { SATURDAY, tradingWorld } from './trading-world.ts'

test('fifty requests with one client order id make exactly one order', async () => {
  await using world = await tradingWorld({ cashMinor: 10_000_00n })
  const { alice } = world
  const order = { symbol: 'SPY', notional: 100, client_order_id: 'one' }
  const answers = await Promise.all(Array.from({ length: 50 }, () => world.order(alice, order)))
  const accepted = answers.filter(({ status }) => status === 200)
  expect(accepted).toHaveLength(1)
  for (const { status, body } of answers) {
    if (status !== 200) expect({ status, code: body.code }).toEqual({ status: 422, code: 40010001 })
  }
  await world.settled(alice, accepted[0]?.body.id)
  expect(await world.cash(alice)).toEqual({ posted: 9_900_00n, held: 0n })
  await booksBalance(world)
})

test('of two orders for the same cash one is refused', async () => {
  await using world = await tradingWorld({ cashMinor: 150_00n })
  const { alice } = world
  const order = { symbol: 'SPY', notional: 100 }
  const answers = await Promise.all([world.order(alice, order), world.order(alice, order)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403])
  for (const { status, body } of answers) if (status === 200) await world.settled(alice, body.id)
  expect(await world.cash(alice)).toEqual({ posted: 50_00n, held: 0n })
})

test('of two sales of the same shares one is refused', async () => {
  await using world = await tradingWorld()
  const { alice } = world
  await world.buy(alice, 'KO', '10')
  // Far from the market, so that both would have to wait with the shares set aside.
  const sale = { symbol: 'KO', qty: 10, side: 'sell', type: 'limit', limit_price: 100_000 }
  const answers = await Promise.all([world.order(alice, sale), world.order(alice, sale)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403])
  await booksBalance(world)
})

test('a cancellation and the fill of the same order never both happen', async () => {
  await using world = await tradingWorld({ marketHours: 'exchange', at: SATURDAY })
  const { alice, clock } = world
  const orders = await Promise.all(
    Array.from({ length: 30 }, () => world.order(alice, { symbol: 'KO', notional: 10 })),
  )
  clock.moveTo(Temporal.Instant.from('2026-11-23T14:30:00Z'))
  const cancellations = await Promise.all(
    orders.map(({ body }) => world.call('DELETE', `${world.ordersOf(alice)}/${body.id}`)),
  )
  let filled = 0n
  for (const [index, { body }] of orders.entries()) {
    const order = await world.settled(alice, body.id)
    const wasCanceled = cancellations[index]?.status === 204
    if (!wasCanceled) expect(cancellations[index]?.body.code).toBe(42210000)
    expect(order.status).toBe(wasCanceled ? 'canceled' : 'filled')
    if (!wasCanceled) filled += 1n
  }
  expect(await world.cash(alice)).toEqual({ posted: 10_000_00n - filled * 10_00n, held: 0n })
  await booksBalance(world)
})

test('many customers who trade at once in both directions leave balanced books', async () => {
  await using world = await tradingWorld()
  const customers = [
    world.alice,
    ...(await Promise.all(Array.from({ length: 5 }, () => world.customer(500_00n)))),
  ]
  const symbols = ['KO', 'PEP', 'BTC/USD']
  const attempts = Array.from({ length: 60 }, async (_, index) => {
    const customer = customers[index % customers.length] ?? world.alice
    const symbol = symbols[index % symbols.length] ?? 'KO'
    const side = index % 4 === 3 ? 'sell' : 'buy'
    const timeInForce = symbol === 'BTC/USD' ? 'gtc' : 'day'
    const order = { symbol, notional: 5 + (index % 7), side, time_in_force: timeInForce }
    const { status, body } = await world.order(customer, order)
    expect([200, 403, 422]).toContain(status)
    if (status === 200) expect((await world.settled(customer, body.id)).status).toBe('filled')
  })
  await Promise.all(attempts)
  await booksBalance(world)
})
