import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { application, BASIC, type BrokerWorld, brokerWorld } from './broker-world.ts'
import { openStream } from './sse.ts'

const ACCOUNTS = '/v1/events/accounts/status'

const stream = (world: BrokerWorld, path: string) => openStream(`${world.broker.url}${path}`)

test('who comes without a cursor hears only what happens from then on', async () => {
  await using world = await brokerWorld()
  await world.activeAccount()
  await using reader = await stream(world, ACCOUNTS)
  await reader.until(() => reader.comments.length > 0)
  const { body } = await world.call('POST', '/v1/accounts', application())
  await reader.until(() => reader.events.length > 0)
  expect(reader.events).toHaveLength(1)
  expect(reader.events[0]?.data).toMatchObject({
    account_id: body.id,
    account_number: body.account_number,
    at: '2026-11-20T17:00:04Z',
    status_from: '',
    status_to: 'SUBMITTED',
    event_id: expect.any(Number),
    event_ulid: expect.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
  })
})

test('the answer is a chunked, uncompressed event stream that beats at once', async () => {
  await using world = await brokerWorld({ heartbeatMs: 50 })
  await using reader = await stream(world, ACCOUNTS)
  const { headers } = reader.response
  expect(reader.response.status).toBe(200)
  expect(headers.get('content-type')).toMatch(/^text\/event-stream/)
  expect(headers.get('transfer-encoding')).toBe('chunked')
  expect(headers.get('content-encoding')).toBeNull()
  expect(headers.get('x-request-id')).toBeTruthy()
  await reader.until(() => reader.comments.length > 3)
  expect(new Set(reader.comments)).toEqual(new Set([':heartbeat']))
})

test('history comes before what is new, in both generations of the streams', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  await using v1 = await stream(world, '/v1/events/transfers/status?since_id=0')
  await using v2 = await stream(world, '/v2/events/funding/status?since=2026-11-20')
  const { body } = await world.transfer(alice, '10')
  await world.call('POST', `/_sim/transfers/${body.id}/return`, { code: 'R01' })
  await v1.until(() => v1.events.length === 3)
  await v2.until(() => v2.events.length === 5)

  expect(v1.events.map(({ data }) => [data.status_from, data.status_to])).toEqual([
    ['', 'QUEUED'],
    ['QUEUED', 'SENT_TO_CLEARING'],
    ['SENT_TO_CLEARING', 'RETURNED'],
  ])
  expect(v1.events[0]?.data).toMatchObject({ account_id: alice.id, transfer_id: body.id })
  const told = v2.events.map(({ data }) => [data.entity_type, data.status_to])
  expect(told).toEqual([
    ['BankRelationship', 'QUEUED'],
    ['BankRelationship', 'APPROVED'],
    ['Transfer', 'QUEUED'],
    ['Transfer', 'SENT_TO_CLEARING'],
    ['Transfer', 'RETURNED'],
  ])
  expect(v2.events.at(-1)?.data).toMatchObject({
    entity_id: body.id,
    reason: 'R01 insufficient funds',
    correspondent: expect.stringMatching(/^[A-Z]{4}$/),
    event_id: v2.events.at(-1)?.id,
  })
  expect(v2.events[0]?.data).not.toHaveProperty('status_from')
})

test('a fill is on the streams of trades', async () => {
  await using world = await brokerWorld()
  const alice = await world.fundedAccount('500')
  await world.must(
    world.call('POST', `/v1/trading/accounts/${alice.id}/orders`, {
      symbol: 'SPY',
      notional: '100',
      side: 'buy',
      type: 'market',
      time_in_force: 'day',
    }),
  )
  await world.advance({ seconds: 5 })
  for (const path of ['/v1/events/trades', '/v2/events/trades', '/v2beta1/events/trades']) {
    await using reader = await stream(world, `${path}?since=2026-11-20`)
    await reader.until(() => reader.events.some(({ data }) => data.event === 'fill'))
    const fill = reader.events.find(({ data }) => data.event === 'fill')
    expect(fill?.data).toMatchObject({
      account_id: alice.id,
      execution_id: expect.any(String),
      price: expect.any(String),
      qty: expect.any(String),
      position_qty: expect.any(String),
      order: { symbol: 'SPY', status: 'filled' },
      event_id: path.startsWith('/v1') ? expect.any(Number) : fill?.id,
    })
  }
})

