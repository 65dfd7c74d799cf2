import { expect, test } from 'vitest'
import { tradingWorld } from './trading-world.ts'

test('orders are listed by status, time, symbol and side, newest first', async () => {
  await using world = await tradingWorld({ marketHours: 'exchange' })
  const { alice, clock } = world
  const place = async (body: object) => {
    const order = (await world.order(alice, body)).body
    clock.moveTo(clock.now().add({ seconds: 1 }))
    return order
  }
  const bought = await place({ symbol: 'KO', notional: 50 })
  await world.settled(alice, bought.id)
  const sold = await place({ symbol: 'KO', notional: 10, side: 'sell' })
  await world.settled(alice, sold.id)
  const coins = await place({ symbol: 'BTC/USD', notional: 50, time_in_force: 'gtc' })
  await world.settled(alice, coins.id)
  clock.moveTo(Temporal.Instant.from('2026-11-21T17:00:00Z'))
  const waiting = await place({ symbol: 'SPY', notional: 50 })

  const list = async (query: string) =>
    (await world.call('GET', `${world.ordersOf(alice)}${query}`)).body.map(({ id }: { id: string }) => id)
  expect(await list('')).toEqual([waiting.id])
  expect(await list('?status=closed')).toEqual([coins.id, sold.id, bought.id])
  expect(await list('?status=all&direction=asc')).toEqual([bought.id, sold.id, coins.id, waiting.id])
  expect(await list('?status=all&limit=2')).toEqual([waiting.id, coins.id])
  expect(await list('?status=all&side=sell')).toEqual([sold.id])
  expect(await list('?status=all&symbols=SPY,BTCUSD')).toEqual([waiting.id, coins.id])
  expect(await list('?status=all&symbols=SPY&symbols=KO&side=buy')).toEqual([waiting.id, bought.id])
  expect(await list('?status=all&symbols=NOPE')).toEqual([])
  expect(await list('?status=all&asset_class=crypto')).toEqual([coins.id])
  expect(await list(`?status=all&after=${sold.submitted_at}&nested=True`)).toEqual([waiting.id, coins.id])
  expect(await list(`?status=all&until=${sold.submitted_at}`)).toEqual([bought.id])
  expect(await list('?status=all&after=2026-11-21')).toEqual([waiting.id])
  expect(await list('?status=open&until=9999-12-31T23:59:59.999999999999Z')).toEqual([waiting.id])
  expect(await list('?status=all&after=2026-11-21T11:00:00-05:00')).toEqual([waiting.id])
})

test('unsuitable questions are refused', async () => {
  await using world = await tradingWorld()
  for (const query of [
    '?status=some',
    '?limit=0',
    '?limit=501',
    '?limit=x',
    '?after=yesterday',
    '?side=both',
  ]) {
    const { status, body } = await world.call('GET', `${world.ordersOf(world.alice)}${query}`)
    expect({ query, status, code: body.code }).toEqual({ query, status: 422, code: 40010001 })
  }
  const malformed = await world.call('GET', `${world.ordersOf(world.alice)}/not-an-id`)
  expect(malformed).toMatchObject({ status: 400, body: { code: 40010001 } })
  const unknown = await world.call(
    'GET',
    `${world.ordersOf(world.alice)}:by_client_order_id?client_order_id=x`,
  )
  expect(unknown).toMatchObject({ status: 404, body: { code: 40410000, message: 'order not found for x' } })
})

test('an order has every field that the vendor documents', async () => {
  await using world = await tradingWorld()
  const { body } = await world.order(world.alice, {
    symbol: 'KO',
    notional: 25.0,
    client_order_id: 'web-7f31',
  })
  const filled = await world.settled(world.alice, body.id)
  expect(filled).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    client_order_id: 'web-7f31',
    created_at: '2026-11-20T17:00:00Z',
    updated_at: '2026-11-20T17:00:00Z',
    submitted_at: '2026-11-20T17:00:00Z',
    filled_at: '2026-11-20T17:00:00Z',
    expires_at: '2026-11-20T21:00:00Z',
    expired_at: null,
    canceled_at: null,
    cancel_requested_at: null,
    failed_at: null,
    replaced_at: null,
    replaced_by: null,
    replaces: null,
    asset_id: expect.any(String),
    symbol: 'KO',
    asset_class: 'us_equity',
    notional: '25',
    qty: null,
    filled_qty: expect.stringMatching(/^0\.\d{1,9}$/),
    filled_avg_price: expect.any(String),
    order_class: '',
    order_type: 'market',
    type: 'market',
    side: 'buy',
    time_in_force: 'day',
    limit_price: null,
    stop_price: null,
    status: 'filled',
    extended_hours: false,
    legs: null,
    trail_percent: null,
    trail_price: null,
    hwm: null,
    commission: '0',
    commission_type: 'notional',
    position_intent: 'buy_to_open',
    subtag: null,
    source: null,
  })
})

test('both generations of the trade stream tell of the order and its fill', async () => {
  await using world = await tradingWorld()
  const { alice } = world
  const { body } = await world.order(alice, { symbol: 'KO', qty: 2 })
  const filled = await world.settled(alice, body.id)
  const events = await world.tradeEvents(alice)
  expect(events).toMatchObject([
    { event: 'new', account_id: alice, order: { id: body.id, status: 'new' } },
    {
      event: 'fill',
      price: filled.filled_avg_price,
      qty: '2',
      position_qty: '2',
      settle_date: '2026-11-23',
      order: filled,
    },
  ])
  for (const event of events) {
    expect(event).toMatchObject({
      at: '2026-11-20T17:00:00Z',
      timestamp: '2026-11-20T17:00:00Z',
      execution_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      event_id: expect.stringMatching(/^[0-9A-Z]{26}$/),
    })
  }
  const v1 = await world.tradeEvents(alice, '/v1/events/trades')
  expect(v1.map(({ event_id, event_ulid }) => [typeof event_id, event_ulid])).toEqual(
    events.map(({ event_id }) => ['number', event_id]),
  )
})

test('positions of all accounts come in pages of accounts', async () => {
  await using world = await tradingWorld()
  const bob = await world.customer(1_000_00n)
  await world.customer(0n)
  await world.buy(world.alice, 'KO', '1')
  await world.buy(world.alice, 'SPY', '1')
  await world.buy(bob, 'PEP', '2')
  const { body } = await world.call('GET', '/v1/accounts/positions')
  expect(body.as_of).toBe('2026-11-20T17:00:00Z')
  const symbols = Object.entries<{ symbol: string }[]>(body.positions).map(([id, held]) => [
    id,
    held.map(({ symbol }) => symbol),
  ])
  expect(Object.fromEntries(symbols)).toEqual({ [world.alice]: ['KO', 'SPY'], [bob]: ['PEP'] })
  expect((await world.call('GET', '/v1/accounts/positions?page=2')).body.positions).toEqual({})
})
