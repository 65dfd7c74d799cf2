import { openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { DB } from '../src/db/schema.ts'
import { startBroker } from '../src/index.ts'
import { application, BASIC, brokerWorld } from './broker-world.ts'
import { booksAreRight } from './funding-facts.ts'
import { openStream } from './sse.ts'

const post = (url: string, path: string, body: unknown) =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: BASIC, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

test('two brokers on one database do each job once and number each event once', async () => {
  await using world = await brokerWorld()
  await using second = await startBroker(world.config)
  const alice = await world.seasonedAccount('100')
  await using here = await openStream(`${world.broker.url}/v2/events/funding/status?since=2026-01-01`)
  await using there = await openStream(`${second.url}/v2/events/funding/status?since=2026-01-01`)

  const withdraw = {
    transfer_type: 'ach',
    relationship_id: alice.relationshipId,
    amount: '9',
    direction: 'OUTGOING',
  }
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, index) =>
      post(index % 2 === 0 ? world.broker.url : second.url, `/v1/accounts/${alice.id}/transfers`, withdraw),
    ),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(11)
  await Promise.all([
    ...Array.from({ length: 10 }, () => post(second.url, '/v1/accounts', application())),
    world.advance({ days: 5 }),
  ])

  expect((await world.balances(alice.id)).cash).toBe('1')
  await booksAreRight(world)
  const wanted = 2 + 3 + 11 * 3
  for (const reader of [here, there]) await reader.until(() => reader.events.length === wanted)
  expect(here.events).toEqual(there.events)
  expect(new Set(here.events.map(({ id }) => id)).size).toBe(wanted)
})

test('a broker that starts again goes on where it was: what fell due in between happens, numbers go on', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  await world.must(world.transfer(alice, '25'))
  await world.broker.close()
  world.clock.moveTo(Temporal.Instant.from('2026-12-01T12:00:00Z'))

  await using again = await startBroker(world.config)
  await using reader = await openStream(`${again.url}/v1/events/transfers/status?since_id=0`)
  // Its file leaves now, days after its cut-off, and so it settles on the next banking day.
  await reader.until(() => reader.events.length === 2)
  world.clock.moveTo(Temporal.Instant.from('2026-12-02T13:30:00Z'))
  await reader.until(() => reader.events.length === 3)
  expect(reader.events.map(({ data }) => data.status_to)).toEqual(['QUEUED', 'SENT_TO_CLEARING', 'COMPLETE'])
  const [cash] = await world.db
    .selectFrom('ledger_accounts')
    .select('posted')
    .where('id', '=', `${alice.id}:cash:USD`)
    .execute()
  expect(cash?.posted).toBe(2500n)
  await booksAreRight(world)
})

test('connections that the database ends are 503, and the broker recovers by itself', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const owner = openDatabase<DB>({ url: world.database.ownerUrl, schema: 'broker', maxConnections: 1 })
  try {
    const bystanders = Array.from({ length: 30 }, async () => (await world.transfer(alice, '1')).status)
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'paddock-broker' and pid <> pg_backend_pid()
        and datname = current_database()`.execute(owner)
    const statuses = new Set(await Promise.all(bystanders))
    expect([...statuses].every((status) => status === 200 || status === 503)).toBe(true)
  } finally {
    await owner.destroy()
  }
  expect((await world.transfer(alice, '1')).status).toBe(200)
  await world.advance({ days: 5 })
  const transfers = await world.transfers(alice.id)
  expect(new Set(transfers.map(({ status }: { status: string }) => status))).toEqual(new Set(['COMPLETE']))
  expect((await world.balances(alice.id)).cash).toBe(String(transfers.length))
  await booksAreRight(world)
})
