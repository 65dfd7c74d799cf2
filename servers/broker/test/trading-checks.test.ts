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

/** Purchases, sales, a dividend with tax, a forward split and a reverse one that pays out a fraction. */
async function busyWorld() {
  const world = await brokerWorld()
  const alice = await world.fundedAccount('5000')
  const bob = await world.fundedAccount('5000')
  const orders = `/v1/trading/accounts/${alice.id}/orders`
  const order = async (body: object, path = orders): Promise<string> => {
    const whole = { side: 'buy', type: 'market', time_in_force: 'day', ...body }
    const { id } = await world.must(world.call('POST', path, whole))
    await world.advance({ seconds: 2 })
    return id
  }
  const announce = (body: object) => world.must(world.call('POST', '/_sim/corporate-actions', body))
  const today = (days: number) =>
    world.clock.now().toZonedDateTimeISO('America/New_York').add({ days }).toPlainDate()
  await world.db
    .updateTable('accounts')
    .set({ application: JSON.stringify({ identity: { country_of_tax_residence: 'FRA' } }) })
    .where('id', '=', bob.id)
    .execute()

  const bought = await order({ symbol: 'TSLA', qty: '3' })
  const spent = await order({ symbol: 'SPY', notional: '100' })
  await order({ symbol: 'BTC/USD', qty: '0.001', time_in_force: 'gtc' })
  await order({ symbol: 'CSWC', qty: '25' })
  await order({ symbol: 'TSLA', qty: '2' }, `/v1/trading/accounts/${bob.id}/orders`)
  const sold = await order({ symbol: 'TSLA', qty: '1', side: 'sell' })
  const friday = today(0).until('2026-12-18').days
  const days = { ex_date: today(friday).toString(), record_date: today(friday).toString() }
  await announce({
    type: 'dividend',
    symbol: 'TSLA',
    cash: '1.25',
    ...days,
    payable_date: today(friday + 3).toString(),
  })
  await announce({
    type: 'split',
    symbol: 'TSLA',
    old_rate: 1,
    new_rate: 3,
    ex_date: today(friday + 4).toString(),
  })
  await announce({
    type: 'split',
    symbol: 'CSWC',
    old_rate: 10,
    new_rate: 1,
    ex_date: today(friday + 4).toString(),
  })
  await world.advance({ days: friday + 6 })
  return { world, alice: alice.id, bought, spent, sold }
}

type Busy = Awaited<ReturnType<typeof busyWorld>>
let busy: Busy
beforeAll(async () => {
  busy = await busyWorld()
}, 60_000)
afterAll(() => busy.world[Symbol.asyncDispose]())

test('the checks find nothing after dividends and splits', async () => {
  expect(await violationsIn(busy.world.db)).toEqual([])
  const types = await busy.world.db.selectFrom('activities').select('activity_type').distinct().execute()
  expect(types.map((row) => row.activity_type)).toEqual(
    expect.arrayContaining(['FILL', 'DIV', 'DIVNRA', 'SPLIT', 'CIL']),
  )
})

