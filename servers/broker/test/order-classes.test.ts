import { expect, test } from 'vitest'
import { type OrderWorld, orderWorld } from './order-world.ts'

/** KO at $50.00, where nothing executes by itself. */
async function standingWorld(cashMinor = 10_000_00n) {
  const world = await orderWorld({ cashMinor })
  await world.market('KO', { price: '50', fill_mode: 'never' })
  return world
}

const exits = { take_profit: { limit_price: '55.00' }, stop_loss: { stop_price: '45.00' } }
const bracket = {
  symbol: 'KO',
  type: 'limit',
  limit_price: '50.00',
  qty: '10',
  time_in_force: 'gtc',
  order_class: 'bracket',
  ...exits,
}
const oco = { ...bracket, side: 'sell', limit_price: undefined, order_class: 'oco' }

/** The orders of a family as they are now: the first, its take-profit, its stop. */
async function family({ list, alice }: OrderWorld) {
  const orders = await list(alice)
  const of = (type: string) => orders.findLast((order) => order.type === type && order.side === 'sell')
  return { profit: of('limit'), loss: of('stop'), orders }
}

test('the exits of a bracket wait until their entry is filled, and of the two one sets the shares aside', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const entry = await world.place(alice, bracket)
  const { profit, loss } = await family(world)
  expect([entry.status, profit.status, loss.status]).toEqual(['new', 'held', 'held'])
  await world.fill(entry.id, { qty: '4', price: '50.00' })
  expect(await family(world)).toMatchObject({ profit: { status: 'held' }, loss: { status: 'held' } })
  await world.fill(entry.id)
  expect(await family(world)).toMatchObject({ profit: { status: 'new' }, loss: { status: 'new' } })
  expect(await world.shares(alice, 'KO')).toEqual({ qty: '10', available: '0' })
  expect(await world.told(profit.id)).toEqual(['held', 'new'])
  expect(await world.told(loss.id)).toEqual(['held', 'new'])
  await world.checked()
})

test.for(['profit', 'loss'] as const)(
  'when the %s of a bracket is filled the other exit goes',
  async (which) => {
    await using world = await standingWorld()
    const { alice } = world
    const entry = await world.place(alice, bracket)
    await world.fill(entry.id)
    const before = await family(world)
    await world.market('KO', { fill_mode: 'normal', price: which === 'profit' ? '56' : '44' })
    await world.advance()
    const { profit, loss } = await family(world)
    expect([profit.status, loss.status]).toEqual(
      which === 'profit' ? ['filled', 'canceled'] : ['canceled', 'filled'],
    )
    const [done, gone] = which === 'profit' ? [profit, loss] : [loss, profit]
    expect(await world.told(done.id)).toEqual(['held', 'new', 'fill'])
    expect(await world.told(gone.id)).toEqual(['held', 'new', 'canceled'])
    expect(before.profit.id).toBe(profit.id)
    expect(await world.shares(alice, 'KO')).toEqual({ qty: '0', available: '0' })
    await world.checked()
  },
)

test('canceling the entry of a bracket cancels both exits, each once', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const entry = await world.place(alice, bracket)
  expect((await world.cancel(alice, entry.id)).status).toBe(204)
  const { profit, loss } = await family(world)
  for (const { id, status } of [profit, loss]) {
    expect(status).toBe('canceled')
    expect(await world.told(id)).toEqual(['held', 'canceled'])
  }
  expect(await world.cash(alice)).toEqual({ posted: 10_000_00n, held: 0n })
  await world.checked()
})

test('canceling one exit at work cancels its twin and frees the shares', async () => {
  await using world = await standingWorld()
  const { alice } = world
  await world.fill((await world.place(alice, bracket)).id)
  const { loss } = await family(world)
  expect((await world.cancel(alice, loss.id)).status).toBe(204)
  expect(await family(world)).toMatchObject({ profit: { status: 'canceled' }, loss: { status: 'canceled' } })
  expect(await world.shares(alice, 'KO')).toEqual({ qty: '10', available: '10' })
  await world.checked()
})

