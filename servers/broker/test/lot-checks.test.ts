import type { UsdMinor } from '@paddock/money'
import { openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DB } from '../src/db/schema.ts'
import { brokerChecks } from '../src/index.ts'
import { type BrokerWorld, brokerWorld } from './broker-world.ts'

async function violationsIn(db: BrokerWorld['db']): Promise<string[]> {
  const found: string[] = []
  for (const { id, run } of brokerChecks) found.push(...(await run(db)).map((text) => `${id}: ${text}`))
  return found
}

const fees = {
  secPerMillionMinor: 20_60n,
  tafPerSharePico: 195_000_000n,
  tafMostMinor: 9_79n as UsdMinor,
  catPerSharePico: 3_000_000n,
}

/** Two purchases, a sale of more than the first, fees of two days, one of them booked; and orders that wait. */
async function busyWorld() {
  const world = await brokerWorld({ fees })
  const { id: alice } = await world.fundedAccount('50000')
  const order = async (body: object): Promise<string> => {
    const whole = { side: 'buy', type: 'market', time_in_force: 'gtc', symbol: 'KO', ...body }
    const { id } = await world.must(world.call('POST', `/v1/trading/accounts/${alice}/orders`, whole))
    await world.advance({ seconds: 30 })
    return id
  }
  const bought = await order({ qty: '40' })
  await order({ qty: '40' })
  const sold = await order({ qty: '50', side: 'sell' })
  await world.advance({ days: 1 })
  await order({ qty: '1' })
  const resting = await order({ symbol: 'PEP', qty: '2', type: 'limit', limit_price: '1.5' })
  const prices = { take_profit: { limit_price: '900' }, stop_loss: { stop_price: '1.25' } }
  const pair = await order({ ...prices, type: 'limit', side: 'sell', qty: '9', order_class: 'oco' })
  const entry = await order({ ...prices, qty: '2', order_class: 'bracket' })
  return { world, alice, bought, sold, resting, pair, entry }
}

type Busy = Awaited<ReturnType<typeof busyWorld>>
let busy: Busy
beforeAll(async () => {
  busy = await busyWorld()
}, 60_000)
afterAll(() => busy.world[Symbol.asyncDispose]())

test('the checks find nothing where lots were sold, fees booked and orders wait', async () => {
  const { world } = busy
  expect(await violationsIn(world.db)).toEqual([])
  const days = await world.db.selectFrom('fee_days').select('booked_at').orderBy('day').execute()
  expect(days.map(({ booked_at }) => booked_at !== null)).toEqual([true, false])
  expect(await world.db.selectFrom('lot_takings').selectAll().execute()).toHaveLength(2)
  const open = await world.db
    .selectFrom('orders')
    .select('order_class')
    .where('filled_at', 'is', null)
    .execute()
  expect(open.map(({ order_class }) => order_class).sort()).toEqual([
    'bracket',
    'bracket',
    'oco',
    'oco',
    'simple',
  ])
})

