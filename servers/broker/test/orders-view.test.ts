import { expect, test } from 'vitest'
import { orderWorld } from './order-world.ts'

/** KO at $50.00, where nothing executes by itself. */
async function standingWorld() {
  const world = await orderWorld()
  await world.market('KO', { price: '50', fill_mode: 'never' })
  return world
}

const ko = { symbol: 'KO', qty: '10' }
const exits = {
  take_profit: { limit_price: '55.00' },
  stop_loss: { stop_price: '45.00', limit_price: '44.5' },
}
const bracket = { ...ko, type: 'limit', limit_price: '50', order_class: 'bracket', ...exits }

/** What the prices of an order look like when it has none. */
const bare = {
  order_class: '',
  limit_price: null,
  stop_price: null,
  trail_price: null,
  trail_percent: null,
  hwm: null,
  extended_hours: false,
  legs: null,
}

test.for<[string, object, object]>([
  ['market', {}, {}],
  ['limit', { limit_price: 49.5, extended_hours: true }, { limit_price: '49.5', extended_hours: true }],
  ['stop', { stop_price: '51.10' }, { stop_price: '51.1' }],
  ['stop_limit', { stop_price: 51, limit_price: '51.25' }, { stop_price: '51', limit_price: '51.25' }],
  // A buy follows the lowest price.
  ['trailing_stop', { trail_price: '1.50' }, { trail_price: '1.5', hwm: '50', stop_price: '51.5' }],
  ['trailing_stop', { trail_percent: 2.5 }, { trail_percent: '2.5', hwm: '50', stop_price: '51.25' }],
])('a %s order with %j is shown with %j', async ([type, prices, shown]) => {
  await using world = await standingWorld()
  const { status, body } = await world.order(world.alice, { ...ko, type, ...prices })
  expect([status, body]).toMatchObject([200, { ...bare, type, order_type: type, status: 'new', ...shown }])
  expect(await world.look(world.alice, body.id)).toEqual(body)
})

test.for<[object, object]>([
  [{ commission: '1.25' }, { commission: '1.25', commission_type: 'notional' }],
  [
    { commission: 0.005, commission_type: 'qty' },
    { commission: '0.005', commission_type: 'qty' },
  ],
  [
    { commission: '2.5', commission_type: 'bps' },
    { commission: '2.5', commission_type: 'bps' },
  ],
])('a commission of %j is shown as %j', async ([asked, shown]) => {
  await using world = await standingWorld()
  expect(await world.place(world.alice, { ...ko, ...asked })).toMatchObject(shown)
})

test('exits are legs of their order where that is asked for, and else orders like others', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const entry = await world.place(alice, bracket)
  expect(entry).toMatchObject({
    order_class: 'bracket',
    status: 'new',
    legs: [
      { side: 'sell', type: 'limit', limit_price: '55', status: 'held', order_class: 'bracket', legs: null },
      { side: 'sell', type: 'stop_limit', stop_price: '45', limit_price: '44.5', status: 'held', qty: '10' },
    ],
  })
  const path = `${world.ordersOf(alice)}/${entry.id}`
  expect((await world.call('GET', `${path}?nested=true`)).body).toEqual(entry)
  expect((await world.call('GET', path)).body).toEqual({ ...entry, legs: null })
  expect(await world.list(alice, 'nested=True')).toEqual([entry])
  const flat = await world.list(alice, 'nested=false')
  expect(new Set(flat)).toEqual(new Set([{ ...entry, legs: null }, ...entry.legs]))
})

test('an order with its exits is open as long as one of them is', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const entry = await world.place(alice, bracket)
  await world.fill(entry.id)
  const idsOf = async (query: string) => (await world.list(alice, query)).map(({ id }) => id)
  expect(await idsOf('status=open&nested=true')).toEqual([entry.id])
  expect(await idsOf('status=closed&nested=true')).toEqual([])
  expect(await idsOf('status=closed')).toEqual([entry.id])
  const [{ legs }] = await world.list(alice, 'status=open&nested=true')
  expect(legs.map(({ status }: { status: string }) => status)).toEqual(['new', 'new'])
  await world.cancel(alice, legs[0].id)
  expect(await idsOf('status=open&nested=true')).toEqual([])
  expect(await idsOf('status=closed&nested=true')).toEqual([entry.id])
})

test('an exit that was replaced is a leg no longer, its successor is', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const entry = await world.place(alice, bracket)
  const { body: moved } = await world.replace(alice, entry.legs[0].id, { limit_price: '56' })
  expect(moved).toMatchObject({ limit_price: '56', replaces: entry.legs[0].id, status: 'held' })
  const [{ legs }] = await world.list(alice, 'nested=true')
  expect(legs.map(({ id }: { id: string }) => id)).toEqual([moved.id, entry.legs[1].id])
  expect(await world.look(alice, entry.legs[0].id)).toMatchObject({
    status: 'replaced',
    replaced_by: moved.id,
    replaced_at: expect.any(String),
  })
})

test('orders are listed by how much they ask for, and by their tag', async () => {
  await using world = await standingWorld()
  const { alice } = world
  const [two, ten] = [
    await world.place(alice, { symbol: 'KO', qty: '2', subtag: 'desk-a' }),
    await world.place(alice, { symbol: 'KO', qty: '10.5', subtag: 'desk-b' }),
  ]
  const dollars = await world.place(alice, { symbol: 'KO', notional: '20' })
  const idsOf = async (query: string) => (await world.list(alice, query)).map(({ id }) => id)
  expect(await idsOf('direction=asc')).toEqual([two.id, ten.id, dollars.id])
  expect(await idsOf('qty_above=2')).toEqual([ten.id])
  expect(await idsOf('qty_above=0&qty_below=10.5')).toEqual([two.id])
  expect(await idsOf('subtag=desk-b')).toEqual([ten.id])
  expect(await idsOf('subtag=desk-c')).toEqual([])
  const refused = await world.call('GET', `${world.ordersOf(alice)}?qty_above=many`)
  expect(refused.status).toBe(422)
})

test('an oco is its own take-profit and has its stop as a leg', async () => {
  await using world = await standingWorld()
  const { alice } = world
  await world.own(alice, 'KO', '10')
  const oco = await world.place(alice, { ...bracket, side: 'sell', limit_price: null, order_class: 'oco' })
  expect(oco).toMatchObject({
    type: 'limit',
    limit_price: '55',
    order_class: 'oco',
    status: 'new',
    legs: [{ type: 'stop_limit', stop_price: '45', status: 'new', side: 'sell' }],
  })
})
