import { expect, test } from 'vitest'
import { SATURDAY, tradingWorld } from './trading-world.ts'

const unprocessable = (message: string) => ({ status: 422, body: { code: 42210000, message } })

test('an order that waits for the market or is done cannot be replaced, and the answer says why', async () => {
  await using world = await tradingWorld({ at: SATURDAY, marketHours: 'exchange' })
  const { body: waiting } = await world.order(world.alice, { symbol: 'KO', qty: 2 })
  const path = `${world.ordersOf(world.alice)}/${waiting.id}`
  expect(await world.call('PATCH', path, {})).toEqual(unprocessable('order parameters are not changed'))
  expect(await world.call('PATCH', path, { qty: null, trail: null })).toEqual(
    unprocessable('order parameters are not changed'),
  )
  expect(await world.call('PATCH', path, { qty: 3 })).toEqual(
    unprocessable('cannot replace order in accepted status'),
  )
  await world.call('DELETE', path)
  expect(await world.call('PATCH', path, { qty: '3' })).toEqual(
    unprocessable('cannot replace order in canceled status'),
  )
  const nowhere = `${world.ordersOf(world.alice)}/00000000-0000-4000-8000-000000000000`
  expect((await world.call('PATCH', nowhere, { qty: 1 })).status).toBe(404)
  expect((await world.call('PATCH', `${world.ordersOf(world.alice)}/x`, { qty: 1 })).status).toBe(400)
  expect((await world.call('PATCH', path, { qty: 'many' })).status).toBe(400)
  expect((await world.call('PATCH', path, { time_in_force: 'never' })).status).toBe(422)
})

test('an estimate says what dollars would buy, and leaves nothing behind', async () => {
  await using world = await tradingWorld()
  const estimation = `${world.ordersOf(world.alice)}/estimation`
  const order = { symbol: 'KO', notional: 100, side: 'buy', type: 'market', time_in_force: 'day' }
  const { status, body } = await world.call('POST', estimation, order)
  const { askMicro } = world.quote('KO')
  expect(status).toBe(200)
  expect(body).toMatchObject({ symbol: 'KO', notional: '100', qty: null, status: 'new' })
  expect(body.filled_avg_price).toBe(String(Number(askMicro) / 1_000_000))
  expect(Number(body.filled_qty)).toBeCloseTo(100 / (Number(askMicro) / 1_000_000), 6)
  const { notional: _, ...shares } = order
  expect((await world.call('POST', estimation, { ...shares, qty: 1 })).status).toBe(422)
  expect((await world.call('POST', estimation, { ...order, type: 'limit' })).status).toBe(422)
  expect((await world.call('POST', estimation, { ...order, notional: '0.5' })).status).toBe(403)
  expect(await world.db.selectFrom('orders').selectAll().execute()).toEqual([])
  expect((await world.cash(world.alice)).held).toBe(0n)
})
