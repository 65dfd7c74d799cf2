import { openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { activityChecks } from '../src/checks/activities-checks.ts'
import type { DB } from '../src/db/schema.ts'
import { type BrokerWorld, brokerWorld } from './broker-world.ts'

let world: BrokerWorld
let owner: ReturnType<typeof openDatabase<DB>>

beforeAll(async () => {
  world = await brokerWorld()
  owner = openDatabase<DB>({ url: world.database.ownerUrl, schema: 'broker', maxConnections: 1 })
  const alice = await world.seasonedAccount('5000')
  for (const side of ['buy', 'sell']) {
    const order = { symbol: 'SPY', qty: '2', side, type: 'market', time_in_force: 'day', commission: '1.5' }
    await world.must(world.call('POST', `/v1/trading/accounts/${alice.id}/orders`, order))
    await world.advance({ seconds: 5 })
  }
  const withdrawal = await world.must(world.transfer(alice, '20', 'OUTGOING'))
  await world.must(world.call('POST', `/_sim/transfers/${withdrawal.id}/settle`, {}))
  await world.advance({ days: 80 })
})

afterAll(async () => {
  await owner.destroy()
  await world[Symbol.asyncDispose]()
})

async function violations(db: BrokerWorld['db']): Promise<string[]> {
  const found: string[] = []
  for (const { id, run } of activityChecks) {
    found.push(...(await run(db)).map((text) => `${id}: ${text}`))
  }
  return found
}

test('the checks find nothing after deposits, trades, withdrawals and three statements', async () => {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) from issued_documents where type = 'account_statement'`.execute(owner)
  expect(rows).toEqual([{ count: 3n }])
  expect(await violations(world.db)).toEqual([])
})

const aStatement = `type = 'account_statement' and date = '2026-12-31'`
const withFact = (key: string, value: string) =>
  `update issued_documents set facts = jsonb_set(facts, '{${key}}', '${value}') where ${aStatement}`

const faults: readonly { id: string; what: string; plant: string }[] = [
  {
    id: 'I12: account',
    what: 'a line of the statement is missing',
    plant: `delete from activities where activity_type = 'FEE'`,
  },
  {
    id: 'I12: account',
    what: 'cash appeared without a line',
    plant: `update ledger_accounts set posted = posted + 1 where kind = 'cash'`,
  },
  {
    id: 'I23: line',
    what: 'an execution is booked on the wrong side',
    plant: `update activities set quantity_nano = -quantity_nano where activity_type = 'FILL'`,
  },
  {
    id: 'I23: line',
    what: 'an execution is of no order',
    plant: `update activities set order_id = null where activity_type = 'FILL'`,
  },
  {
    id: 'I12: the statement',
    what: 'a statement closes with another amount',
    plant: withFact('closing_cash', '"1.00"'),
  },
  {
    id: 'I12: the statement',
    what: 'a statement lost its lines',
    plant: `update issued_documents set facts = jsonb_set(facts, '{activities}', '[]')
      where type = 'account_statement' and date = '2026-11-30'`,
  },
  {
    id: 'I12: the statement',
    what: 'a statement opens with another amount than the last one closed with',
    plant: withFact('opening_cash', '"7.00"'),
  },
]

test.for(faults)('$id … is noticed when $what', async ({ id, plant }) => {
  const undone = new Error('undo')
  await expect(
    owner.transaction().execute(async (tx) => {
      await sql.raw(plant).execute(tx)
      expect(await violations(tx as unknown as BrokerWorld['db'])).toContainEqual(expect.stringContaining(id))
      throw undone
    }),
  ).rejects.toBe(undone)
})
