import { openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { DB } from '../src/db/schema.ts'
import { brokerChecks } from '../src/index.ts'
import { FIRM, type JournalWorld, journalWorld } from './journals-world.ts'

async function violations(world: JournalWorld): Promise<string[]> {
  const found = await Promise.all(
    brokerChecks.map(async ({ id, run }) => (await run(world.db)).map((text) => `${id}: ${text}`)),
  )
  return found.flat()
}

/** A world in which every end of a journal exists, of cash and of shares. */
async function busyWorld() {
  const world = await journalWorld()
  await world.buy(FIRM, 'SPY', '2')
  const ask = async (body: object) => (await world.must(world.journal(body))).id as string
  const cash = await ask({ amount: '30' })
  const shares = await ask({ entry_type: 'JNLS', symbol: 'SPY', qty: '0.05' })
  const corrected = await ask({ amount: '20' })
  const deleted = await ask({ entry_type: 'JNLS', symbol: 'SPY', qty: '0.01' })
  await world.settle()
  const waiting = await ask({ amount: '60' })
  const canceled = await ask({ amount: '70' })
  await world.call('DELETE', `/v1/journals/${canceled}`)
  const rejected = await ask({ amount: '80' })
  await world.must(world.decide(rejected, 'reject'))
  await world.must(world.decide(corrected, 'correct', { amount: '21', reason: 'typo' }))
  await world.must(world.decide(deleted, 'delete'))
  return { world, ids: { cash, shares, corrected, deleted, waiting, canceled } }
}

type Ids = Awaited<ReturnType<typeof busyWorld>>['ids']

test('the checks find nothing after an ordinary day', async () => {
  const { world } = await busyWorld()
  await using _world = world
  expect(await violations(world)).toEqual([])
})

const faults: readonly { id: string; what: string; plant: (ids: Ids) => string }[] = [
  {
    id: 'I16',
    what: 'a journal has another amount than what it moved',
    plant: ({ cash }) => `update journals set amount_minor = amount_minor + 1 where id = '${cash}'`,
  },
  {
    id: 'I16',
    what: 'a waiting journal is called executed though nothing moved',
    plant: ({ waiting }) =>
      `update journals set status = 'executed', executed_at = created_at where id = '${waiting}'`,
  },
  {
    id: 'I16',
    what: 'a journal went to another account than the one it names',
    plant: ({ cash }) =>
      `update journals set from_account = to_account, to_account = from_account where id = '${cash}'`,
  },
  {
    id: 'I16',
    what: 'one side of a journal is missing from its statement',
    plant: ({ cash }) =>
      `delete from activities where details->>'journal_id' = '${cash}' and net_amount_minor > 0`,
  },
  {
    id: 'I16',
    what: 'shares were given without their cost',
    plant: () => `update positions set cost_basis_minor = cost_basis_minor + 1 where account_id = '${FIRM}'`,
  },
  {
    id: 'I16',
    what: 'a journal is undone whose correction is gone',
    plant: ({ corrected }) =>
      `update journals set origin = 'single', corrects_id = null where corrects_id = '${corrected}'`,
  },
  {
    id: 'I16',
    what: 'a journal was executed that had been canceled',
    plant: ({ canceled }) =>
      `update events set status_to = 'executed' where entity_id = '${canceled}' and status_to = 'canceled'`,
  },
  {
    id: 'I11',
    what: 'a canceled journal still holds its money',
    plant: ({ waiting }) => `update journals set status = 'canceled' where id = '${waiting}'`,
  },
  {
    id: 'I24',
    what: 'a journal changed its status without an event',
    plant: ({ cash }) => `update journals set status = 'executed' where id = '${cash}'`,
  },
  {
    id: 'I24',
    what: 'an event tells of a journal that does not exist',
    plant: ({ waiting }) => `delete from journals where id = '${waiting}'`,
  },
]

test.for(faults)('$id notices that $what', async ({ id, plant }) => {
  const { world, ids } = await busyWorld()
  await using _world = world
  const owner = openDatabase<DB>({ url: world.database.ownerUrl, schema: 'broker', maxConnections: 1 })
  try {
    await sql.raw(plant(ids)).execute(owner)
  } finally {
    await owner.destroy()
  }
  expect(await violations(world)).toContainEqual(expect.stringContaining(`${id}: `))
})
