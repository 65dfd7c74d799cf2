import { expect, test } from 'vitest'
import { type OrderWorld, orderWorld } from './order-world.ts'

/** KO at $50.00, where nothing executes by itself. */
async function standingWorld(cashMinor = 10_000_00n) {
  const world = await orderWorld({ cashMinor })
  await world.market('KO', { price: '50', fill_mode: 'never' })
  return world
}

const limitBuy = { symbol: 'KO', type: 'limit', limit_price: '50.00', qty: '10' }

async function expectCash(world: OrderWorld, postedMinor: bigint, heldMinor: bigint): Promise<void> {
  expect(await world.cash(world.alice)).toEqual({ posted: postedMinor, held: heldMinor })
}

test('a buy in three parts pays each part, and holds what the rest needs to the cent', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const { id } = await world.place(alice, { ...limitBuy, commission: '1.00' })
  await expectCash(world, 10_000_00n, 501_00n)
  await world.fill(id, { qty: '3', price: '49.99' })
  // 3 × 49.99 and three tenths of the commission are paid.
  await expectCash(world, 10_000_00n - 149_97n - 30n, 350_70n)
  expect(await world.look(alice, id)).toMatchObject({ status: 'partially_filled', filled_qty: '3' })
  await world.fill(id, { qty: '4', price: '50.00' })
  await expectCash(world, 10_000_00n - 349_97n - 70n, 150_30n)
  await world.fill(id)
  await expectCash(world, 10_000_00n - 499_97n - 1_00n, 0n)
  expect(await world.look(alice, id)).toMatchObject({
    status: 'filled',
    filled_qty: '10',
    filled_avg_price: '49.997',
  })
  expect(await world.told(id)).toEqual(['new', 'partial_fill', 'partial_fill', 'fill'])
  expect(await world.shares(alice, 'KO')).toEqual({ qty: '10', available: '10' })
  await world.checked()
})

test('a partly filled buy that is canceled frees its rest to the cent and keeps its shares', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const { id } = await world.place(alice, { ...limitBuy, commission: '1.00' })
  await world.fill(id, { qty: '3', price: '49.99' })
  expect((await world.cancel(alice, id)).status).toBe(204)
  await expectCash(world, 10_000_00n - 149_97n - 30n, 0n)
  expect(await world.look(alice, id)).toMatchObject({ status: 'canceled', filled_qty: '3' })
  expect(await world.told(id)).toEqual(['new', 'partial_fill', 'canceled'])
  const again = await world.cancel(alice, id)
  expect({ status: again.status, message: again.body.message }).toEqual({
    status: 422,
    message: 'order is already in "canceled" state',
  })
  await world.checked()
})

test('a flat commission that was paid in part was paid again by the order that replaced it', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const { id } = await world.place(alice, { ...limitBuy, commission: '1.00' })
  await world.fill(id, { qty: '3', price: '50.00' })
  const { body } = await world.replace(alice, id, { limit_price: '49.00' })
  await expectCash(world, 10_000_00n - 150_30n, 7n * 49_00n + 70n)
  await world.fill(body.id)
  await expectCash(world, 10_000_00n - 150_00n - 343_00n - 1_00n, 0n)
  await world.checked()
})

test('a sale in parts holds the shares that are left, and a reject frees them', async () => {
  await using world = await standingWorld()
  const { alice } = world
  await world.own(alice, 'KO', '10')
  const sale = { symbol: 'KO', side: 'sell', type: 'limit', limit_price: '55.00' }
  const { id } = await world.place(alice, { ...sale, qty: '8' })
  expect(await world.shares(alice, 'KO')).toEqual({ qty: '10', available: '2' })
  await world.fill(id, { qty: '5', price: '55.00' })
  expect(await world.shares(alice, 'KO')).toEqual({ qty: '5', available: '2' })
  expect((await world.cancel(alice, id)).status).toBe(204)
  expect(await world.shares(alice, 'KO')).toEqual({ qty: '5', available: '5' })
  const { id: unwanted } = await world.place(alice, { ...sale, qty: '5' })
  await world.sim(`orders/${unwanted}/reject`)
  expect(await world.shares(alice, 'KO')).toEqual({ qty: '5', available: '5' })
  expect(await world.told(unwanted)).toEqual(['new', 'rejected'])
  await world.checked()
})

