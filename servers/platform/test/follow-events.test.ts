import { openDatabase } from '@paddock/service'
import { expect, test } from 'vitest'
import type { DB } from '../src/db/schema.ts'
import { funded, until, type World, world } from './world.ts'

/** What the platform has stored of the broker's streams. */
async function storedBy(place: World) {
  const db = openDatabase<DB>({ url: place.platformDatabase.ownerUrl, schema: 'platform' })
  try {
    const events = await db
      .selectFrom('broker_events')
      .select(['stream', 'event_id'])
      .orderBy('event_id')
      .execute()
    const cursors = await db.selectFrom('event_cursors').select(['stream', 'last_event_id']).execute()
    return { ids: events.map(({ event_id }) => event_id), cursors }
  } finally {
    await db.destroy()
  }
}

/** What the broker has told on the three streams, from the beginning. */
async function toldBy({ client }: World, count: number): Promise<string[]> {
  const stop = new AbortController()
  const ids: string[] = []
  const streams = [
    client.events.accountStatus({ since: '2000-01-01', signal: stop.signal }),
    client.events.fundingStatus({ since: '2000-01-01', signal: stop.signal }),
    client.events.trades({ since: '2000-01-01', signal: stop.signal }),
  ]
  const reading = streams.map(async (stream) => {
    for await (const event of stream) ids.push('event_ulid' in event ? event.event_ulid : event.event_id)
  })
  await until('all events', async () => ids.length >= count)
  stop.abort()
  await Promise.all(reading)
  return ids.sort()
}

test('every event is stored once, also when the platform was away and when it reads all again', async () => {
  await using place = await world()
  const alice = await funded(place, 'alice@example.org')
  await alice.call('PUT', `/api/orders/${crypto.randomUUID()}`, {
    body: { symbol: 'SPY', notional: '25', side: 'buy', type: 'market', time_in_force: 'day' },
  })
  await until(
    'the fill',
    async () => (await alice.call('GET', '/api/orders')).body.orders[0].status === 'filled',
  )
  await until('all to be stored', async () => {
    const { ids } = await storedBy(place)
    return ids.length > 0 && ids.length === (await toldBy(place, ids.length)).length
  })

  // It happens while nobody listens.
  const db = openDatabase<DB>({ url: place.platformDatabase.ownerUrl, schema: 'platform' })
  await place.restartPlatform()
  await place.simulate(`/_sim/accounts/${alice.accountId}/status`, { status: 'ACCOUNT_UPDATED' })
  await until(
    'the new status',
    async () => (await alice.call('GET', '/api/me')).body.account.status === 'ACCOUNT_UPDATED',
  )
  const before = await storedBy(place)

  await db.deleteFrom('event_cursors').execute()
  await db.destroy()
  await place.restartPlatform()
  await until('the cursors', async () => {
    const after = await storedBy(place)
    return (
      JSON.stringify(after.cursors.map(sortKey).sort()) === JSON.stringify(before.cursors.map(sortKey).sort())
    )
  })
  expect((await storedBy(place)).ids).toEqual(before.ids)
  expect(before.ids).toEqual(await toldBy(place, before.ids.length))
  // An old event that came again has not brought the old status back.
  expect((await alice.call('GET', '/api/me')).body.account.status).toBe('ACCOUNT_UPDATED')
})

const sortKey = (cursor: { stream: string; last_event_id: string }) =>
  `${cursor.stream} ${cursor.last_event_id}`
