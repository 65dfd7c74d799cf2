import { expect, test } from 'vitest'
import { type BrokerWorld, brokerWorld } from './broker-world.ts'

const settings = (id: string) => `/v1/trading/accounts/${id}/account/configurations`

const order = (world: BrokerWorld, id: string, change: object = {}) =>
  world.call('POST', `/v1/trading/accounts/${id}/orders`, {
    symbol: 'SPY',
    notional: '10',
    side: 'buy',
    type: 'market',
    time_in_force: 'day',
    ...change,
  })

const restrict = (world: BrokerWorld, id: string, body: unknown) =>
  world.call('POST', `/_sim/accounts/${id}/restrictions`, body)

/** As the vendor's client sends it: all nine keys, null where it says nothing. */
const said = (change: object) => ({
  dtbp_check: null,
  fractional_trading: null,
  max_margin_multiplier: null,
  max_options_trading_level: null,
  no_shorting: null,
  pdt_check: null,
  ptp_no_exception_entry: null,
  suspend_trade: null,
  trade_confirm_email: null,
  ...change,
})

const defaults = {
  trade_confirm_email: 'all',
  suspend_trade: false,
  no_shorting: false,
  fractional_trading: true,
  max_margin_multiplier: '1',
  max_options_trading_level: null,
  ptp_no_exception_entry: false,
  disable_overnight_trading: false,
}

test('settings begin with the defaults, and what is null or missing stays as it was', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  expect((await world.call('GET', settings(id))).body).toEqual(defaults)
  expect(await world.balances(id)).toMatchObject({
    user_configurations: null,
    trade_suspended_by_user: false,
  })

  const first = await world.call('PATCH', settings(id), said({ no_shorting: true, max_margin_multiplier: 2 }))
  expect(first.body).toEqual({ ...defaults, no_shorting: true, max_margin_multiplier: '2' })
  const second = await world.call('PATCH', settings(id), { ptp_no_exception_entry: 'True' })
  expect(second.body).toEqual({ ...first.body, ptp_no_exception_entry: true })
  expect((await world.call('PATCH', settings(id), said({}))).body).toEqual(second.body)
  expect((await world.balances(id)).user_configurations).toEqual(second.body)
  expect((await world.call('GET', `/v1/accounts/${id}`)).body.trading_configurations).toEqual(second.body)
})

test('settings that make no sense are refused and change nothing', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const refused: readonly [status: number, body: unknown][] = [
    [422, { trade_confirm_email: 'some' }],
    [422, { max_margin_multiplier: '3' }],
    [422, { max_options_trading_level: 4 }],
    [400, { suspend_trade: 'yes' }],
    [422, { pdt_check: 'never' }],
    [400, []],
  ]
  for (const [status, body] of refused) {
    expect([body, (await world.call('PATCH', settings(id), body)).status]).toEqual([body, status])
  }
  expect((await world.call('GET', settings(id))).body).toEqual(defaults)
  expect((await world.call('GET', settings('0b0e4f4e-0000-4000-8000-000000000000'))).status).toBe(401)
})

test('what a customer switched off is refused until it is on again', async () => {
  await using world = await brokerWorld()
  const { id } = await world.fundedAccount('5000')
  await world.must(order(world, id, { notional: '100' }))
  await world.advance({ seconds: 2 })

  await world.must(world.call('PATCH', settings(id), { suspend_trade: true }))
  expect(await order(world, id)).toMatchObject({
    status: 403,
    body: { code: 40310000, message: 'new orders are rejected by user request' },
  })
  expect((await world.balances(id)).trade_suspended_by_user).toBe(true)

  await world.must(world.call('PATCH', settings(id), { suspend_trade: false, fractional_trading: false }))
  expect(await order(world, id)).toMatchObject({
    status: 403,
    body: { message: 'fractional trading is disabled for account' },
  })
  expect((await order(world, id, { notional: null, qty: '1' })).status).toBe(200)
  // Once that is filled no order of the other side is in the way.
  await world.advance({ seconds: 2 })
  // What is held in parts of a share can still be sold.
  expect((await order(world, id, { side: 'sell', notional: '5' })).status).toBe(200)
})

test('what the broker blocked is refused, told in the balances and in an event with only what changed', async () => {
  await using world = await brokerWorld()
  const alice = await world.seasonedAccount('500')
  const { id } = alice
  const dollars = { side: 'buy', symbol: 'BTC/USD', time_in_force: 'gtc' }
  const blocks: readonly [change: object, refused: () => Promise<{ status: number }>][] = [
    [{ trading_blocked: true }, () => order(world, id)],
    [{ account_blocked: true }, () => order(world, id)],
    [{ account_blocked: true }, () => world.transfer(alice, '5')],
    [{ transfers_blocked: true }, () => world.transfer(alice, '5')],
    [{ transfers_blocked: true }, () => world.transfer(alice, '5', 'OUTGOING')],
    [
      { admin_configurations: { outgoing_transfers_blocked: true } },
      () => world.transfer(alice, '5', 'OUTGOING'),
    ],
    [{ admin_configurations: { incoming_transfers_blocked: true } }, () => world.transfer(alice, '5')],
    [{ admin_configurations: { disable_fractional: true } }, () => order(world, id)],
    [{ admin_configurations: { disable_crypto: true } }, () => order(world, id, dollars)],
    [
      { admin_configurations: { restrict_to_liquidation_reasons: { unspecified: true } } },
      () => order(world, id, { notional: null, qty: '0.01' }),
    ],
  ]
  for (const [change, attempt] of blocks) {
    await world.must(restrict(world, id, change))
    expect(await world.balances(id)).toMatchObject(change)
    expect([change, (await attempt()).status]).toEqual([change, 403])
    const [event] = await world.db
      .selectFrom('events')
      .select('payload')
      .where('stream', '=', 'account')
      .orderBy('id', 'desc')
      .limit(1)
      .execute()
    expect(event?.payload).toEqual({ account_number: expect.any(String), reason: '', ...change })
    await world.must(restrict(world, id, opposite(change)))
    expect([change, (await attempt()).status]).toEqual([change, 200])
  }
})

