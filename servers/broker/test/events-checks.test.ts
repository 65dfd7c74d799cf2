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

/** A world whose log tells of transfers, orders, activities, relationships and a bank for wires. */
async function busyWorld() {
  const world = await brokerWorld()
  const alice = await world.fundedAccount('5000')
  await world.must(
    world.call('POST', `/v1/accounts/${alice.id}/recipient_banks`, {
      name: 'First Bank',
      bank_code: '121000358',
      bank_code_type: 'ABA',
      account_number: '123456789',
    }),
  )
  const order = { symbol: 'SPY', notional: '100', side: 'buy', type: 'market', time_in_force: 'day' }
  await world.must(world.call('POST', `/v1/trading/accounts/${alice.id}/orders`, order))
  await world.advance({ seconds: 5 })
  const returned = await world.must(world.transfer(alice, '40'))
  await world.call('POST', `/_sim/transfers/${returned.id}/settle`, {})
  await world.call('POST', `/_sim/transfers/${returned.id}/return`, { code: 'R01' })
  return world
}

test('the checks find nothing after an ordinary day', async () => {
  await using world = await busyWorld()
  expect(await violations(world)).toEqual([])
})

const faults: readonly { id: string; what: string; plant: string }[] = [
  {
    id: 'I24: wire_bank',
    what: 'a bank for wires changed without a word',
    plant: `update recipient_banks set status = 'REJECTED'`,
  },
  {
    id: 'I24: order',
    what: 'the event of a fill is missing',
    plant: `with gone as (select id from events where stream = 'trade' and status_to = 'fill'),
      unnumbered as (delete from event_sequence where event_id in (select id from gone))
      delete from events where id in (select id from gone)`,
  },
  {
    id: 'I24: activity',
    what: 'an activity was told with another amount than the statement has',
    plant: `update events set payload = payload || '{"net_amount": "1"}' where stream = 'trade_activity'`,
  },
  {
    id: 'I24: activity',
    what: 'an activity was told twice',
    plant: `insert into events (account_id, stream, entity_id, status_to, at, payload)
      select account_id, stream, entity_id, status_to, at, payload from events where stream = 'trade_activity'`,
  },
  {
    id: 'I24: activity',
    what: 'an activity was told that is on no statement',
    plant: `update events set entity_id = gen_random_uuid() where stream = 'non_trade_activity'`,
  },
  {
    id: 'I24: event',
    what: 'an event went and left its number behind',
    plant: 'delete from events where id = (select max(event_id) from event_sequence)',
  },
  {
    id: 'I26: transfer',
    what: 'a transfer went on from a status that it did not have',
    plant: `update events set status_from = 'APPROVED' where stream = 'transfer' and status_to = 'RETURNED'`,
  },
  {
    id: 'I26: bank_relationship',
    what: 'a change of a relationship was lost',
    plant: `with gone as (select id from events where stream = 'bank_relationship' and coalesce(status_from, '') = ''),
      unnumbered as (delete from event_sequence where event_id in (select id from gone))
      delete from events where id in (select id from gone)`,
  },
  {
    id: 'I26: account',
    what: "two of an account's events changed places",
    plant: `update event_sequence set event_id = case event_id
        when (select min(event_id) from event_sequence where stream = 'transfer') then (select max(event_id) from event_sequence)
        else (select min(event_id) from event_sequence where stream = 'transfer') end
      where event_id in ((select min(event_id) from event_sequence where stream = 'transfer'),
        (select max(event_id) from event_sequence))`,
  },
]

test.for(faults)('$id … notices that $what', async ({ id, plant }) => {
  await using world = await busyWorld()
  const owner = openDatabase<DB>({ url: world.database.ownerUrl, schema: 'broker', maxConnections: 1 })
  try {
    // Rows that point to each other may be moved one after the other.
    await sql`alter table event_sequence drop constraint if exists event_sequence_event_id_key`.execute(owner)
    await sql.raw(plant).execute(owner)
  } finally {
    await owner.destroy()
  }
  expect(await violations(world)).toContainEqual(expect.stringContaining(id))
})