test('a market buy holds the ask and its collar, and frees what it did not need', async () => {
  await using world = await orderWorld()
  const { alice } = world
  const { ask } = await world.market('KO', { price: '50', fill_mode: 'never' })
  const { id } = await world.place(alice, { symbol: 'KO', qty: '10' })
  const askMinor = BigInt(Math.round(Number(ask) * 100))
  const collaredMicro = askMinor * 10_000n + (askMinor * 10_000n * 25n) / 1_000n
  await expectCash(world, 10_000_00n, (collaredMicro * 10n + 9_999n) / 10_000n)
  await world.market('KO', { fill_mode: 'normal' })
  await world.advance()
  expect(await world.look(alice, id)).toMatchObject({ status: 'filled', filled_avg_price: ask })
  await expectCash(world, 10_000_00n - askMinor * 10n, 0n)
  await world.checked()
})

test('a day order expires at the close and frees all that it held', async () => {
  await using world = await orderWorld({ marketHours: 'exchange' })
  const { alice } = world
  await world.market('KO', { price: '50' })
  const { id, expires_at } = await world.place(alice, { ...limitBuy, limit_price: '40.00' })
  expect(expires_at).toBe('2026-11-20T21:00:00Z')
  await world.advance({ to: '2026-11-20T20:59:59Z' })
  expect(await world.look(alice, id)).toMatchObject({ status: 'new' })
  await world.advance({ seconds: 1 })
  expect(await world.look(alice, id)).toMatchObject({
    status: 'expired',
    expired_at: '2026-11-20T21:00:00Z',
  })
  await expectCash(world, 10_000_00n, 0n)
  expect(await world.told(id)).toEqual(['new', 'expired'])
  await world.checked()
})

test('an order that stays until canceled is over after 90 days', async () => {
  await using world = await orderWorld({ marketHours: 'exchange' })
  const { alice } = world
  await world.market('KO', { price: '50', fill_mode: 'never' })
  const { id, expires_at } = await world.place(alice, { ...limitBuy, time_in_force: 'gtc' })
  expect(expires_at).toBe('2027-02-18T21:15:00Z')
  // What else a broker does in 90 days takes long, and does not matter here.
  await world.asOwner('delete from agenda')
  await world.advance({ to: '2027-02-18T21:14:59Z' })
  expect(await world.look(alice, id)).toMatchObject({ status: 'new' })
  await world.advance({ seconds: 1 })
  expect(await world.look(alice, id)).toMatchObject({ status: 'expired', expired_at: expires_at })
  await expectCash(world, 10_000_00n, 0n)
})

test('each replacement takes the place of the one before, under an id and a client order id of its own', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const first = await world.place(alice, { ...limitBuy, client_order_id: 'one' })
  const second = await world.replace(alice, first.id, { limit_price: '48.00', client_order_id: 'two' })
  expect(second.body).toMatchObject({ status: 'new', replaces: first.id, client_order_id: 'two', qty: '10' })
  await expectCash(world, 10_000_00n, 480_00n)
  const third = await world.replace(alice, second.body.id, { qty: '20' })
  await expectCash(world, 10_000_00n, 960_00n)
  expect(third.body).toMatchObject({ replaces: second.body.id, qty: '20', limit_price: '48' })
  const chain = [first.id, second.body.id, third.body.id]
  expect(await Promise.all(chain.map((id) => world.look(alice, id)))).toMatchObject([
    { status: 'replaced', replaced_by: chain[1], replaces: null },
    { status: 'replaced', replaced_by: chain[2], replaces: chain[0] },
    { status: 'new', replaced_by: null, replaces: chain[1] },
  ])
  expect(await world.told(first.id)).toEqual(['new', 'replaced'])
  const taken = await world.replace(alice, chain[2], { qty: '5', client_order_id: 'one' })
  expect({ status: taken.status, code: taken.body.code }).toEqual({ status: 422, code: 40010001 })
  const tooMuch = await world.replace(alice, chain[2], { qty: '1000' })
  expect(tooMuch.status).toBe(403)
  await expectCash(world, 10_000_00n, 960_00n)
  expect((await world.replace(alice, first.id, { qty: '5' })).status).toBe(422)
  await world.checked()
})

