import { expect, test } from 'vitest'
import { startBroker } from '../src/index.ts'
import { brokerWorld } from './broker-world.ts'
import { booksBalance } from './trading-books.ts'
import { FRIDAY_NOON, must, type TradingWorld, tradingWorld } from './trading-world.ts'

const limitBuy = { type: 'limit', time_in_force: 'gtc', side: 'buy' }

const setMarket = (world: TradingWorld, symbol: string, body: object) =>
  must(world.call('POST', `/_sim/market/${symbol}`, body))
const orderNow = async (world: TradingWorld, id: string) =>
  must(world.call('GET', `${world.ordersOf(world.alice)}/${id}`))
const advance = (world: TradingWorld, body: object) => must(world.call('POST', '/_sim/clock/advance', body))

test('a price that is set is the price of quotes at once, and a resting order that it reaches fills', async () => {
  await using world = await tradingWorld()
  const { body: order } = await world.order(world.alice, {
    ...limitBuy,
    symbol: 'KO',
    qty: '10',
    limit_price: '40',
  })
  await advance(world, { seconds: 5 })
  expect(await orderNow(world, order.id)).toMatchObject({ status: 'new', filled_qty: '0' })

  expect(await setMarket(world, 'KO', { price: '39.5' })).toMatchObject({ symbol: 'KO', price: '39.5' })
  const { body: quote } = await world.call('GET', '/v2/stocks/KO/trades/latest')
  expect(quote.trade.p).toBe(39.5)
  await advance(world, { seconds: 1 })
  const filled = await orderNow(world, order.id)
  expect(filled).toMatchObject({ status: 'filled', filled_qty: '10' })
  expect(Number(filled.filled_avg_price)).toBeLessThan(40)
  await booksBalance(world)
})

test('what was before a price was set stays as it was', async () => {
  await using world = await tradingWorld()
  await advance(world, { seconds: 601 })
  const bars = () => {
    const query = new URLSearchParams({
      timeframe: '1Min',
      start: FRIDAY_NOON.toString(),
      end: FRIDAY_NOON.add({ minutes: 9 }).toString(),
    })
    return must(world.call('GET', `/v2/stocks/KO/bars?${query}`))
  }
  const before = await bars()
  await setMarket(world, 'KO', { price: '1.5', volatility_percent: 0 })
  await advance(world, { seconds: 3_600 })
  expect(await bars()).toEqual(before)
  expect(await must(world.call('GET', '/_sim/market/KO'))).toMatchObject({
    price: '1.5',
    volatility_percent: 0,
  })
})

test('a halt keeps resting orders, and new ones out; after it they fill', async () => {
  await using world = await tradingWorld()
  await setMarket(world, 'KO', { price: '50', volatility_percent: 0 })
  const { body: order } = await world.order(world.alice, {
    ...limitBuy,
    symbol: 'KO',
    qty: '1',
    limit_price: '45',
  })
  await advance(world, { seconds: 2 })
  await setMarket(world, 'KO', { halted: true, price: '40' })
  await advance(world, { seconds: 60 })
  expect(await orderNow(world, order.id)).toMatchObject({ status: 'new' })
  const refused = await world.order(world.alice, { symbol: 'KO', qty: '1' })
  expect(refused.status).toBe(403)
  await setMarket(world, 'KO', { halted: false })
  await advance(world, { seconds: 1 })
  expect(await orderNow(world, order.id)).toMatchObject({ status: 'filled' })
})

test.for([
  { name: 'sim-never-fill-1', status: 'new', filled: '0' },
  { name: 'sim-reject-1', status: 'rejected', filled: '0' },
  { name: 'sim-partial-3-1', status: 'partially_filled', filled: '3' },
])('a market order named $name is $status with $filled shares', async ({ name, status, filled }) => {
  await using world = await tradingWorld()
  const { body: order } = await world.order(world.alice, { symbol: 'KO', qty: '10', client_order_id: name })
  await advance(world, { seconds: 30 })
  expect(await orderNow(world, order.id)).toMatchObject({ status, filled_qty: filled })
  if (status !== 'partially_filled') await booksBalance(world)
})