test('from any cursor, while many write, nothing is missing and nothing comes twice', async () => {
  await using world = await brokerWorld()
  const readers = [await stream(world, `${ACCOUNTS}?since_id=0`)]
  let writing = true
  const writers = Array.from({ length: 6 }, async () => {
    for (let round = 0; round < 12; round += 1) {
      await world.must(world.call('POST', '/v1/accounts', application()))
    }
  })
  const joiner = (async () => {
    while (writing) {
      await sleep(120)
      const [first] = readers
      const known = first?.events.at(-1)
      const from = known === undefined ? 'since_id=0' : `since_ulid=${known.id}`
      readers.push(await stream(world, `${ACCOUNTS}?${from}`))
      if (readers.length > 12) return
    }
  })()
  const mover = (async () => {
    while (writing) {
      await world.advance({ seconds: 1 })
      await sleep(30)
    }
  })()
  await Promise.all(writers)
  writing = false
  await Promise.all([joiner, mover])
  await world.advance({ seconds: 5 })

  const all = await world.db.selectFrom('event_sequence').select(['seq', 'ulid']).orderBy('seq').execute()
  expect(all).toHaveLength(72 * 5)
  expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => BigInt(index + 1)))
  const last = all.at(-1)?.ulid
  for (const reader of readers) {
    await reader.until(() => reader.events.at(-1)?.id === last)
    const got = reader.events.map(({ id }) => id)
    expect(got).toEqual(all.slice(-got.length).map(({ ulid }) => ulid))
    await reader.close()
  }
  expect(readers[0]?.events).toHaveLength(all.length)
})

test("one account's events are in order, whoever wrote them", async () => {
  await using world = await brokerWorld()
  const ids = await Promise.all([1, 2, 3].map(() => world.activeAccount()))
  await using reader = await stream(world, `${ACCOUNTS}?since_id=0&id=${ids[1]}`)
  await reader.until(() => reader.events.length === 5)
  const told = (key: string) => reader.events.map(({ data }) => data[key]).filter(Boolean)
  expect(told('status_to')).toEqual(['SUBMITTED', 'APPROVED', 'ACTIVE'])
  expect(told('crypto_status_to')).toEqual(['SUBMITTED', 'APPROVED', 'ACTIVE'])
})

test('a stream with an end ends there with everything before it', async () => {
  await using world = await brokerWorld()
  await world.activeAccount({ enabled_assets: ['us_equity'] })
  const all = await world.db.selectFrom('event_sequence').selectAll().orderBy('seq').execute()
  const [first, second, third] = all
  const got = async (query: string) => {
    const reader = await stream(world, `${ACCOUNTS}?${query}`)
    await reader.done
    return reader.events.map(({ data }) => data.status_to)
  }
  expect(await got('since_id=0&until_id=2')).toEqual(['SUBMITTED', 'APPROVED'])
  expect(await got('since_id=1&until_id=3')).toEqual(['APPROVED', 'ACTIVE'])
  expect(await got('since_id=3&until_id=1')).toEqual([])
  expect(await got(`since_ulid=${first?.ulid}&until_ulid=${second?.ulid}`)).toEqual(['APPROVED'])
  expect(await got(`since_ulid=${third?.ulid}&until_ulid=${third?.ulid}`)).toEqual([])
  expect(await got('since=2026-11-20T17:00:01Z&until=2026-11-20T17:00:01Z')).toEqual(['APPROVED'])
  expect(await got('since=2026-11-20T12:00:01-05:00&until=2026-11-20T17:00:03.5Z')).toEqual([
    'APPROVED',
    'ACTIVE',
  ])
  expect(await got('since=2026-11-20T12:00:01 00:00&until=2026-11-20T17:00:01')).toEqual([
    'SUBMITTED',
    'APPROVED',
  ])
  expect(await got('since=2020-01-01&until=2020-12-31')).toEqual([])
})

test('an end in the future is reached when the world gets there', async () => {
  await using world = await brokerWorld()
  await using reader = await stream(world, `${ACCOUNTS}?since=2026-11-20&until=2026-11-20T18:00:00Z`)
  await world.activeAccount({ enabled_assets: ['us_equity'] })
  await reader.until(() => reader.events.length === 3)
  expect(reader.hasEnded()).toBe(false)
  await world.advance({ to: '2026-11-20T18:00:00.001Z' })
  await reader.until(() => reader.hasEnded())
})

