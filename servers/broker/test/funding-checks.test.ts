import { openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '../src/db/database.ts'
import type { DB } from '../src/db/schema.ts'
import { brokerChecks } from '../src/index.ts'
import { brokerWorld } from './broker-world.ts'
import { advanced, buyFor, numberedAccount, settle } from './instant-funding-world.ts'
import { wire, wireAccount } from './wire-world.ts'

async function violations(db: Db): Promise<string[]> {
  const found: string[] = []
  for (const { id, run } of brokerChecks) found.push(...(await run(db)).map((text) => `${id}: ${text}`))
  return found
}

/** A world in which every kind of row exists: wires with both kinds of fee, a return, advances of every ending. */
async function busyWorld() {
  const world = await brokerWorld()
  const alice = await wireAccount(world, '5000')
  const paid = await world.must(wire(world, alice, '100', { fee_payment_method: 'user' }))
  const billed = await world.must(wire(world, alice, '100'))
  const back = await world.must(world.transfer(alice, '40'))
  await world.must(world.call('POST', `/_sim/transfers/${back.id}/settle`, {}))
  await world.must(world.call('POST', `/_sim/transfers/${back.id}/return`, { code: 'R01' }))
  await world.advance({ days: 1 })
  const open = await world.must(wire(world, alice, '100', { fee_payment_method: 'user' }))
  const bob = await numberedAccount(world)
  const [settled, gone, given] = [
    await advanced(world, bob, '100'),
    await advanced(world, bob, '200'),
    await advanced(world, bob, '300'),
  ]
  const { id: settlement } = await world.must(settle(world, [settled]))
  await buyFor(world, bob.id, '550')
  await world.must(world.call('DELETE', `/v1/instant_funding/${gone}`))
  return { world, ids: { paid: paid.id, billed: billed.id, back: back.id, open: open.id, given, settlement } }
}

type Busy = Awaited<ReturnType<typeof busyWorld>>
type Ids = Busy['ids']

let busy: Busy

beforeAll(async () => {
  busy = await busyWorld()
})

afterAll(() => busy.world[Symbol.asyncDispose]())

test('the checks find nothing after a day of wires and advances', async () => {
  expect(await violations(busy.world.db)).toEqual([])
})

const faults: readonly { id: string; what: string; plant: (ids: Ids) => string }[] = [
  {
    id: 'I14',
    what: 'a transfer went where no transfer goes',
    plant: ({ back }) =>
      `update events set status_to = 'CANCELED' where entity_id = '${back}' and status_to = 'COMPLETE'`,
  },
  {
    id: 'I14',
    what: 'a step of a relationship is missing',
    plant: () => `
      delete from event_inbox; delete from event_sequence where stream = 'bank_relationship';
      delete from events where stream = 'bank_relationship' and status_to = 'QUEUED'`,
  },
  {
    id: 'I14',
    what: 'a recipient bank was approved without being asked',
    plant: () =>
      `update events set status_to = 'APPROVED' where stream = 'wire_bank' and status_to = 'SENT_TO_CLEARING'`,
  },
  {
    id: 'I15',
    what: 'a return is of another amount than what it undoes',
    plant: ({ back }) =>
      `update ledger_transfers set amount = amount + 1 where cause_id = '${back}' and step = 'return'`,
  },
  {
    id: 'I15',
    what: 'a return is missing on the statement',
    plant: ({ back }) => `delete from activities where previous_id = '${back}'`,
  },
  {
    id: 'I15',
    what: 'something was returned that is not RETURNED',
    plant: ({ back }) => `update transfers set status = 'COMPLETE' where id = '${back}'`,
  },
  {
    id: 'I8',
    what: 'a wire has another fee than its ledger steps',
    plant: ({ paid }) => `update transfers set fee_minor = fee_minor + 1 where id = '${paid}'`,
  },
  {
    id: 'I8',
    what: 'the firm was never billed for a wire',
    plant: ({ billed }) => `
      update ledger_transfers set cause_kind = 'lost' where cause_id = '${billed}' and cause_kind = 'wire_fee'`,
  },
  {
    id: 'I11',
    what: 'a finished wire still holds its fee',
    plant: ({ open }) => `update transfers set status = 'CANCELED' where id = '${open}'`,
  },
  {
    id: 'I8',
    what: 'an advance is COMPLETED that nobody paid for',
    plant: ({ given }) => `update instant_fundings set status = 'COMPLETED' where id = '${given}'`,
  },
  {
    id: 'I8',
    what: 'a settlement is worth more than it pays for',
    plant: ({ settlement }) =>
      `update instant_settlements set total_minor = total_minor + 1 where id = '${settlement}'`,
  },
  {
    id: 'I12',
    what: 'an advance was forgotten',
    plant: () => `update ledger_accounts set posted = 0 where kind = 'memo'`,
  },
  {
    id: 'I24',
    what: 'a recipient bank changed without an event',
    plant: () => `update recipient_banks set status = 'CANCELED'`,
  },
]

/** Whoever owns the database may do anything; here it is undone when it has been noticed. */
async function violationsAfter(plant: string): Promise<string[]> {
  const owner = openDatabase<DB>({ url: busy.world.database.ownerUrl, schema: 'broker', maxConnections: 1 })
  try {
    const tx = await owner.startTransaction().execute()
    await sql.raw(plant).execute(tx)
    const found = await violations(tx)
    await tx.rollback().execute()
    return found
  } finally {
    await owner.destroy()
  }
}

test.for(faults)('$id notices that $what', async ({ id, plant }) => {
  expect(await violationsAfter(plant(busy.ids))).toContainEqual(expect.stringContaining(`${id}: `))
})