function opposite(change: object): object {
  const pairs = Object.entries(change).map(([key, value]) => [
    key,
    typeof value === 'boolean' ? !value : opposite(value),
  ])
  return Object.fromEntries(pairs)
}

test('figures are told with what they were before, the same change twice is told once', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const count = async () =>
    (
      await world.db
        .selectFrom('events')
        .select('payload')
        .where('entity_id', '=', id)
        .orderBy('id')
        .execute()
    ).map(({ payload }) => payload as object)
  const before = (await count()).length
  await Promise.all(
    [1, 2].map(() => restrict(world, id, { admin_configurations: { max_margin_multiplier: '2' } })),
  )
  const events = await count()
  expect(events).toHaveLength(before + 1)
  expect(events.at(-1)).toMatchObject({
    admin_configurations: { max_margin_multiplier: { from: null, to: '2' } },
  })
  expect((await restrict(world, id, { admin_configurations: { friend: true } })).status).toBe(422)
  expect((await restrict(world, id, { trading_blocked: 'perhaps' })).status).toBe(400)
})

test('an account whose deposit was taken back may only sell until that is lifted', async () => {
  await using world = await brokerWorld()
  const alice = await world.fundedAccount('500')
  await world.must(order(world, alice.id, { notional: '100' }))
  await world.advance({ seconds: 2 })
  const deposit = await world.must(world.transfer(alice, '50'))
  await world.must(world.call('POST', `/_sim/transfers/${deposit.id}/settle`, {}))
  await world.must(world.call('POST', `/_sim/transfers/${deposit.id}/return`, { code: 'R01' }))

  expect((await world.balances(alice.id)).admin_configurations).toEqual({
    restrict_to_liquidation_reasons: { ach_return: true },
  })
  expect(await order(world, alice.id)).toMatchObject({
    status: 403,
    body: { code: 40310000, message: 'account is restricted to liquidation only' },
  })
  expect((await world.call('DELETE', `/v1/trading/accounts/${alice.id}/positions`)).body).toMatchObject([
    { symbol: 'SPY', status: 200 },
  ])
  const lift = { admin_configurations: { restrict_to_liquidation_reasons: { ach_return: false } } }
  await world.must(restrict(world, alice.id, lift))
  expect((await order(world, alice.id)).status).toBe(200)
})

test('the limits of the day are the cash that is there and what was bought with it', async () => {
  await using world = await brokerWorld()
  const { id } = await world.fundedAccount('500')
  const limits = async () => (await world.call('GET', `/v1/trading/accounts/${id}/limits`)).body
  expect(await limits()).toEqual({
    account_id: id,
    currency: 'USD',
    daily_net_limit: '500',
    limit_in_use: '0',
    available: '500',
  })
  await world.must(order(world, id, { notional: '100' }))
  await world.advance({ seconds: 2 })
  expect(await limits()).toMatchObject({ daily_net_limit: '500', limit_in_use: '100', available: '400' })
})

test('the ten figures that may be null but must be there are there', async () => {
  await using world = await brokerWorld()
  const balances = await world.balances(await world.activeAccount())
  for (const key of [
    'cash_withdrawable',
    'cash_transferable',
    'previous_close',
    'last_long_market_value',
    'last_short_market_value',
    'last_cash',
    'last_initial_margin',
    'last_regt_buying_power',
    'last_buying_power',
    'clearing_broker',
  ]) {
    expect(balances).toHaveProperty(key)
  }
})

test('the clock is told under both versions, and markets of another century are not', async () => {
  await using world = await brokerWorld()
  expect((await world.call('GET', '/v2/clock')).body).toEqual((await world.call('GET', '/v1/clock')).body)
  const days = async (query: string) => (await world.call('GET', `/v1/calendar?${query}`)).body
  expect(await days('start=1901-01-01&end=1969-12-31')).toEqual([])
  expect(await days('start=2030-01-01&end=9999-12-31')).toEqual([])
  expect(await days('start=2029-12-31T00:00:00%2B00:00&end=2029-12-31&date_type=TRADING')).toHaveLength(1)
  for (const path of ['/v2/calendar', '/v2/assets']) {
    expect([path, (await world.call('GET', path)).status]).toEqual([path, 404])
  }
})