const senseless = [
  'until=2026-01-01',
  'until_id=5',
  'until_ulid=01JNB6Q0ZW7Y4C8M2T9K5V3R1A',
  'since=2026-01-01&since_id=1',
  'since_id=1&until_ulid=01JNB6Q0ZW7Y4C8M2T9K5V3R1A',
  'since_id=-1',
  'since_id=1.5',
  'since_id=99999999999999999999',
  'since_id=01JNB6Q0ZW7Y4C8M2T9K5V3R1A',
  'since_ulid=123',
  'since_ulid=8ZZZZZZZZZZZZZZZZZZZZZZZZZ',
  'since=yesterday',
  'since=2026-02-30',
  'since=9999999999-01-01',
  'since=2026-01-01&since=2026-01-02',
  'id=me',
]

test('parameters that make no sense are refused as JSON, before a stream begins', async () => {
  await using world = await brokerWorld()
  for (const query of senseless) {
    const answer = await world.call('GET', `${ACCOUNTS}?${query}`)
    expect([query, answer.status, answer.body.code]).toEqual([query, 422, 40010001])
  }
})

test('v2 names its events by ULID only', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  await world.transfer(alice, '10')
  expect((await world.call('GET', '/v2/events/funding/status?since_id=0')).status).toBe(422)
  const reader = await stream(
    world,
    '/v2/events/funding/status?since_id=00000000000000000000000000&until_id=7ZZZZZZZZZZZZZZZZZZZZZZZZZ',
  )
  await reader.until(() => reader.events.length === 3)
  const from = reader.events[1]?.id
  await reader.close()
  await using rest = await stream(world, `/v2/events/funding/status?since_id=${from}`)
  await rest.until(() => rest.events.length === 1)
  expect(rest.events[0]?.id).toBe(reader.events[2]?.id)
})

test('a stream needs keys, and says so as JSON', async () => {
  await using world = await brokerWorld()
  expect(
    await world.call('GET', ACCOUNTS, undefined, { headers: { authorization: 'Basic eDp5' } }),
  ).toMatchObject({
    status: 401,
    body: { code: 40110000 },
  })
})

test('a key has so many streams and not one more; a place is free again when a reader leaves', async () => {
  await using world = await brokerWorld({ maxStreamsPerKey: 25 })
  const readers = await Promise.all(Array.from({ length: 25 }, () => stream(world, ACCOUNTS)))
  expect(await world.call('GET', ACCOUNTS)).toMatchObject({ status: 429, body: { code: 42910000 } })
  await readers[0]?.close()
  await sleep(100)
  const late = await stream(world, ACCOUNTS)
  expect(late.response.status).toBe(200)
  await Promise.all([late, ...readers].map((reader) => reader.close()))
})

test('closing the server ends streams cleanly', async () => {
  const world = await brokerWorld()
  const reader = await stream(world, `${ACCOUNTS}?since_id=0`)
  await world.activeAccount()
  await reader.until(() => reader.events.length >= 5)
  const started = performance.now()
  await world[Symbol.asyncDispose]()
  await reader.done
  expect(performance.now() - started).toBeLessThan(5_000)
  expect(reader.hasEnded()).toBe(true)
})

test('who reads too slowly is told what was dropped, and cut off', async () => {
  await using world = await brokerWorld({ slowReaderMs: 300 })
  const id = await world.activeAccount()
  await world.db.transaction().execute(async (tx) => {
    for (let index = 0; index < 1_200; index += 1) {
      const { id: eventId } = await tx
        .insertInto('events')
        .values({
          account_id: id,
          stream: 'account',
          entity_id: id,
          status_to: 'ACTIVE',
          at: world.clock.now(),
          payload: JSON.stringify({ reason: 'x'.repeat(20_000) }),
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await tx.insertInto('event_inbox').values({ event_id: eventId }).execute()
    }
  })
  const socket = connect(Number(new URL(world.broker.url).port), '127.0.0.1')
  let tail = ''
  socket.write(
    `GET ${ACCOUNTS}?since_id=0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: ${BASIC}\r\n\r\n`,
  )
  socket.pause()
  await sleep(1_200)
  socket.on('data', (chunk) => {
    tail = (tail + chunk.toString('latin1')).slice(-200)
  })
  socket.resume()
  await new Promise((resolve) => socket.on('close', resolve))
  expect(tail).toMatch(/: you are reading too slowly, dropped \d+ messages/)
})
