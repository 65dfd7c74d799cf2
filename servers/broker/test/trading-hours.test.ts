import { expect, test } from 'vitest'
import { assets } from '../src/assets/asset.ts'
import { quoteOf } from '../src/market/market.ts'
import { booksBalance } from './trading-books.ts'
import { SATURDAY, tradingWorld } from './trading-world.ts'

const MONDAY_OPEN = Temporal.Instant.from('2026-11-23T14:30:00Z')
const closed = { marketHours: 'exchange', at: SATURDAY } as const

test('an order outside the session waits as accepted and fills at the open', async () => {
  await using world = await tradingWorld(closed)
  const { alice, clock } = world
  const { body } = await world.order(alice, { symbol: 'KO', notional: 100 })
  expect(body).toMatchObject({ status: 'accepted', expires_at: '2026-11-23T21:00:00Z' })
  expect(await world.cash(alice)).toEqual({ posted: 10_000_00n, held: 100_00n })

  clock.moveTo(MONDAY_OPEN.subtract({ seconds: 1 }))
  await world.agendaHasLooked()
  expect((await world.call('GET', `${world.ordersOf(alice)}/${body.id}`)).body.status).toBe('accepted')
  clock.moveTo(MONDAY_OPEN)
  expect(await world.settled(alice, body.id)).toMatchObject({
    status: 'filled',
    filled_at: '2026-11-23T14:30:00Z',
  })
  expect(await world.tradeEvents(alice)).toMatchObject([
    { event: 'accepted', order: { status: 'accepted' } },
    { event: 'new', order: { status: 'new' } },
    { event: 'fill', order: { status: 'filled' }, settle_date: '2026-11-24' },
  ])
})

test('coins trade while the exchange is closed', async () => {
  await using world = await tradingWorld(closed)
  const { body } = await world.order(world.alice, { symbol: 'ETH/USD', notional: 50, time_in_force: 'ioc' })
  expect(body.status).toBe('new')
  expect(await world.settled(world.alice, body.id)).toMatchObject({ status: 'filled' })
})

test('a waiting order can be canceled once, and what it held is free again', async () => {
  await using world = await tradingWorld(closed)
  const { alice } = world
  const { body } = await world.order(alice, { symbol: 'KO', qty: 3 })
  const path = `${world.ordersOf(alice)}/${body.id}`
  expect(await world.call('DELETE', path)).toEqual({ status: 204, body: undefined })
  expect(await world.cash(alice)).toEqual({ posted: 10_000_00n, held: 0n })
  expect((await world.call('GET', path)).body).toMatchObject({
    status: 'canceled',
    canceled_at: SATURDAY.toString(),
    filled_qty: '0',
    filled_avg_price: null,
  })
  expect(await world.call('DELETE', path)).toEqual({
    status: 422,
    body: { code: 42210000, message: 'order is already in "canceled" state' },
  })
  world.clock.moveTo(MONDAY_OPEN)
  await world.agendaHasLooked()
  expect((await world.call('GET', path)).body.status).toBe('canceled')
  await booksBalance(world)
})

test('cancel all cancels every open order and tells of each', async () => {
  await using world = await tradingWorld(closed)
  const { alice } = world
  const placed = []
  for (const symbol of ['KO', 'PEP', 'SPY'])
    placed.push((await world.order(alice, { symbol, notional: 20 })).body.id)
  const { status, body } = await world.call('DELETE', world.ordersOf(alice))
  expect(status).toBe(207)
  expect(body).toEqual(placed.map((id) => ({ id, status: 200 })))
  expect(await world.cash(alice)).toEqual({ posted: 10_000_00n, held: 0n })
  expect(await world.call('DELETE', world.ordersOf(alice))).toEqual({ status: 207, body: [] })
})

test('shares that wait to be sold are not available, and closing the position says so', async () => {
  await using world = await tradingWorld({ marketHours: 'exchange' })
  const { alice, clock } = world
  await world.buy(alice, 'KO', '5')
  clock.moveTo(SATURDAY)
  expect((await world.order(alice, { symbol: 'KO', qty: 2, side: 'sell' })).status).toBe(200)
  const path = `${world.positionsOf(alice)}/KO`
  expect((await world.call('GET', path)).body).toMatchObject({ qty: '5', qty_available: '3' })
  expect(await world.call('DELETE', path)).toMatchObject({
    status: 403,
    body: { available: '3', existing_qty: '5', held_for_orders: '2' },
  })
})

test('an order whose price ran away past its hold is rejected, or paid from free cash where there is some', async () => {
  const { asset: rising, market } = riserOverTheWeekend()
  await using world = await tradingWorld({ ...closed, seed: market.seed, cashMinor: 0n })
  const [tight, ample] = [await world.customer(1_000_00n), await world.customer(2_000_00n)]
  const shares = (1_000_00n * 10n ** 13n * 1000n) / (quoteOf(market, rising, SATURDAY).askMicro * 1026n)
  const qty = `${shares / 10n ** 9n}.${String(shares % 10n ** 9n).padStart(9, '0')}`
  const order = { symbol: rising.symbol, qty }
  const [first, second] = [await world.order(tight, order), await world.order(ample, order)]
  world.clock.moveTo(MONDAY_OPEN)
  expect(await world.settled(tight, first.body.id)).toMatchObject({
    status: 'rejected',
    failed_at: MONDAY_OPEN.toString(),
  })
  expect(await world.settled(ample, second.body.id)).toMatchObject({ status: 'filled' })
  expect(await world.cash(tight)).toEqual({ posted: 1_000_00n, held: 0n })
  expect((await world.tradeEvents(tight)).map(({ event }) => event)).toEqual(['accepted', 'new', 'rejected'])
  await booksBalance(world)
})

/** A seed and a share whose ask rises from Friday's close to Monday's open by more than the collar. */
function riserOverTheWeekend() {
  for (let number = 0; number < 100; number += 1) {
    const market = { seed: `riser-${number}`, marketHours: 'exchange' } as const
    const asset = assets.find((candidate) => {
      if (candidate.assetClass === 'crypto' || !candidate.tradable) return false
      const before = quoteOf(market, candidate, SATURDAY).askMicro
      // Below fifty dollars the collar is wider than what any share rises in a weekend.
      if (before < 50_000_000n || !candidate.fractionable) return false
      return quoteOf(market, candidate, MONDAY_OPEN).askMicro > (before * 104n) / 100n
    })
    if (asset !== undefined) return { asset, market }
  }
  throw new Error('no share ever rises')
}
