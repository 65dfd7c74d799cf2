import { formatPrice, formatQuantity, proceedsOfSale, type QuantityNano, trimmedUsd } from '@paddock/money'
import { expect, test } from 'vitest'
import { SATURDAY, tradingWorld } from './trading-world.ts'

test('a sale fills at the bid, takes its part of the cost, and settles a day later', async () => {
  await using world = await tradingWorld()
  const { alice, db, clock } = world
  const bought = await world.buy(alice, 'KO', '4')
  clock.moveTo(clock.now().add({ minutes: 30 }))
  const { bidMicro } = world.quote('KO')
  const proceedsMinor = proceedsOfSale(1_000_000_000n as QuantityNano, bidMicro)

  const { body } = await world.order(alice, { symbol: 'KO', qty: 1, side: 'sell' })
  expect(body).toMatchObject({ position_intent: 'sell_to_close', status: 'new' })
  const filled = await world.settled(alice, body.id)
  expect(filled).toMatchObject({ status: 'filled', filled_avg_price: formatPrice(bidMicro) })
  expect(await world.cash(alice)).toEqual({
    posted: 10_000_00n - bought.amount_minor + proceedsMinor,
    held: 0n,
  })
  const sale = await db.selectFrom('fills').selectAll().where('side', '=', 'sell').executeTakeFirstOrThrow()
  const soldCostMinor = bought.amount_minor / 4n
  expect(sale).toMatchObject({
    cost_basis_minor: soldCostMinor,
    realized_minor: proceedsMinor - soldCostMinor,
    position_quantity_nano: 3_000_000_000n,
    settles_on: Temporal.PlainDate.from('2026-11-23'),
  })
  const { body: position } = await world.call('GET', `${world.positionsOf(alice)}/KO`)
  expect(position).toMatchObject({ qty: '3', cost_basis: trimmedUsd(bought.amount_minor - soldCostMinor) })
})

test('nobody sells what is not there, or is being sold already', async () => {
  await using world = await tradingWorld()
  const { alice } = world
  await world.buy(alice, 'KO', '5')
  expect(await world.order(alice, { symbol: 'KO', qty: '5.000000001', side: 'sell' })).toEqual({
    status: 403,
    body: {
      code: 40310000,
      message: 'insufficient qty available for order (requested: 5.000000001, available: 5)',
      symbol: 'KO',
      available: '5',
      existing_qty: '5',
      held_for_orders: '0',
      related_orders: [],
    },
  })
  expect(await world.order(alice, { symbol: 'PEP', qty: 1, side: 'sell' })).toMatchObject({
    status: 422,
    body: { message: 'asset "PEP" cannot be sold short' },
  })
  const coins = { symbol: 'BTC/USD', qty: '0.5', side: 'sell', time_in_force: 'gtc' }
  expect(await world.order(alice, coins)).toMatchObject({
    status: 403,
    body: { message: 'insufficient balance for BTC (requested: 0.5, available: 0)', balance: '0' },
  })
})

test('a sale by dollars brings exactly those dollars', async () => {
  await using world = await tradingWorld()
  const { alice } = world
  await world.buy(alice, 'KO', '5')
  const before = await world.cash(alice)
  const { body } = await world.order(alice, { symbol: 'KO', notional: '50.01', side: 'sell' })
  expect(await world.settled(alice, body.id)).toMatchObject({
    status: 'filled',
    notional: '50.01',
    qty: null,
  })
  expect(await world.cash(alice)).toEqual({ posted: (before.posted ?? 0n) + 50_01n, held: 0n })
})

test('coins are bought and sold at any hour, settle at once, and their positions have no slash', async () => {
  await using world = await tradingWorld({ at: Temporal.Instant.from('2026-11-22T08:00:00Z') })
  const { alice, db } = world
  const { body } = await world.order(alice, { symbol: 'BTC/USD', notional: 500, time_in_force: 'gtc' })
  expect(body).toMatchObject({ symbol: 'BTC/USD', asset_class: 'crypto', expires_at: null })
  await world.settled(alice, body.id)
  for (const name of ['BTC/USD', 'BTC%2FUSD', 'BTCUSD', body.asset_id]) {
    const { body: position } = await world.call('GET', `${world.positionsOf(alice)}/${name}`)
    expect(position).toMatchObject({ symbol: 'BTCUSD', exchange: 'CRYPTO', asset_class: 'crypto' })
  }
  const closed = await world.call('DELETE', `${world.positionsOf(alice)}/BTC/USD`)
  expect(closed).toMatchObject({ status: 200, body: { side: 'sell', time_in_force: 'gtc' } })
  await world.settled(alice, closed.body.id)
  const fills = await db.selectFrom('fills').select('settles_on').execute()
  expect(fills.map(({ settles_on }) => settles_on.toString())).toEqual(['2026-11-22', '2026-11-22'])
})

