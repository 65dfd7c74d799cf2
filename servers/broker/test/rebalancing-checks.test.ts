import { openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { DB } from '../src/db/schema.ts'
import { brokerChecks } from '../src/index.ts'
import { asset, cash, type RebalancingWorld, rebalancingWorld } from './rebalancing-world.ts'

async function violations(world: RebalancingWorld): Promise<string[]> {
  const found = await Promise.all(
    brokerChecks.map(async ({ id, run }) => (await run(world.db)).map((text) => `${id}: ${text}`)),
  )
  return found.flat()
}

/** A follower, a run that traded and skipped, and one that waits for Monday. */
async function busyWorld() {
  const world = await rebalancingWorld({ marketHours: 'exchange' })
  const alice = await world.investor(1_000_00n)
  const bob = await world.investor(1_000_00n)
  await world.follow(alice)
  const done = await world.finished(bob, [asset('SPY', '99.95'), asset('AGG', '0.05')])
  expect(done).toMatchObject({ status: 'COMPLETED_ADJUSTED' })
  await world.advance({ to: '2026-11-21T17:00:00Z' })
  const waiting = await world.must(world.run(bob, [asset('SPY', 50), cash(50)]))
  return { world, done: done.id as string, waiting: waiting.id as string }
}

test('the checks find nothing in a world of followers and runs', async () => {
  const { world } = await busyWorld()
  await using _world = world
  // Gifts are no transfers, so the checks that know where cash comes from are not asked.
  expect((await violations(world)).filter((text) => /^R\d|^I(8|11|24)/.test(text))).toEqual([])
})

const faults: readonly {
  id: string
  what: string
  plant: (ids: { done: string; waiting: string }) => readonly string[]
}[] = [
  {
    id: 'R1',
    what: "a portfolio's weights are less than the whole",
    plant: () => [
      `update rebalancing_portfolios set weights = '[{"type":"asset","symbol":"SPY","percent":"99.99"}]'`,
    ],
  },
  {
    id: 'R1',
    what: 'a run has no weights',
    plant: ({ done }) => [`update rebalancing_runs set weights = '[]' where id = '${done}'`],
  },
  {
    id: 'R2',
    what: 'an account has two unfinished runs',
    plant: ({ done }) => [
      'drop index rebalancing_runs_unfinished',
      `update rebalancing_runs set status = 'QUEUED' where id = '${done}'`,
    ],
  },
  {
    id: 'R2',
    what: 'no job waits for a run',
    plant: ({ waiting }) => [`delete from agenda where key like '${waiting}:%'`],
  },
  {
    id: 'R2',
    what: 'the job of a run was given up',
    plant: ({ waiting }) => [`update agenda set failed_at = now() where key like '${waiting}:%'`],
  },
  {
    id: 'R3',
    what: 'a leg became an order of something else',
    plant: ({ done }) => [
      `update rebalancing_legs set symbol = 'AGG' where run_id = '${done}' and number = 0`,
    ],
  },
  {
    id: 'R3',
    what: 'a finished run left an order open',
    plant: () => [`update orders set status = 'new', filled_price_micro = null where source = 'rebalancing'`],
  },
]

test.for(faults)('$id notices that $what', async ({ id, plant }) => {
  const { world, done, waiting } = await busyWorld()
  await using _world = world
  const owner = openDatabase<DB>({ url: world.database.ownerUrl, schema: 'broker', maxConnections: 1 })
  try {
    for (const statement of plant({ done, waiting })) await sql.raw(statement).execute(owner)
  } finally {
    await owner.destroy()
  }
  expect(await violations(world)).toContainEqual(expect.stringContaining(`${id}: `))
})
