import { openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { DB } from '../src/db/schema.ts'
import { brokerChecks } from '../src/index.ts'
import { type BrokerWorld, brokerWorld } from './broker-world.ts'

async function violations(world: BrokerWorld): Promise<string[]> {
  const found = await Promise.all(
    brokerChecks.map(async ({ id, run }) => (await run(world.db)).map((text) => `${id}: ${text}`)),
  )
  return found.flat()
}

/** A world in which every kind of row exists: settled, open, canceled and returned transfers, and a fill. */
async function busyWorld() {
  const world = await brokerWorld()
  const alice = await world.fundedAccount('5000')
  const open = await world.transfer(alice, '20')
  const canceled = await world.transfer(alice, '30', 'OUTGOING')
  await world.call('DELETE', `/v1/accounts/${alice.id}/transfers/${canceled.body.id}`)
  const order = await world.call('POST', `/v1/trading/accounts/${alice.id}/orders`, {
    symbol: 'SPY',
    notional: '100',
    side: 'buy',
    type: 'market',
    time_in_force: 'day',
  })
  // Last, because an account whose deposit came back may only sell.
  const returned = await world.transfer(alice, '40')
  await world.call('POST', `/_sim/transfers/${returned.body.id}/settle`, {})
  await world.call('POST', `/_sim/transfers/${returned.body.id}/return`, { code: 'R01' })
  await world.advance({ seconds: 5 })
  return { world, alice, open: open.body.id as string, order: order.body.id as string }
}

test('the checks find nothing after an ordinary day', async () => {
  const { world } = await busyWorld()
  await using _world = world
  expect(await violations(world)).toEqual([])
})

const faults: readonly {
  id: string
  what: string
  plant: (ids: { open: string; order: string }) => string
}[] = [
  {
    id: 'I8',
    what: 'a transfer is COMPLETE but was never settled in the ledger',
    plant: ({ open }) => `update transfers set status = 'COMPLETE' where id = '${open}'`,
  },
  {
    id: 'I8',
    what: 'a transfer has another amount than its ledger steps',
    plant: ({ open }) => `update transfers set amount_minor = amount_minor + 1 where id = '${open}'`,
  },
  {
    id: 'I8',
    what: 'a fill is larger than what the ledger moved',
    plant: ({ order }) => `update fills set amount_minor = amount_minor + 1 where order_id = '${order}'`,
  },
  {
    id: 'I11',
    what: 'a canceled transfer still holds its money',
    plant: ({ open }) => `update transfers set status = 'CANCELED' where id = '${open}'`,
  },
  {
    id: 'I11',
    what: 'an order is open again whose hold is gone',
    plant: ({ order }) =>
      `update orders set status = 'new', hold_id = 'gone', held_amount = 1_00 where id = '${order}'`,
  },
  {
    id: 'I12',
    what: 'cash appeared from nowhere',
    plant: () => `update ledger_accounts set posted = posted + 1 where kind = 'cash'`,
  },
  {
    id: 'I13',
    what: 'a settled deposit is larger than what came through clearing',
    plant: () => `update transfers set amount_minor = amount_minor + 1 where status = 'COMPLETE'`,
  },
  {
    id: 'I13',
    what: "the firm's side lost a cent",
    plant: () => `update ledger_accounts set posted = posted + 1 where id = 'firm:street:USD'`,
  },
  {
    id: 'I24',
    what: 'a status changed without an event',
    plant: () => `update accounts set status = 'DISABLED'`,
  },
  {
    id: 'I25',
    what: 'an event lost its number',
    plant: () => `delete from event_sequence where seq = 3`,
  },
]

test.for(faults)('$id notices that $what', async ({ id, plant }) => {
  const { world, open, order } = await busyWorld()
  await using _world = world
  const owner = openDatabase<DB>({ url: world.database.ownerUrl, schema: 'broker', maxConnections: 1 })
  try {
    await sql.raw(plant({ open, order })).execute(owner)
  } finally {
    await owner.destroy()
  }
  expect(await violations(world)).toContainEqual(expect.stringContaining(`${id}: `))
})
