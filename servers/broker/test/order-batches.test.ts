import { expect, test } from 'vitest'
import { orderWorld } from './order-world.ts'

test('three hundred orders at once are each answered for themselves', async () => {
  await using world = await orderWorld({ cashMinor: 40_000_00n })
  const { alice } = world
  await world.market('KO', { price: '50', fill_mode: 'never' })
  const limit = { symbol: 'KO', type: 'limit', limit_price: '40.00', qty: '1' }
  const wishes = Array.from({ length: 300 }, (_, index) => {
    if (index % 3 === 1) return { ...limit, limit_price: '40.001', client_order_id: `refused-${index}` }
    if (index % 3 === 2) return { ...limit, symbol: 'NOPE', client_order_id: `refused-${index}` }
    return { ...limit, client_order_id: `taken-${index}` }
  })
  const answers = await Promise.all(wishes.map((wish) => world.order(alice, wish)))
  for (const [index, { status, body }] of answers.entries()) {
    const wish = wishes[index]
    if (index % 3 === 0)
      expect({ status, id: body.client_order_id }).toEqual({ status: 200, id: wish?.client_order_id })
    else expect({ status, code: body.code }).toEqual({ status: 422, code: 42210000 })
  }
  const open = await world.list(alice, 'status=open&limit=500')
  expect(open).toHaveLength(100)
  expect(await world.cash(alice)).toEqual({ posted: 40_000_00n, held: 100n * 40_00n })
  await world.checked()
})

test('an order sees the cash that an earlier one of the same batch has set aside', async () => {
  await using world = await orderWorld({ cashMinor: 1_000_00n })
  const { alice } = world
  await world.market('KO', { price: '50', fill_mode: 'never' })
  const limit = { symbol: 'KO', type: 'limit', limit_price: '30.00', qty: '1' }
  const answers = await Promise.all(Array.from({ length: 60 }, () => world.order(alice, limit)))
  const accepted = answers.filter(({ status }) => status === 200)
  expect(accepted).toHaveLength(33)
  for (const { status, body } of answers) {
    if (status === 200) continue
    expect({ status, code: body.code, needed: body.cost_basis }).toEqual({
      status: 403,
      code: 40310000,
      needed: '30',
    })
  }
  expect(await world.cash(alice)).toEqual({ posted: 1_000_00n, held: 990_00n })
  await world.checked()
})

test('of one client order id in a batch one order is made, and the others hear of it', async () => {
  await using world = await orderWorld({ cashMinor: 10_000_00n })
  const { alice } = world
  const bob = await world.customer(10_000_00n)
  await world.market('KO', { price: '50', fill_mode: 'never' })
  const limit = { symbol: 'KO', type: 'limit', limit_price: '40.00', qty: '1', client_order_id: 'same' }
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) => world.order(index % 2 === 0 ? alice : bob, limit)),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(2)
  for (const { status, body } of answers) {
    if (status !== 200) expect({ status, code: body.code }).toEqual({ status: 422, code: 40010001 })
  }
  for (const account of [alice, bob]) {
    const path = `${world.ordersOf(account)}:by_client_order_id?client_order_id=same`
    expect((await world.call('GET', path)).body).toMatchObject({ status: 'new', qty: '1' })
  }
  await world.checked()
})

test('a refused order does not take its client order id', async () => {
  await using world = await orderWorld({ cashMinor: 100_00n })
  const { alice } = world
  await world.market('KO', { price: '50', fill_mode: 'never' })
  const limit = { symbol: 'KO', type: 'limit', limit_price: '40.00', client_order_id: 'again' }
  const [tooMuch, fits] = await Promise.all([
    world.order(alice, { ...limit, qty: '3' }),
    world.order(alice, { ...limit, qty: '2' }),
  ])
  expect(tooMuch.status).toBe(403)
  expect(fits.status).toBe(200)
  expect(await world.cash(alice)).toEqual({ posted: 100_00n, held: 80_00n })
})