const faults: readonly { id: string; what: string; plant: (busy: Busy) => string }[] = [
  {
    id: 'I19',
    what: 'a lot has a share less than is held',
    plant: () => 'update lots set remaining_nano = remaining_nano - 1 where remaining_nano > 1',
  },
  {
    id: 'I19',
    what: 'a position has cost what its lots have not',
    plant: () => 'update positions set cost_basis_minor = cost_basis_minor + 1',
  },
  {
    id: 'I19',
    what: 'a lot has lost a cent that nobody took',
    plant: () => 'update lots set cost_minor = cost_minor + 1 where remaining_nano > 0',
  },
  {
    id: 'I19',
    what: 'a purchase is no lot',
    plant: ({ bought }) =>
      `delete from lot_takings where lot_id in (select id from fills where order_id = '${bought}');
      delete from lots where id in (select id from fills where order_id = '${bought}')`,
  },
  {
    id: 'I20',
    what: 'the street has a share more than customers',
    plant: () => `update ledger_accounts set posted = posted - 1 where id = 'firm:street:KO'`,
  },
  {
    id: 'I23',
    what: 'a sale took other shares than it sold',
    plant: () => 'update lot_takings set quantity_nano = quantity_nano + 1',
  },
  {
    id: 'I23',
    what: 'a sale realized a cent too much',
    plant: ({ sold }) => `update fills set realized_minor = realized_minor + 1 where order_id = '${sold}'`,
  },
  {
    id: 'FEE1',
    what: 'a day owes less than its executions',
    plant: () => 'update fee_days set cat_pico = cat_pico - 1 where booked_at is null',
  },
  {
    id: 'FEE1',
    what: 'an execution owes what no day does',
    plant: ({ sold }) => `update fills set taf_fee_pico = taf_fee_pico + 1 where order_id = '${sold}'`,
  },
  {
    id: 'FEE2',
    what: 'a day counts as booked that was not',
    plant: () => 'update fee_days set booked_at = now() where booked_at is null',
  },
  {
    id: 'FEE2',
    what: 'a fee is told twice',
    plant: () =>
      `insert into activities (account_id, id, activity_type, sub_type, status, at, settles_on, net_amount_minor,
        description, details)
      select account_id, gen_random_uuid(), activity_type, sub_type, status, at, settles_on, net_amount_minor,
        description, details from activities where sub_type = 'TAF'`,
  },
  {
    id: 'FEE2',
    what: 'a fee is a cent more than what was owed',
    plant: () =>
      `update activities set net_amount_minor = net_amount_minor - 1 where sub_type = 'REG';
      update ledger_transfers set amount = amount + 1 where cause_kind = 'fees' and step = 'REG'`,
  },
  {
    id: 'FEE2',
    what: 'a fee went to the wrong books',
    plant: () =>
      `update ledger_transfers set to_account = 'firm:bank:USD' where cause_kind = 'fees' and step = 'CAT'`,
  },
  {
    id: 'I11',
    what: 'an open order holds less than is set aside for it',
    plant: ({ resting }) => `update orders set held_amount = held_amount - 1 where id = '${resting}'`,
  },
  {
    id: 'I11',
    what: "an order's hold is another one's",
    plant: ({ resting }) => `update orders set hold_id = 'order:other:hold:1' where id = '${resting}'`,
  },
  {
    id: 'I11',
    what: 'an order that is over still holds something',
    plant: ({ resting }) => `update orders set status = 'canceled', look_at = null where id = '${resting}'`,
  },
  {
    id: 'I11',
    what: 'a sale set aside the shares of somebody else',
    plant: ({ pair }) =>
      `update ledger_transfers set from_account = 'somebody:shares:KO' where type = 'pend' and cause_id in
        (select id::text from orders where id = '${pair}' or parent_id = '${pair}')`,
  },
  {
    id: 'I22: exit',
    what: 'an exit works on although the other one has sold everything',
    plant: ({ pair }) =>
      `update orders set status = 'filled', look_at = null, filled_quantity_nano = quantity_nano where id = '${pair}'`,
  },
  {
    id: 'I22: exit',
    what: 'an exit has sold something before its entry was filled',
    plant: ({ entry }) =>
      `update orders set filled_quantity_nano = 1 where parent_id = '${entry}' and leg = 'stop_loss';
      update orders set status = 'partially_filled' where id = '${entry}'`,
  },
  {
    id: 'I22: exit',
    what: 'an exit is of another asset than its entry',
    plant: ({ entry }) => `update orders set symbol = 'PEP' where parent_id = '${entry}'`,
  },
]

test.for(faults)('$id notices that $what', async ({ id, plant }) => {
  const owner = openDatabase<DB>({ url: busy.world.database.ownerUrl, schema: 'broker', maxConnections: 1 })
  class Undo extends Error {}
  try {
    await owner.transaction().execute(async (tx) => {
      for (const statement of plant(busy).split(';')) await sql.raw(statement).execute(tx)
      expect(await violationsIn(tx)).toContainEqual(expect.stringMatching(`^${id}\\b`))
      throw new Undo()
    })
  } catch (error) {
    if (!(error instanceof Undo)) throw error
  } finally {
    await owner.destroy()
  }
})
