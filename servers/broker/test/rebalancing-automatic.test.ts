import { openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { DB } from '../src/db/schema.ts'
import { asset, cash, REBALANCING, type RebalancingWorld, rebalancingWorld } from './rebalancing-world.ts'

/** Runs of an account, oldest first: how they began and how they ended. */
async function story(world: RebalancingWorld, accountId: string): Promise<string[]> {
  const runs: { type: string; status: string; created_at: string }[] = await world.runsOf(accountId)
  return runs.reverse().map(({ type, status, created_at: at }) => `${at.slice(5, 16)} ${type} ${status}`)
}

test('an account that follows a portfolio is invested at once, and the run names the portfolio', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(1_000_00n)
  const { portfolioId, subscriptionId } = await world.follow(alice)
  await world.advance({ seconds: 30 })
  expect(await world.runsOf(alice)).toMatchObject([
    {
      portfolio_id: portfolioId,
      initiated_from: 'system',
      type: 'invest_cash',
      amount: '1000',
      status: 'COMPLETED_SUCCESS',
    },
  ])
  expect(await world.mix(alice)).toMatchObject({ SPY: 60, AGG: 40 })
  const { body } = await world.call('GET', `${REBALANCING}/subscriptions/${subscriptionId}`)
  expect(body.last_rebalanced_at).toEqual(expect.any(String))
})

test('at the exchange, nothing happens at night or on days without trading', async () => {
  await using world = await rebalancingWorld({ marketHours: 'exchange' })
  const alice = await world.investor(1_000_00n)
  await world.advance({ to: '2026-11-20T21:00:00Z' })
  await world.follow(alice)
  await world.advance({ to: '2026-11-23T14:29:59Z' })
  expect(await world.runsOf(alice)).toEqual([])
  await world.advance({ to: '2026-11-23T14:30:30Z' })
  expect(await story(world, alice)).toEqual(['11-23T14:30 invest_cash COMPLETED_SUCCESS'])
})

test.for([
  { idle: 10_00n, runs: 0 },
  { idle: 10_01n, runs: 1 },
])('$idle cents of idle cash begin $runs runs', async ({ idle, runs }) => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(idle)
  await world.follow(alice, { weights: [asset('SPY', 100)], cooldown_days: 0 })
  await world.advance({ seconds: 30 })
  expect(await world.runsOf(alice)).toHaveLength(runs)
})

test('cash that has a weight does not lie idle', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(100_00n)
  await world.follow(alice, { weights: [asset('SPY', 50), cash(50)], cooldown_days: 0 })
  await world.advance({ days: 1 })
  expect(await world.runsOf(alice)).toHaveLength(1)
})

test('new cash waits until the cooldown is over', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(1_000_00n)
  await world.follow(alice, { cooldown_days: 3 })
  await world.advance({ seconds: 30 })
  await world.give(alice, 500_00n)
  await world.advance({ to: '2026-11-23T16:59:00Z' })
  expect(await world.runsOf(alice)).toHaveLength(1)
  await world.advance({ to: '2026-11-23T18:01:00Z' })
  expect(await story(world, alice)).toEqual([
    '11-20T17:00 invest_cash COMPLETED_SUCCESS',
    '11-23T17:30 invest_cash COMPLETED_SUCCESS',
  ])
})

test('an account that has drifted out of its band is brought back', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(1_000_00n)
  await world.finished(alice, [asset('SPY', 70), asset('AGG', 30)])
  const band = (percent: string) => ({
    rebalance_conditions: [{ type: 'drift_band', sub_type: 'absolute', percent, day: null }],
  })
  // Ten points off, give or take what the market did.
  const { subscriptionId } = await world.follow(alice, band('15'))
  await world.advance({ seconds: 30 })
  expect(await world.runsOf(alice)).toHaveLength(1)
  await world.must(world.call('DELETE', `${REBALANCING}/subscriptions/${subscriptionId}`))
  await world.follow(alice, band('5'))
  await world.advance({ seconds: 30 })
  const [run] = await world.runsOf(alice)
  expect(run).toMatchObject({ type: 'full_rebalance', initiated_from: 'system' })
  expect(run.orders).toMatchObject([
    { side: 'sell', symbol: 'SPY' },
    { side: 'buy', symbol: 'AGG' },
  ])
  expect(await world.mix(alice)).toMatchObject({ SPY: 60, AGG: 40 })
})

test('a calendar begins one run a week, on the next trading day when its own has none', async () => {
  await using world = await rebalancingWorld({ marketHours: 'exchange' })
  const alice = await world.investor(1_000_00n)
  await world.finished(alice, [asset('SPY', 60), asset('AGG', 40)])
  await world.follow(alice, {
    cooldown_days: 0,
    // The 26th is Thanksgiving.
    rebalance_conditions: [{ type: 'calendar', sub_type: 'weekly', percent: null, day: 'Thursday' }],
  })
  await world.advance({ to: '2026-12-05T00:00:00Z' })
  const days = (await story(world, alice)).slice(1).map((run) => run.slice(0, 26))
  expect(days).toEqual(['11-27T14:30 full_rebalance', '12-03T14:30 full_rebalance'])
})

test('when an asset stops being tradable its portfolio needs adjustment, and begins no runs until it has it', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(0n)
  const { portfolioId } = await world.follow(alice)
  const owner = openDatabase<DB>({ url: world.database.ownerUrl, schema: 'broker', maxConnections: 1 })
  await sql`update rebalancing_portfolios set weights = '[{"type":"asset","symbol":"TWTR","percent":"100"}]'`.execute(
    owner,
  )
  await owner.destroy()
  await world.advance({ days: 1 })
  const path = `${REBALANCING}/portfolios/${portfolioId}`
  expect((await world.call('GET', path)).body.status).toBe('needs_adjustment')
  await world.give(alice, 1_000_00n)
  await world.advance({ days: 1 })
  expect(await world.runsOf(alice)).toEqual([])
  const fixed = await world.call('PATCH', path, { weights: [asset('SPY', 100)] })
  expect(fixed.body.status).toBe('active')
  await world.advance({ days: 1 })
  expect(await world.runsOf(alice)).toHaveLength(1)
})

test('who no longer follows is left alone', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(0n)
  const { subscriptionId } = await world.follow(alice, { cooldown_days: 0 })
  await world.must(world.call('DELETE', `${REBALANCING}/subscriptions/${subscriptionId}`))
  await world.give(alice, 1_000_00n)
  await world.advance({ days: 3 })
  expect(await world.runsOf(alice)).toEqual([])
})
