import { openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { DB } from '../src/db/schema.ts'
import {
  asset,
  cash,
  REBALANCING,
  type RebalancingWorld,
  rebalancingWorld,
  SIXTY_FORTY,
} from './rebalancing-world.ts'

const UNKNOWN = '0b0e4f4e-0000-4000-8000-000000000000'

test('a full rebalance turns cash into the weights', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(1_000_00n)
  const weights = [cash('5'), asset('SPY', 55), asset('AGG', '40.00')]
  const created = await world.must(world.run(alice, weights))
  expect(created).toMatchObject({
    account_id: alice,
    type: 'full_rebalance',
    status: 'QUEUED',
    initiated_from: 'api',
    amount: null,
    orders: [],
    weights: [
      { type: 'cash', symbol: null, percent: '5' },
      { type: 'asset', symbol: 'SPY', percent: '55' },
      { type: 'asset', symbol: 'AGG', percent: '40' },
    ],
  })
  await world.advance({ seconds: 20 })
  const run = await world.getRun(created.id)
  expect(run).toMatchObject({
    status: 'COMPLETED_SUCCESS',
    completed_at: expect.any(String),
    failed_orders: [],
    skipped_orders: [],
  })
  expect(run.orders).toHaveLength(2)
  expect(run.orders).toContainEqual(
    expect.objectContaining({ symbol: 'SPY', side: 'buy', notional: '550', status: 'filled' }),
  )
  expect(await world.mix(alice)).toEqual({ SPY: 55, AGG: 40, cash: 5 })
})

test('a full rebalance sells what is too much, and everything that has no weight, before it buys', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(10_000_00n)
  await world.finished(alice, [asset('SPY', 70), asset('AAPL', 30)])
  const run = await world.finished(alice, [asset('SPY', 20), asset('AGG', 80)])
  expect(run.orders.map(({ symbol, side }: { symbol: string; side: string }) => [side, symbol])).toEqual([
    ['sell', 'AAPL'],
    ['sell', 'SPY'],
    ['buy', 'AGG'],
  ])
  expect(await world.mix(alice)).toMatchObject({ SPY: 20, AGG: 80 })
  const positions = (await world.call('GET', `/v1/trading/accounts/${alice}/positions`)).body
  expect(positions.map(({ symbol }: { symbol: string }) => symbol).sort()).toEqual(['AGG', 'SPY'])
  expect(Number((await world.balances(alice)).cash)).toBeLessThan(1)
})

test('coins are neither sold nor counted', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(1_000_00n)
  await world.must(
    world.call('POST', `/v1/trading/accounts/${alice}/orders`, {
      symbol: 'BTC/USD',
      notional: '400',
      side: 'buy',
      type: 'market',
      time_in_force: 'gtc',
    }),
  )
  await world.advance({ seconds: 5 })
  const run = await world.finished(alice, [asset('SPY', 50), cash(50)])
  expect(run.orders).toMatchObject([{ symbol: 'SPY', side: 'buy' }])
  const positions = (await world.call('GET', `/v1/trading/accounts/${alice}/positions`)).body
  expect(positions).toHaveLength(2)
})

test('an investment of cash buys by weight, sells nothing, and leaves the cash that has a weight', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(1_000_00n)
  await world.finished(alice, [asset('AAPL', 100)])
  await world.give(alice, 500_00n)
  const run = await world.finished(alice, [asset('SPY', 75), asset('AGG', 25)], 'invest_cash')
  expect(run).toMatchObject({ status: 'COMPLETED_SUCCESS', type: 'invest_cash' })
  expect(Number(run.amount)).toBeGreaterThanOrEqual(500)
  expect(run.orders).toMatchObject([
    { symbol: 'SPY', side: 'buy', notional: '375' },
    { symbol: 'AGG', side: 'buy', notional: '125' },
  ])
})

test('legs below a dollar are skipped, and said to be', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(100_00n)
  const run = await world.finished(alice, [asset('SPY', '99.60'), asset('AGG', '0.4')])
  expect(run).toMatchObject({
    status: 'COMPLETED_ADJUSTED',
    orders: [{ symbol: 'SPY', notional: '99.6' }],
    skipped_orders: [
      {
        symbol: 'AGG',
        side: 'buy',
        notional: '0.4',
        currency: 'USD',
        reason: 'ORDER_LESS_THAN_MIN_NOTIONAL',
        reason_details: expect.any(String),
      },
    ],
  })
})

test('a run that finds nothing to trade succeeds at once', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(0n)
  expect(await world.finished(alice, SIXTY_FORTY)).toMatchObject({
    status: 'COMPLETED_SUCCESS',
    orders: [],
    skipped_orders: [],
  })
})