test('an order for an account that nobody has is refused alone', async () => {
  await using world = await orderWorld()
  const { alice } = world
  await world.market('KO', { price: '50', fill_mode: 'never' })
  const limit = { symbol: 'KO', type: 'limit', limit_price: '40.00', qty: '1' }
  const nobody = '11111111-1111-4111-8111-111111111111'
  const answers = await Promise.all(
    [alice, nobody, alice, nobody, alice].map((account) => world.order(account, limit)),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 401, 200, 401, 200])
})

test('an order that the database does not take fails alone, and the rest of its batch goes through', async () => {
  await using world = await orderWorld({ cashMinor: 10_000_00n })
  const { alice } = world
  await world.market('KO', { price: '50', fill_mode: 'never' })
  await world.asOwner(`alter table orders add constraint poison check (subtag is distinct from 'poison')`)
  const limit = { symbol: 'KO', type: 'limit', limit_price: '40.00', qty: '1' }
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      world.order(alice, { ...limit, ...(index === 10 ? { subtag: 'poison' } : {}) }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual(
    Array.from({ length: 20 }, (_, index) => (index === 10 ? 500 : 200)),
  )
  expect(await world.list(alice, 'status=open')).toHaveLength(19)
  expect(await world.cash(alice)).toEqual({ posted: 10_000_00n, held: 19n * 40_00n })
  await world.checked()
})

test('an order that cannot be worked waits, and the others that are due with it are filled', async () => {
  await using world = await orderWorld({ cashMinor: 10_000_00n })
  const { alice } = world
  await world.market('KO', { price: '50', fill_mode: 'never' })
  const orders = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      world.place(alice, { symbol: 'KO', qty: '1', subtag: index === 3 ? 'poison' : 'fine' }),
    ),
  )
  await world.asOwner(
    `alter table orders add constraint poison check (subtag is distinct from 'poison' or status = 'new')`,
  )
  await world.market('KO', { fill_mode: 'normal' })
  await world.advance()
  const after = await Promise.all(orders.map(({ id }) => world.look(alice, id)))
  expect(after.map(({ status }) => status)).toEqual(
    Array.from({ length: 10 }, (_, index) => (index === 3 ? 'new' : 'filled')),
  )
  await world.asOwner('alter table orders drop constraint poison')
  await world.advance({ seconds: 3_600 })
  expect(await world.look(alice, orders[3].id)).toMatchObject({ status: 'filled' })
  await world.checked()
})

test('canceling everything takes all orders, however many are open, and so does closing everything', async () => {
  await using world = await orderWorld({ cashMinor: 40_000_00n })
  await world.market('KO', { price: '50' })
  await world.own(world.alice, 'KO', '520')
  const sale = { symbol: 'KO', side: 'sell', qty: '1', type: 'limit', limit_price: '60' }
  const placed: string[] = []
  for (let batch = 0; batch < 8; batch += 1) {
    const orders = Array.from({ length: 65 }, () => world.place(world.alice, sale))
    placed.push(...(await Promise.all(orders)).map(({ id }) => id))
  }
  expect(await world.shares(world.alice, 'KO')).toEqual({ qty: '520', available: '0' })
  const canceled = await world.call('DELETE', world.ordersOf(world.alice))
  expect(canceled.status).toBe(207)
  expect(canceled.body.map(({ status }: { status: number }) => status)).toEqual(placed.map(() => 200))
  expect(new Set(canceled.body.map(({ id }: { id: string }) => id))).toEqual(new Set(placed))
  expect(await world.list(world.alice, 'status=open')).toEqual([])
  expect(await world.shares(world.alice, 'KO')).toEqual({ qty: '520', available: '520' })

  for (let batch = 0; batch < 8; batch += 1) {
    await Promise.all(Array.from({ length: 65 }, () => world.place(world.alice, sale)))
  }
  const closed = await world.call('DELETE', `${world.positionsOf(world.alice)}?cancel_orders=true`)
  expect(closed.body).toMatchObject([{ symbol: 'KO', status: 200, body: { qty: '520' } }])
  await world.advance({ seconds: 30 })
  expect(await world.shares(world.alice, 'KO')).toEqual({ qty: '0', available: '0' })
  await world.checked()
})