test('an exit that sells a part leaves its twin the rest, whichever of them it is', async () => {
  await using world = await standingWorld()
  const { alice } = world
  await world.fill((await world.place(alice, bracket)).id)
  const { profit, loss } = await family(world)
  await world.fill(loss.id, { qty: '3', price: '45.00' })
  expect(await family(world)).toMatchObject({
    profit: { status: 'new', qty: '7' },
    loss: { status: 'partially_filled', qty: '10', filled_qty: '3' },
  })
  await world.fill(profit.id, { qty: '2', price: '55.00' })
  expect(await family(world)).toMatchObject({
    profit: { status: 'partially_filled', qty: '7', filled_qty: '2' },
    loss: { status: 'partially_filled', qty: '8', filled_qty: '3' },
  })
  expect(await world.shares(alice, 'KO')).toEqual({ qty: '5', available: '0' })
  await world.checked()
  await world.fill(loss.id)
  expect(await family(world)).toMatchObject({ profit: { status: 'canceled' }, loss: { status: 'filled' } })
  expect(await world.told(profit.id)).toEqual(['held', 'new', 'restated', 'partial_fill', 'canceled'])
  expect(await world.shares(alice, 'KO')).toEqual({ qty: '0', available: '0' })
  await world.checked()
})

test('an oco sells what is held once, at its profit or at its stop', async () => {
  await using world = await standingWorld()
  const { alice } = world
  await world.own(alice, 'KO', '10')
  const parent = await world.place(alice, oco)
  expect(parent).toMatchObject({ status: 'new', type: 'limit', limit_price: '55', order_class: 'oco' })
  expect(await world.shares(alice, 'KO')).toEqual({ qty: '10', available: '0' })
  await world.market('KO', { fill_mode: 'normal', price: '44' })
  await world.advance()
  expect(await family(world)).toMatchObject({ profit: { status: 'canceled' }, loss: { status: 'filled' } })
  expect(await world.shares(alice, 'KO')).toEqual({ qty: '0', available: '0' })
  await world.checked()
})

test('an oto brings its one exit when it is filled', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const { stop_loss } = exits
  const entry = await world.place(alice, {
    ...bracket,
    order_class: 'oto',
    take_profit: undefined,
    stop_loss,
  })
  const { loss } = await family(world)
  expect(loss.status).toBe('held')
  await world.fill(entry.id)
  await world.market('KO', { fill_mode: 'normal', price: '44' })
  await world.advance()
  expect(await world.told(loss.id)).toEqual(['held', 'new', 'fill'])
  await world.checked()
})

test('a replaced entry takes its exits along, for as many shares as it is for', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const entry = await world.place(alice, bracket)
  await world.fill(entry.id, { qty: '4', price: '50.00' })
  const { body } = await world.replace(alice, entry.id, { qty: '12', limit_price: '49.00' })
  expect(await family(world)).toMatchObject({
    profit: { status: 'held', qty: '12' },
    loss: { status: 'held', qty: '12' },
  })
  await world.fill(body.id)
  expect(await family(world)).toMatchObject({ profit: { status: 'new' }, loss: { status: 'new' } })
  expect(await world.shares(alice, 'KO')).toEqual({ qty: '12', available: '0' })
  await world.checked()
})

test.for(['profit', 'loss'] as const)(
  'a replaced %s has its twin sell as many shares as itself',
  async (which) => {
    await using world = await standingWorld()
    const { alice } = world
    await world.fill((await world.place(alice, bracket)).id)
    const exit = (await family(world))[which]
    const { status, body } = await world.replace(alice, exit.id, { qty: '6' })
    expect({ status, qty: body.qty }).toEqual({ status: 200, qty: '6' })
    expect(await family(world)).toMatchObject({ profit: { qty: '6' }, loss: { qty: '6' } })
    expect(await world.shares(alice, 'KO')).toEqual({ qty: '10', available: '4' })
    await world.checked()
    await world.market('KO', { fill_mode: 'normal', price: '44' })
    await world.advance()
    expect(await family(world)).toMatchObject({ profit: { status: 'canceled' }, loss: { status: 'filled' } })
    await world.checked()
  },
)

