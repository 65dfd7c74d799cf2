import { expect, test } from 'vitest'
import { type OrderWorld, orderWorld } from './order-world.ts'

const limitBuy = { symbol: 'KO', qty: '10', type: 'limit', limit_price: '45.00', time_in_force: 'gtc' }

/** KO at $50.00 in a venue that takes its time to say yes, and an order that it had taken before. */
async function slowWorld(wish: object = limitBuy) {
  const world = await orderWorld({ cashMinor: 1_000_00n })
  await world.market('KO', { price: '50', fill_mode: 'never' })
  const order = await world.place(world.alice, wish)
  await world.market('KO', { fill_mode: 'later' })
  return { world, order }
}

const answer = ({ sim }: OrderWorld, id: string, word: 'acknowledge' | 'refuse') =>
  sim(`orders/${id}/${word}`)

test('a change waits as pending_replace until the venue says yes, and its successor takes the place then', async () => {
  const { world, order } = await slowWorld()
  await using _ = world
  const { alice } = world
  const asked = await world.replace(alice, order.id, {
    limit_price: '40.00',
    qty: '12',
    client_order_id: 'next',
  })
  expect(asked).toMatchObject({
    status: 200,
    body: { id: order.id, status: 'pending_replace', limit_price: '45' },
  })
  expect((await world.cash(alice)).held).toBe(450_00n)
  expect((await world.replace(alice, order.id, { limit_price: '41.00' })).status).toBe(422)
  await world.checked()

  const successor = await answer(world, order.id, 'acknowledge')
  expect(successor).toMatchObject({
    status: 'new',
    replaces: order.id,
    client_order_id: 'next',
    limit_price: '40',
    qty: '12',
  })
  expect(await world.look(alice, order.id)).toMatchObject({ status: 'replaced', replaced_by: successor.id })
  expect(await world.told(order.id)).toEqual(['new', 'pending_replace', 'replaced'])
  expect((await world.cash(alice)).held).toBe(480_00n)
  await world.checked()
})

test('a change that the venue refuses leaves the order as it was', async () => {
  const { world, order } = await slowWorld()
  await using _ = world
  await world.replace(world.alice, order.id, { limit_price: '40.00' })
  expect(await answer(world, order.id, 'refuse')).toMatchObject({
    id: order.id,
    status: 'new',
    limit_price: '45',
  })
  expect(await world.told(order.id)).toEqual(['new', 'pending_replace', 'order_replace_rejected'])
  expect((await world.cash(world.alice)).held).toBe(450_00n)
  await world.market('KO', { fill_mode: 'normal', price: '44' })
  await world.advance({ seconds: 1 })
  expect(await world.look(world.alice, order.id)).toMatchObject({ status: 'filled' })
  await world.checked()
})

test('a change that is not possible is refused at once, and one that has become impossible when the venue would say yes', async () => {
  const { world, order } = await slowWorld()
  await using _ = world
  const { alice } = world
  expect((await world.replace(alice, order.id, { qty: '100' })).status).toBe(403)
  expect(await world.look(alice, order.id)).toMatchObject({ status: 'new' })

  // Twenty shares could be paid now; not when another order has the cash.
  expect((await world.replace(alice, order.id, { qty: '20' })).status).toBe(200)
  await world.market('PEP', { price: '100', fill_mode: 'never' })
  await world.place(alice, { ...limitBuy, symbol: 'PEP', qty: '5', limit_price: '90.00' })
  expect(await answer(world, order.id, 'acknowledge')).toMatchObject({
    id: order.id,
    status: 'new',
    qty: '10',
  })
  expect(await world.told(order.id)).toEqual(['new', 'pending_replace', 'order_replace_rejected'])
  await world.checked()
})

test('an execution ends the waiting for a change, its successor is for the rest, and an order that is filled has none', async () => {
  const { world, order } = await slowWorld()
  await using _ = world
  const { alice } = world
  await world.replace(alice, order.id, { qty: '12' })
  await world.fill(order.id, { qty: '4', price: '45.00' })
  const early = await world.call('POST', `/_sim/orders/${order.id}/acknowledge`, {})
  expect(early.status).toBe(422)
  await world.replace(alice, order.id, { qty: '12' })
  expect(await answer(world, order.id, 'acknowledge')).toMatchObject({ status: 'new', qty: '8' })
  await world.checked()

  const { world: other, order: filled } = await slowWorld()
  await using __ = other
  await other.replace(other.alice, filled.id, { qty: '12' })
  await other.fill(filled.id, { price: '45.00' })
  const late = await other.call('POST', `/_sim/orders/${filled.id}/acknowledge`, {})
  expect(late.status).toBe(422)
  expect(await other.list(other.alice)).toHaveLength(1)
  await other.checked()
})

test('a cancel that the venue refuses leaves the order at work, and a new order that it refuses is rejected', async () => {
  const { world, order } = await slowWorld()
  await using _ = world
  const { alice } = world
  expect((await world.cancel(alice, order.id)).status).toBe(204)
  expect(await world.look(alice, order.id)).toMatchObject({ status: 'pending_cancel' })
  expect(await answer(world, order.id, 'refuse')).toMatchObject({ status: 'new' })
  expect(await world.told(order.id)).toEqual(['new', 'pending_cancel', 'order_cancel_rejected'])
  expect((await world.cash(alice)).held).toBe(450_00n)

  const fresh = await world.place(alice, { ...limitBuy, qty: '1' })
  expect(fresh.status).toBe('pending_new')
  expect(await answer(world, fresh.id, 'refuse')).toMatchObject({ status: 'rejected' })
  expect((await world.cash(alice)).held).toBe(450_00n)
  await world.checked()
})

test('an exit whose cancel is refused waits for its entry again', async () => {
  const exits = { take_profit: { limit_price: '55.00' }, stop_loss: { stop_price: '40.00' } }
  const { world, order } = await slowWorld({ ...limitBuy, order_class: 'bracket', ...exits })
  await using _ = world
  const [profit] = order.legs
  expect((await world.cancel(world.alice, profit.id)).status).toBe(204)
  expect(await answer(world, profit.id, 'refuse')).toMatchObject({ status: 'held' })
  await world.market('KO', { fill_mode: 'never' })
  await world.fill(order.id)
  expect(await world.look(world.alice, profit.id)).toMatchObject({ status: 'new' })
  await world.checked()
})