test('a symbol can be set to never fill, to fill in part, to reject, and back', async () => {
  await using world = await tradingWorld()
  const buy = async () => (await must(world.order(world.alice, { symbol: 'KO', qty: '5' }))).id
  await setMarket(world, 'KO', { fill_mode: 'never' })
  const waiting = await buy()
  await advance(world, { seconds: 5 })
  expect(await orderNow(world, waiting)).toMatchObject({ status: 'new' })
  await setMarket(world, 'KO', { fill_mode: 'partial', partial_qty: '2' })
  await advance(world, { seconds: 5 })
  expect(await orderNow(world, waiting)).toMatchObject({ status: 'partially_filled', filled_qty: '2' })
  await setMarket(world, 'KO', { fill_mode: 'reject' })
  const refused = await buy()
  await advance(world, { seconds: 5 })
  expect(await orderNow(world, refused)).toMatchObject({ status: 'rejected' })
  expect(await orderNow(world, waiting)).toMatchObject({ status: 'canceled', filled_qty: '2' })
  await setMarket(world, 'KO', { fill_mode: 'normal' })
  const filled = await buy()
  await advance(world, { seconds: 5 })
  expect(await orderNow(world, filled)).toMatchObject({ status: 'filled' })
})

test('one order is filled, in part and whole, at a price of choice', async () => {
  await using world = await tradingWorld()
  const { body: order } = await world.order(world.alice, {
    ...limitBuy,
    symbol: 'KO',
    qty: '10',
    limit_price: '5',
  })
  const door = `/_sim/orders/${order.id}`
  expect(await must(world.call('POST', `${door}/partial_fill`, { qty: '4', price: '4.5' }))).toMatchObject({
    status: 'partially_filled',
    filled_qty: '4',
    filled_avg_price: '4.5',
  })
  const tooMuch = await world.call('POST', `${door}/fill`, { qty: '7' })
  expect(tooMuch).toMatchObject({ status: 422, body: { message: 'only 6 of the order are open' } })
  expect(await must(world.call('POST', `${door}/fill`, {}))).toMatchObject({
    status: 'filled',
    filled_qty: '10',
  })
  expect(await world.call('POST', `${door}/fill`, {})).toMatchObject({
    status: 422,
    body: { message: 'not possible with an order in status filled' },
  })
  await booksBalance(world)
  expect((await world.cash(world.alice)).held).toBe(0n)
})

test('one order is rejected, and its cash is free again', async () => {
  await using world = await tradingWorld()
  const { body: order } = await world.order(world.alice, {
    ...limitBuy,
    symbol: 'KO',
    qty: '10',
    limit_price: '5',
  })
  expect((await world.cash(world.alice)).held).toBe(50_00n)
  expect(await must(world.call('POST', `/_sim/orders/${order.id}/reject`, {}))).toMatchObject({
    status: 'rejected',
  })
  expect((await world.cash(world.alice)).held).toBe(0n)
})

test('a venue that answers later leaves a cancel pending until it is acknowledged', async () => {
  await using world = await tradingWorld()
  const { body: order } = await world.order(world.alice, {
    ...limitBuy,
    symbol: 'KO',
    qty: '10',
    limit_price: '5',
  })
  const asked = await world.call('POST', `/_sim/orders/${order.id}/acknowledge`, {})
  expect(asked).toMatchObject({ status: 422 })
  await setMarket(world, 'KO', { fill_mode: 'later' })
  expect((await world.call('DELETE', `${world.ordersOf(world.alice)}/${order.id}`)).status).toBe(204)
  expect(await orderNow(world, order.id)).toMatchObject({ status: 'pending_cancel' })
  expect(await must(world.call('POST', `/_sim/orders/${order.id}/acknowledge`, {}))).toMatchObject({
    status: 'canceled',
  })
})