test('a replaced oco keeps its stop', async () => {
  await using world = await standingWorld()
  const { alice } = world
  await world.own(alice, 'KO', '10')
  const parent = await world.place(alice, oco)
  const { body } = await world.replace(alice, parent.id, { limit_price: '56.00' })
  await world.checked()
  await world.fill(body.id)
  expect(await family(world)).toMatchObject({ profit: { status: 'filled' }, loss: { status: 'canceled' } })
  await world.checked()
})

test('an exit that waits cannot be for other shares than its entry', async () => {
  await using world = await standingWorld()
  const { alice } = world
  await world.place(alice, bracket)
  const { profit } = await family(world)
  expect((await world.replace(alice, profit.id, { qty: '20' })).status).toBe(422)
  const { body } = await world.replace(alice, profit.id, { limit_price: '57.00' })
  expect(body).toMatchObject({ status: 'held', limit_price: '57', qty: '10' })
  await world.checked()
})

test('exits whose shares were sold before their entry was filled do not come to the market', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const entry = await world.place(alice, bracket)
  await world.fill(entry.id, { qty: '6', price: '50.00' })
  const sale = await world.place(alice, {
    symbol: 'KO',
    side: 'sell',
    type: 'limit',
    limit_price: '60.00',
    qty: '6',
  })
  await world.fill(sale.id)
  await world.fill(entry.id)
  const exitsNow = (await world.list(alice)).filter(
    ({ order_class, side }) => order_class === 'bracket' && side === 'sell',
  )
  expect(exitsNow.map(({ status }) => status).sort()).toEqual(['canceled', 'rejected'])
  expect(await world.shares(alice, 'KO')).toEqual({ qty: '4', available: '4' })
  await world.checked()
})

test('exits end with their day, and so does an entry with its exits', async () => {
  await using world = await orderWorld({ marketHours: 'exchange' })
  const { alice } = world
  await world.market('KO', { price: '50', fill_mode: 'never' })
  const filled = await world.place(alice, { ...bracket, time_in_force: 'day' })
  await world.fill(filled.id)
  const open = await world.place(alice, { ...bracket, time_in_force: 'day', qty: '5' })
  await world.advance({ days: 1 })
  const statuses = (await world.list(alice)).map(({ status }) => status)
  expect(statuses.filter((status) => !['filled', 'expired', 'canceled'].includes(status))).toEqual([])
  expect(await world.look(alice, open.id)).toMatchObject({ status: 'expired' })
  expect(await world.shares(alice, 'KO')).toEqual({ qty: '10', available: '10' })
  expect((await world.cash(alice)).held).toBe(0n)
  await world.checked()
})

/** Sells ten KO at 50 and buys them back at 45, or at 55 when it goes wrong. */
const buyBack = {
  ...bracket,
  side: 'sell',
  take_profit: { limit_price: '45.00' },
  stop_loss: { stop_price: '55.00' },
}

async function buyBacks({ list, alice }: OrderWorld) {
  const orders = await list(alice)
  const of = (type: string) =>
    orders.findLast((order) => order.type === type && order.side === 'buy' && order.order_class === 'bracket')
  return { profit: of('limit'), loss: of('stop') }
}

/** KO at $50.00 and alice with ten shares of it and the rest in cash. */
async function sellersWorld(cashMinor: bigint) {
  const world = await standingWorld(cashMinor)
  await world.own(world.alice, 'KO', '10')
  return { ...world, before: await world.cash(world.alice) }
}