test('a position is closed whole, by shares or by percent, and then it is gone', async () => {
  await using world = await tradingWorld()
  const { alice } = world
  await world.buy(alice, 'KO', '8')
  const path = `${world.positionsOf(alice)}/KO`
  const close = async (query: string, left: string) => {
    const { status, body } = await world.call('DELETE', `${path}${query}`)
    expect(status).toBe(200)
    await world.settled(alice, body.id)
    expect((await world.call('GET', path)).body.qty).toBe(left)
  }
  await close('?qty=2', '6')
  await close('?percentage=33.333333333', formatQuantity(4_000_000_001n))
  for (const query of ['?qty=1&percentage=1', '?percentage=0', '?percentage=100.1', '?qty=x']) {
    expect((await world.call('DELETE', `${path}${query}`)).status, query).toBe(422)
  }
  expect((await world.call('DELETE', `${path}?qty=5`)).status).toBe(403)
  const { body } = await world.call('DELETE', path)
  await world.settled(alice, body.id)
  const gone = { status: 404, body: { code: 40410000, message: 'position does not exist' } }
  expect(await world.call('GET', path)).toEqual(gone)
  expect(await world.call('DELETE', path)).toEqual(gone)
  expect((await world.call('GET', world.positionsOf(alice))).body).toEqual([])
})

test('closing everything sells each position by itself and tells of each', async () => {
  await using world = await tradingWorld({ marketHours: 'exchange' })
  const { alice, clock } = world
  await world.buy(alice, 'KO', '1')
  await world.buy(alice, 'PEP', '2')
  clock.moveTo(SATURDAY)
  const { body: waiting } = await world.order(alice, { symbol: 'PEP', qty: 1, side: 'sell' })
  const first = await world.call('DELETE', world.positionsOf(alice))
  expect(first).toMatchObject({
    status: 207,
    body: [
      { symbol: 'KO', status: 200, body: { side: 'sell', qty: '1', status: 'accepted' } },
      { symbol: 'PEP', status: 403, body: { code: 40310000, available: '1', held_for_orders: '1' } },
    ],
  })
  expect(first.body[0].order_id).toBe(first.body[0].body.id)
  const second = await world.call('DELETE', `${world.positionsOf(alice)}?cancel_orders=True`)
  expect(second.body.map(({ status }: { status: number }) => status)).toEqual([200, 200])
  const { body: canceled } = await world.call('GET', `${world.ordersOf(alice)}/${waiting.id}`)
  expect(canceled.status).toBe('canceled')
  const wrong = await world.call('DELETE', `${world.positionsOf(alice)}?cancel_orders=perhaps`)
  expect(wrong).toMatchObject({ status: 422, body: { code: 40010001 } })
})

test('the last billionth of a share can be sold though it brings no cent', async () => {
  await using world = await tradingWorld()
  const { alice } = world
  await world.buy(alice, 'KO', '1.000000001')
  for (const qty of ['1', '0.000000001']) {
    const { body } = await world.order(alice, { symbol: 'KO', qty, side: 'sell', commission: '0.5' })
    expect(await world.settled(alice, body.id)).toMatchObject({ status: 'filled', filled_qty: qty })
  }
  expect((await world.call('GET', world.positionsOf(alice))).body).toEqual([])
})

test('proceeds of a sale may buy at once but leave only when they have settled', async () => {
  await using world = await tradingWorld({ cashMinor: 1_000_00n })
  const { alice, clock } = world
  await world.buy(alice, 'KO', '10')
  const { body } = await world.order(alice, { symbol: 'KO', qty: 10, side: 'sell' })
  await world.settled(alice, body.id)
  const figures = async () =>
    (await world.call('GET', `/v1/trading/accounts/${alice}/account`)).body as Record<string, string>
  const { posted } = await world.cash(alice)
  const [sale] = await world.db.selectFrom('fills').selectAll().where('side', '=', 'sell').execute()
  expect(await figures()).toMatchObject({
    cash: trimmedUsd(posted ?? 0n),
    buying_power: trimmedUsd(posted ?? 0n),
    non_marginable_buying_power: trimmedUsd((posted ?? 0n) - (sale?.amount_minor ?? 0n)),
    cash_withdrawable: trimmedUsd((posted ?? 0n) - (sale?.amount_minor ?? 0n)),
  })
  clock.moveTo(Temporal.Instant.from('2026-11-23T05:00:00Z'))
  expect(await figures()).toMatchObject({ cash_withdrawable: trimmedUsd(posted ?? 0n) })
})

test('equity is cash and what positions are worth, and last equity is as of the last close', async () => {
  await using world = await tradingWorld({ cashMinor: 5_000_00n })
  const { alice, clock } = world
  const figures = async () =>
    (await world.call('GET', `/v1/trading/accounts/${alice}/account`)).body as Record<string, string>
  await world.buy(alice, 'SPY', '3')
  const { body: before } = await world.call('GET', `${world.positionsOf(alice)}/SPY`)
  expect(await figures()).toMatchObject({ long_market_value: before.market_value, last_equity: '0' })
  clock.moveTo(Temporal.Instant.from('2026-11-20T21:00:00Z'))
  const { equity } = await figures()
  clock.moveTo(Temporal.Instant.from('2026-11-21T15:00:00Z'))
  expect((await figures()).last_equity).toBe(equity)
})