test('an order can be put into each of the rare states, and back to work', async () => {
  await using world = await tradingWorld()
  await setMarket(world, 'KO', { price: '50', volatility_percent: 0 })
  const { body: order } = await world.order(world.alice, {
    ...limitBuy,
    symbol: 'KO',
    qty: '10',
    limit_price: '45',
  })
  const put = (status: string) => must(world.call('POST', `/_sim/orders/${order.id}/status`, { status }))
  for (const status of ['stopped', 'suspended', 'calculated', 'done_for_day', 'accepted_for_bidding']) {
    expect(await put(status)).toMatchObject({ status })
  }
  await setMarket(world, 'KO', { price: '44' })
  await advance(world, { seconds: 5 })
  expect(await orderNow(world, order.id)).toMatchObject({ status: 'accepted_for_bidding', filled_qty: '0' })
  await put('new')
  await advance(world, { seconds: 1 })
  expect(await orderNow(world, order.id)).toMatchObject({ status: 'filled' })
})

test('a price that is set through one process is the price of the other, and of its orders', async () => {
  await using world = await brokerWorld()
  await using second = await startBroker({ ...world.config })
  const alice = await world.fundedAccount('1000')
  const body = { ...limitBuy, symbol: 'KO', qty: '2', limit_price: '20' }
  const order = await world.must(world.call('POST', `/v1/trading/accounts/${alice.id}/orders`, body))
  await world.advance({ seconds: 2 })
  const door = (symbol: string) => `${second.url}/_sim/market/${symbol}`
  const headers = { 'content-type': 'application/json' }
  await fetch(door('KO'), {
    method: 'POST',
    headers,
    body: JSON.stringify({ price: '19', volatility_percent: 0 }),
  })
  expect(await world.must(world.call('GET', '/_sim/market/KO'))).toMatchObject({ price: '19' })
  await world.advance({ seconds: 1 })
  expect(
    await world.must(world.call('GET', `/v1/trading/accounts/${alice.id}/orders/${order.id}`)),
  ).toMatchObject({ status: 'filled' })
})

test('the same seed and the same calls give the same fills', async () => {
  const fillsOf = async (seed: string) => {
    await using world = await tradingWorld({ seed, cashMinor: 10_000_000_00n })
    await world.order(world.alice, { symbol: 'KO', qty: '9000' })
    await world.order(world.alice, { symbol: 'BTC/USD', notional: '30000', time_in_force: 'gtc' })
    await world.order(world.alice, { ...limitBuy, symbol: 'PEP', qty: '10', limit_price: '90' })
    await advance(world, { seconds: 20 })
    await setMarket(world, 'PEP', { price: '80' })
    await advance(world, { days: 1 })
    const fills = await world.db
      .selectFrom('fills')
      .select(['symbol', 'side', 'quantity_nano', 'price_micro'])
      .orderBy('symbol')
      .orderBy('filled_at')
      .execute()
    return fills.map((fill) => Object.values(fill).join(' '))
  }
  const fills = await fillsOf('first')
  expect(fills.length).toBeGreaterThan(10)
  expect(await fillsOf('first')).toEqual(fills)
  expect(await fillsOf('second')).not.toEqual(fills)
})

test('a door says what is wrong with what it is told', async () => {
  await using world = await tradingWorld()
  const told = async (path: string, body: object) => (await world.call('POST', path, body)).status
  expect(await told('/_sim/market/NOBODY', { halted: true })).toBe(404)
  expect(await told('/_sim/market/KO', { price: '-1' })).toBe(422)
  expect(await told('/_sim/market/KO', { price: '0.0001' })).toBe(422)
  expect(await told('/_sim/market/KO', { price: '10000000.01' })).toBe(422)
  expect(await told('/_sim/market/KO', { fill_mode: 'partial' })).toBe(400)
  expect(await told('/_sim/market/KO', { volatility_percent: 1_000 })).toBe(422)
  expect(await told('/_sim/orders/0d3f7a43-7c9e-4f1e-9f35-1f0a5b1f9a11/fill', {})).toBe(404)
  expect(await told('/_sim/market/BTCUSD', { price: '100000' })).toBe(200)
})