test('outside 09:30 to 15:30 a run waits for the next trading morning', async () => {
  await using world = await rebalancingWorld({ marketHours: 'exchange' })
  const alice = await world.investor(1_000_00n)
  await world.advance({ to: '2026-11-20T20:30:00Z' })
  const { id } = await world.must(world.run(alice, SIXTY_FORTY))
  await world.advance({ to: '2026-11-23T14:29:00Z' })
  expect(await world.getRun(id)).toMatchObject({ status: 'QUEUED', orders: [] })
  await world.advance({ to: '2026-11-23T14:31:00Z' })
  expect(await world.getRun(id)).toMatchObject({ status: 'COMPLETED_SUCCESS' })
})

test('an account has one unfinished run, also when two are asked for at once', async () => {
  await using world = await rebalancingWorld({ marketHours: 'exchange' })
  const alice = await world.investor(1_000_00n)
  await world.advance({ to: '2026-11-21T17:00:00Z' })
  const answers = await Promise.all([1, 2, 3, 4].map(() => world.run(alice, SIXTY_FORTY)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422])
  expect(await world.runsOf(alice)).toHaveLength(1)
})

test('a run that waits can be canceled, one that is over cannot', async () => {
  await using world = await rebalancingWorld({ marketHours: 'exchange' })
  const alice = await world.investor(1_000_00n)
  await world.advance({ to: '2026-11-21T17:00:00Z' })
  const { id } = await world.must(world.run(alice, SIXTY_FORTY))
  const cancel = () => world.call('DELETE', `${REBALANCING}/runs/${id}`)
  expect((await cancel()).status).toBe(204)
  expect(await world.getRun(id)).toMatchObject({ status: 'CANCELED', canceled_at: expect.any(String) })
  expect(await cancel()).toMatchObject({ status: 422, body: { code: 42210000 } })
  await world.advance({ days: 4 })
  expect(await world.getRun(id)).toMatchObject({ status: 'CANCELED', orders: [] })
  expect((await world.call('DELETE', `${REBALANCING}/runs/${UNKNOWN}`)).status).toBe(404)
})

/** A market that does not come to its orders for a day. */
async function slowMarket(world: RebalancingWorld) {
  const owner = openDatabase<DB>({ url: world.database.ownerUrl, schema: 'broker', maxConnections: 1 })
  await sql`create function broker.slow() returns trigger language plpgsql as
    $$ begin new.look_at := new.look_at + interval '1 day'; return new; end $$`.execute(owner)
  await sql`create trigger slow before insert on broker.orders for each row
    execute function broker.slow()`.execute(owner)
  await owner.destroy()
}

/** A run whose orders are in the market. */
async function runUnderWay(world: RebalancingWorld, accountId: string) {
  const { id } = await world.must(world.run(accountId, SIXTY_FORTY))
  await world.advance({ seconds: 4 })
  expect(await world.getRun(id)).toMatchObject({
    status: 'IN_PROGRESS',
    orders: [{ status: 'new' }, { status: 'new' }],
  })
  return id
}

test('a run that is canceled halfway cancels what it has in the market, which frees its money', async () => {
  await using world = await rebalancingWorld()
  await slowMarket(world)
  const alice = await world.investor(1_000_00n)
  const id = await runUnderWay(world, alice)
  expect((await world.balances(alice)).buying_power).toBe('0')
  expect((await world.call('DELETE', `${REBALANCING}/runs/${id}`)).status).toBe(204)
  expect((await world.balances(alice)).buying_power).toBe('1000')
  await world.advance({ days: 2 })
  expect(await world.getRun(id)).toMatchObject({
    status: 'CANCELED_MID_RUN',
    orders: [],
    failed_orders: [{ status: 'canceled' }, { status: 'canceled' }],
  })
})

test('a run whose orders stay open times out, and frees its money', async () => {
  await using world = await rebalancingWorld()
  await slowMarket(world)
  const alice = await world.investor(1_000_00n)
  const id = await runUnderWay(world, alice)
  await world.advance({ seconds: 3_600 })
  expect(await world.getRun(id)).toMatchObject({
    status: 'TIMEOUT',
    reason: expect.any(String),
    failed_orders: [{ status: 'canceled' }, { status: 'canceled' }],
  })
  expect((await world.balances(alice)).buying_power).toBe('1000')
})