test('the exits of a sale set aside once what the dearer of them needs, whichever executes', async () => {
  await using world = await sellersWorld(2_000_00n)
  const { alice } = world
  const entry = await world.place(alice, buyBack)
  expect((await world.cash(alice)).held).toBe(0n)
  await world.fill(entry.id, { price: '50.00' })
  // Ten shares at 55 and the collar of two and a half percent.
  expect((await world.cash(alice)).held).toBe(563_75n)
  const { profit, loss } = await buyBacks(world)
  expect([profit.status, loss.status]).toEqual(['new', 'new'])
  await world.checked()

  await world.fill(profit.id, { qty: '4', price: '45.00' })
  expect((await world.cash(alice)).held).toBe(338_25n)
  await world.fill(loss.id, { qty: '1', price: '56.00' })
  expect((await world.cash(alice)).held).toBe(281_88n)
  const { body } = await world.replace(alice, loss.id, { stop_price: '60.00' })
  expect((await world.cash(alice)).held).toBe(307_50n)
  await world.fill(profit.id, { qty: '1', price: '45.00' })
  expect((await world.cash(alice)).held).toBe(246_00n)
  await world.checked()
  await world.fill(body.id, { price: '61.00' })
  expect(await buyBacks(world)).toMatchObject({ profit: { status: 'canceled' }, loss: { status: 'filled' } })
  expect(await world.shares(alice, 'KO')).toEqual({ qty: '10', available: '10' })
  expect((await world.cash(alice)).held).toBe(0n)
  await world.checked()
})

test('exits of a sale that nobody could pay do not come to the market', async () => {
  await using world = await sellersWorld(520_00n)
  const { alice } = world
  await world.fill((await world.place(alice, buyBack)).id, { price: '50.00' })
  const { profit, loss } = await buyBacks(world)
  expect([profit.status, loss.status].sort()).toEqual(['canceled', 'rejected'])
  expect((await world.cash(alice)).held).toBe(0n)
  await world.checked()
})

test('the one exit of a sale sets aside what it needs', async () => {
  await using world = await sellersWorld(2_000_00n)
  const { alice } = world
  const oto = { ...buyBack, order_class: 'oto', stop_loss: undefined }
  await world.fill((await world.place(alice, oto)).id, { price: '50.00' })
  expect((await world.cash(alice)).held).toBe(450_00n)
  await world.checked()
})

test('a replacement that makes exits cross, or meet their entry, is refused and changes nothing', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const entry = await world.place(alice, bracket)
  const refused = async (id: string, change: object, code = 42210000) => {
    const { status, body } = await world.replace(alice, id, change)
    expect([status, body.code]).toEqual([422, code])
  }
  const waiting = await family(world)
  await refused(waiting.profit.id, { limit_price: '44.00' })
  await refused(waiting.profit.id, { limit_price: '50.00' })
  await refused(waiting.loss.id, { stop_price: '50.00' })
  await refused(entry.id, { limit_price: '55.00' })
  await refused(entry.id, { limit_price: '45.00' })
  expect((await world.replace(alice, waiting.profit.id, { limit_price: '54.00' })).status).toBe(200)
  await world.fill(entry.id)
  const { profit, loss } = await family(world)
  await refused(profit.id, { limit_price: '45.00' })
  expect((await world.replace(alice, loss.id, { stop_price: '49.00' })).status).toBe(200)
  // Not between its entry's price and its twin, but between the twins.
  await refused(profit.id, { limit_price: '48.00' })
  expect((await world.replace(alice, profit.id, { limit_price: '51.00' })).status).toBe(200)
  expect((await family(world)).orders.filter(({ status }) => status === 'new')).toHaveLength(2)
  await world.checked()
})

test('two exits of a day at work end together, and both of them expired', async () => {
  await using world = await orderWorld({ marketHours: 'exchange' })
  const { alice } = world
  await world.market('KO', { price: '50', fill_mode: 'never' })
  await world.fill((await world.place(alice, { ...bracket, time_in_force: 'day' })).id)
  await world.advance({ days: 1 })
  const { profit, loss } = await family(world)
  expect([profit.status, loss.status]).toEqual(['expired', 'expired'])
  expect(await world.told(profit.id)).toEqual(['held', 'new', 'expired'])
  expect(await world.told(loss.id)).toEqual(['held', 'new', 'expired'])
  await world.checked()
})