const faults: readonly { id: string; what: string; plant: (busy: Busy) => string }[] = [
  {
    id: 'I17',
    what: 'an order says another price than its fill',
    plant: ({ bought }) =>
      `update orders set filled_price_micro = filled_price_micro + 1 where id = '${bought}'`,
  },
  {
    id: 'I17',
    what: 'a fill was lost',
    plant: ({ sold }) => `delete from fills where order_id = '${sold}'`,
  },
  {
    id: 'I18',
    what: 'an order filled more than was asked for',
    plant: ({ bought }) => `update orders set quantity_nano = quantity_nano - 1 where id = '${bought}'`,
  },
  {
    id: 'I18',
    what: 'a purchase by dollars cost more than those',
    plant: ({ spent }) => `update orders set notional_minor = 9000 where id = '${spent}'`,
  },
  {
    id: 'I19',
    what: 'a line of a statement tells of other shares',
    plant: ({ alice }) =>
      `update activities set quantity_nano = quantity_nano + 1
      where account_id = '${alice}' and activity_type = 'SPLIT' and symbol = 'TSLA'`,
  },
  {
    id: 'I19',
    what: 'the ledger has other shares than what happened',
    plant: ({ alice }) => `update ledger_accounts set posted = posted + 1 where id = '${alice}:shares:TSLA'`,
  },
  {
    id: 'I19',
    what: 'a position lost a part of its cost',
    plant: ({ alice }) =>
      `update positions set cost_basis_minor = cost_basis_minor - 1 where account_id = '${alice}' and symbol = 'TSLA'`,
  },
  {
    id: 'I20',
    what: 'the street has fewer shares than customers',
    plant: () => `update ledger_accounts set posted = posted + 1 where id = 'firm:street:TSLA'`,
  },
  {
    id: 'I21',
    what: 'an account has two orders of one name',
    plant: ({ bought, spent }) =>
      `alter table orders drop constraint orders_client_order_id_key;
      update orders set client_order_id = 'twin' where id in ('${bought}', '${spent}')`,
  },
  {
    id: 'I22',
    what: 'something happened to an order after its end',
    plant: ({ bought }) =>
      `insert into events (account_id, stream, entity_id, status_to, at, payload)
      select account_id, stream, entity_id, 'new', at, payload from events where entity_id = '${bought}' limit 1`,
  },
  {
    id: 'I11',
    what: 'a sale is at work that has set nothing aside',
    plant: ({ sold }) => `update orders set status = 'new', quantity_nano = 2e9 where id = '${sold}'`,
  },
  {
    id: 'I22',
    what: 'an order is canceled whose last event is a fill',
    plant: ({ bought }) => `update orders set status = 'canceled' where id = '${bought}'`,
  },
  {
    id: 'I23',
    what: 'a fill is in no statement',
    plant: ({ bought }) => `delete from activities where activity_type = 'FILL' and order_id = '${bought}'`,
  },
  {
    id: 'I23',
    what: 'a fill has no movement of its own in the ledger',
    plant: ({ bought }) =>
      `insert into fills select account_id, gen_random_uuid(), order_id, symbol, side, quantity_nano, price_micro,
        amount_minor, commission_minor, cost_basis_minor, realized_minor, position_quantity_nano, filled_at, settles_on
      from fills where order_id = '${bought}'`,
  },
  {
    id: 'I23',
    what: 'a fill settles a day late',
    plant: ({ bought }) => `update fills set settles_on = settles_on + 1 where order_id = '${bought}'`,
  },
  {
    id: 'CA1',
    what: 'a dividend was paid twice',
    plant: () =>
      `insert into activities (account_id, id, activity_type, sub_type, status, at, settles_on, net_amount_minor,
        symbol, quantity_nano, description, details)
      select account_id, gen_random_uuid(), activity_type, sub_type, status, at, settles_on, net_amount_minor, symbol,
        quantity_nano, description, details from activities where activity_type = 'DIV' limit 1`,
  },
  {
    id: 'CA1',
    what: 'a dividend is a cent short',
    plant: () => `update activities set net_amount_minor = net_amount_minor - 1 where activity_type = 'DIV'`,
  },
  {
    id: 'CA1',
    what: 'a dividend was paid on shares that were not there',
    plant: () =>
      `update activities set details = details || '{"entitled_qty": "4"}', net_amount_minor = 500
      where activity_type = 'DIV'`,
  },
  {
    id: 'CA2',
    what: 'an issuer paid what nobody got',
    plant: () => `update ledger_entries set amount = amount - 1 where account_id = 'firm:issuers:USD'`,
  },
  {
    id: 'CA3',
    what: 'a split gave a share too many',
    plant: () =>
      `update activities set quantity_nano = quantity_nano + 1 where activity_type = 'SPLIT' and symbol = 'TSLA'`,
  },
]

test.for(faults)('$id notices that $what', async ({ id, plant }) => {
  const owner = openDatabase<DB>({ url: busy.world.database.ownerUrl, schema: 'broker', maxConnections: 1 })
  class Undo extends Error {}
  try {
    await owner.transaction().execute(async (tx) => {
      for (const statement of plant(busy).split(';')) await sql.raw(statement).execute(tx)
      expect(await violationsIn(tx)).toContainEqual(expect.stringContaining(`${id}: `))
      throw new Undo()
    })
  } catch (error) {
    if (!(error instanceof Undo)) throw error
  } finally {
    await owner.destroy()
  }
})