test('a run that is looked at twice trades once', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(1_000_00n)
  const run = await world.finished(alice, SIXTY_FORTY)
  // As if the process had died between the commit and the end of its job: the same jobs come again.
  for (const tick of [1, 2, 3]) {
    await world.db
      .insertInto('agenda')
      .values({
        queue: 'advance-rebalancing-run',
        key: `again ${tick}`,
        run_at: world.clock.now(),
        payload: JSON.stringify({ accountId: alice, runId: run.id, tick }),
      })
      .execute()
  }
  await world.advance({ seconds: 20 })
  expect(await world.getRun(run.id)).toEqual(run)
  expect((await world.call('GET', `/v1/trading/accounts/${alice}/orders?status=all`)).body).toHaveLength(2)
})

test('an account that stopped being active ends its run with an error', async () => {
  await using world = await rebalancingWorld({ marketHours: 'exchange' })
  const alice = await world.investor(1_000_00n)
  await world.advance({ to: '2026-11-21T17:00:00Z' })
  const { id } = await world.must(world.run(alice, SIXTY_FORTY))
  await world.must(world.call('POST', `/_sim/accounts/${alice}/status`, { status: 'DISABLED' }))
  await world.advance({ days: 3 })
  expect(await world.getRun(id)).toMatchObject({ status: 'ERROR', reason: 'account is not active' })
})

const refused: readonly [weights: unknown, status: number][] = [
  [[], 422],
  [[asset('SPY', 100), cash(0)], 422],
  [[asset('SPY', '99.99')], 422],
  [[asset('SPY', '100.01')], 422],
  [[asset('SPY', '60.001'), asset('AGG', '39.999')], 422],
  [[asset('SPY', -10), asset('AGG', 110)], 422],
  [[asset('SPY', 50), asset('SPY', 50)], 422],
  [[cash(50), cash(50)], 422],
  [[{ type: 'asset', percent: 100 }], 422],
  [[asset('NOSUCH', 100)], 422],
  [[asset('BTC/USD', 100)], 422],
  [[asset('BRK.A', 100)], 422],
  [[asset('FNMA', 100)], 422],
  [[asset('TWTR', 100)], 422],
  [[asset('SPY', 'all')], 400],
  [[asset('SPY', {})], 400],
  [[{ type: 'coin', symbol: 'SPY', percent: 100 }], 422],
  ['SPY', 400],
]

test('weights that make no portfolio are refused, and nothing is written', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(100_00n)
  for (const [weights, status] of refused) {
    const answer = await world.run(alice, weights as object)
    expect([weights, answer.status]).toEqual([weights, status])
    expect(answer.body).toMatchObject({ code: expect.any(Number), message: expect.any(String) })
  }
  expect(await world.runsOf(alice)).toEqual([])
})

test('runs of unknown accounts, of unknown types and of inactive accounts are refused', async () => {
  await using world = await rebalancingWorld()
  expect(await world.run(UNKNOWN, SIXTY_FORTY)).toMatchObject({ status: 401, body: { code: 40110000 } })
  const alice = await world.investor(0n)
  expect((await world.run(alice, SIXTY_FORTY, 'half_rebalance')).status).toBe(422)
  await world.must(world.call('POST', `/_sim/accounts/${alice}/status`, { status: 'DISABLED' }))
  expect(await world.run(alice, SIXTY_FORTY)).toMatchObject({ status: 403, body: { code: 40310000 } })
})

test('runs are listed newest first, page by page, and by what they are', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(100_00n)
  const bob = await world.investor(100_00n)
  for (const who of [alice, bob, alice]) await world.finished(who, [cash(100)])
  const list = async (query: string, base = REBALANCING) =>
    world.must(world.call('GET', `${base}/runs?${query}`))
  const first = await list('limit=2')
  expect(first.runs).toHaveLength(2)
  const second = await list(`limit=2&page_token=${first.next_page_token}`)
  expect(second).toMatchObject({ runs: [expect.anything()], next_page_token: null })
  const ids = [...first.runs, ...second.runs].map(({ id }: { id: string }) => id)
  expect(ids).toEqual([...ids].sort().reverse())
  expect((await list(`account_id=${alice}`)).runs).toHaveLength(2)
  expect((await list('status=IN_PROGRESS')).runs).toHaveLength(0)
  expect(
    (await list('status=COMPLETED_SUCCESS&type=full_rebalance', '/v1/beta/rebalancing')).runs,
  ).toHaveLength(3)
  for (const query of ['limit=0', 'limit=-1', 'limit=x', 'page_token=x', 'status=DONE', 'type=x']) {
    expect([query, (await world.call('GET', `${REBALANCING}/runs?${query}`)).status]).toEqual([query, 422])
  }
  expect((await world.call('GET', `${REBALANCING}/runs?account_id=${UNKNOWN}`)).status).toBe(401)
  expect((await world.call('GET', `${REBALANCING}/runs?limit=1000000`)).status).toBe(200)
})