test('a partly filled order is replaced by one for the rest', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const { id } = await world.place(alice, limitBuy)
  await world.fill(id, { qty: '4', price: '50.00' })
  expect((await world.replace(alice, id, { qty: '4' })).body.message).toBe('qty must be > filled_qty')
  const { body } = await world.replace(alice, id, { qty: '6' })
  expect(body).toMatchObject({ status: 'new', filled_qty: '0', qty: '2' })
  await expectCash(world, 10_000_00n - 200_00n, 100_00n)
  await world.fill(body.id)
  await expectCash(world, 10_000_00n - 300_00n, 0n)
  expect(await world.look(alice, id)).toMatchObject({ status: 'replaced', filled_qty: '4' })
  await world.checked()
})

test('an account that may not trade cannot change its orders either', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const { id } = await world.place(alice, limitBuy)
  await world.must(
    world.call('PATCH', `/v1/trading/accounts/${alice}/account/configurations`, { suspend_trade: true }),
  )
  const refused = await world.replace(alice, id, { qty: '20' })
  expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 403, code: 40310000 })
  await expectCash(world, 10_000_00n, 500_00n)
  expect((await world.cancel(alice, id)).status).toBe(204)
})

test('canceling everything tells of each order by itself', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const orders = await Promise.all(
    Array.from({ length: 5 }, () => world.place(alice, { ...limitBuy, qty: '1' })),
  )
  await world.sim(`orders/${orders[2].id}/status`, { status: 'done_for_day' })
  const { status, body } = await world.call('DELETE', world.ordersOf(alice))
  expect(status).toBe(207)
  expect(body).toHaveLength(5)
  for (const row of body) expect(row.status).toBe(row.id === orders[2].id ? 422 : 200)
  expect(await world.list(alice, 'status=open')).toMatchObject([{ id: orders[2].id }])
  await expectCash(world, 10_000_00n, 50_00n)
  await world.checked()
})

test('closing everything with its orders sells all that was held, also what orders had set aside', async () => {
  await using world = await standingWorld()
  const { alice } = world
  await world.market('SPY', { price: '600', fill_mode: 'never' })
  await world.own(alice, 'KO', '10')
  await world.own(alice, 'SPY', '2')
  await world.place(alice, { symbol: 'KO', side: 'sell', type: 'limit', limit_price: '60.00', qty: '7' })
  const kept = await world.call('DELETE', world.positionsOf(alice))
  expect(kept.status).toBe(207)
  expect(kept.body.map(({ symbol, status }: { symbol: string; status: number }) => [symbol, status])).toEqual(
    [
      ['KO', 403],
      ['SPY', 200],
    ],
  )
  await world.call('DELETE', world.ordersOf(alice))
  const { body } = await world.call('DELETE', `${world.positionsOf(alice)}?cancel_orders=true`)
  expect(body.map(({ status }: { status: number }) => status)).toEqual([200, 200])
  for (const symbol of ['KO', 'SPY']) await world.market(symbol, { fill_mode: 'normal' })
  await world.advance()
  expect(await world.must(world.call('GET', world.positionsOf(alice)))).toEqual([])
  expect((await world.cash(alice)).held).toBe(0n)
  await world.checked()
})

test('shares that came by a journal, the first of their kind, can be sold', async () => {
  await using world = await orderWorld()
  const { alice } = world
  const bob = await world.customer(1_000_00n)
  await world.market('KO', { price: '50' })
  await world.own(alice, 'KO', '5')
  await world.must(
    world.call('POST', '/v1/journals', {
      entry_type: 'JNLS',
      from_account: alice,
      to_account: bob,
      symbol: 'KO',
      qty: '2',
    }),
  )
  await world.advance({ seconds: 1 })
  const { id } = await world.place(bob, { symbol: 'KO', side: 'sell', qty: '2' })
  await world.advance()
  expect(await world.look(bob, id)).toMatchObject({ status: 'filled' })
  await world.checked()
})
