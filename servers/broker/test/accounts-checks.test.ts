import { openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { DB } from '../src/db/schema.ts'
import { brokerChecks } from '../src/index.ts'
import { application, type BrokerWorld, brokerWorld } from './broker-world.ts'

async function violations(world: BrokerWorld): Promise<string[]> {
  const found = await Promise.all(
    brokerChecks.map(async ({ id, run }) => (await run(world.db)).map((text) => `${id}: ${text}`)),
  )
  return found.flat()
}

/** Accounts in every status there is, by rule and by hand. */
async function busyWorld() {
  const world = await brokerWorld()
  const endings = [
    'SUBMITTED',
    'ONBOARDING',
    'SUBMISSION_FAILED',
    'ACTION_REQUIRED',
    'APPROVAL_PENDING',
    'APPROVED',
  ]
  for (const ending of [...endings, 'REJECTED', 'DISABLED', 'ACCOUNT_CLOSED']) {
    await world.activeAccount({ additional_information: `/fixtures/status=${ending}/fixtures/` })
  }
  const { identity } = application()
  await world.activeAccount({ identity: { ...identity, family_name: 'Kyc-Failed' } })
  const edited = await world.activeAccount({ enabled_assets: ['us_equity'] })
  await world.must(
    world.call('PATCH', `/v1/accounts/${edited}`, {
      contact: { city: 'Boston' },
      agreements: application().agreements.slice(3),
    }),
  )
  const active = await world.activeAccount()
  await world.must(world.call('POST', `/_sim/accounts/${active}/restrictions`, { trading_blocked: true }))
  const forced = await world.activeAccount()
  await world.must(world.call('POST', `/_sim/accounts/${forced}/status`, { status: 'SUBMITTED' }))
  await world.advance({ days: 1 })
  const rich = await world.fundedAccount('10')
  return { world, active, rich: rich.id }
}

test('the checks find nothing, whatever accounts went through', async () => {
  const { world } = await busyWorld()
  await using _world = world
  expect(await violations(world)).toEqual([])
})

const move = (id: string, from: string, to: string) => `
  with told as (
    insert into events (account_id, stream, entity_id, status_from, status_to, at, payload)
    values ('${id}', 'account', '${id}', '${from}', '${to}',
      (select max(at) from ledger_entries),
      jsonb_build_object('status_from', '${from}', 'status_to', '${to}', 'reason', ''))
    returning id
  ) insert into event_inbox select id from told`

const faults: readonly {
  id: string
  what: string
  plant: (ids: { active: string; rich: string }) => string
}[] = [
  {
    id: 'I24',
    what: 'the crypto side changed without an event',
    plant: ({ active }) => `update accounts set crypto_status = 'DISABLED' where id = '${active}'`,
  },
  {
    id: 'I24',
    what: 'an account is where no event told of',
    plant: ({ active }) => `update accounts set status = 'REJECTED' where id = '${active}'`,
  },
  {
    id: 'I26',
    what: 'a move begins elsewhere than the one before it ended',
    plant: ({ active }) => move(active, 'ACCOUNT_UPDATED', 'ACTIVE'),
  },
  {
    id: 'I22',
    what: 'an account went where no way leads',
    plant: ({ active }) => move(active, 'ACTIVE', 'SUBMITTED'),
  },
  {
    id: 'I22',
    what: 'an account was closed with money in it',
    plant: ({ rich }) =>
      `${move(rich, 'ACTIVE', 'ACCOUNT_CLOSED')}; update accounts set status = 'ACCOUNT_CLOSED' where id = '${rich}'`,
  },
]

test.for(faults)('$id notices that $what', async ({ id, plant }) => {
  const { world, ...ids } = await busyWorld()
  await using _world = world
  const owner = openDatabase<DB>({ url: world.database.ownerUrl, schema: 'broker', maxConnections: 1 })
  try {
    for (const statement of plant(ids).split(';')) await sql.raw(statement).execute(owner)
  } finally {
    await owner.destroy()
  }
  expect(await violations(world)).toContainEqual(expect.stringContaining(`${id}: `))
})
