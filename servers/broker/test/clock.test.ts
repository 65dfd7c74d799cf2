import { WorldClock } from '@paddock/service'
import { expect, test } from 'vitest'
import { brokerWorld } from './broker-world.ts'

test('the market that never closes is open at night, and still tells the exchange’s next bells', async () => {
  await using world = await brokerWorld()
  await world.advance({ to: '2026-11-22T03:00:00Z' })
  expect((await world.call('GET', '/v1/clock')).body).toEqual({
    timestamp: '2026-11-21T22:00:00.000000-05:00',
    is_open: true,
    next_open: '2026-11-23T09:30:00.000000-05:00',
    next_close: '2026-11-23T16:00:00.000000-05:00',
  })
})

test('a market with hours is open when the exchange is', async () => {
  await using world = await brokerWorld({ marketHours: 'exchange' })
  const isOpen = async () => (await world.call('GET', '/v1/clock')).body.is_open
  expect(await isOpen()).toBe(true)
  await world.advance({ to: '2026-11-20T21:00:00Z' })
  expect(await isOpen()).toBe(false)
  await world.advance({ to: '2026-11-23T14:30:00Z' })
  expect(await isOpen()).toBe(true)
})

test('the calendar has the sessions of a span of days, and the short ones short', async () => {
  await using world = await brokerWorld()
  const { body } = await world.call('GET', '/v1/calendar?start=2026-11-25&end=2026-11-28')
  expect(body).toEqual([
    {
      date: '2026-11-25',
      open: '09:30',
      close: '16:00',
      session_open: '0400',
      session_close: '2000',
      settlement_date: '2026-11-27',
    },
    {
      date: '2026-11-27',
      open: '09:30',
      close: '13:00',
      session_open: '0400',
      session_close: '1700',
      settlement_date: '2026-11-30',
    },
  ])
  const settling = await world.call(
    'GET',
    '/v1/calendar?start=2026-11-27&end=2026-11-30&date_type=SETTLEMENT',
  )
  expect(settling.body.map(({ date }: { date: string }) => date)).toEqual(['2026-11-25', '2026-11-27'])
  expect((await world.call('GET', '/v1/calendar?start=2026-11-28&end=2026-11-25')).body).toEqual([])
  const all = await world.call('GET', '/v1/calendar')
  expect(all.body.at(0).date).toBe('1970-01-02')
  expect(all.body.at(-1).date).toBe('2029-12-31')
})

test('moving the clock makes everything due happen in order, and tells it', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const { body: deposit } = await world.transfer(alice, '10')
  const before = (await world.call('GET', '/_sim/clock')).body
  expect(before.now).toBe(world.clock.now().toString())
  expect(before.next).toContainEqual(
    expect.objectContaining({ at: '2026-11-20T19:00:00Z', queue: 'originate-transfer' }),
  )
  const { status, body } = await world.advance({ days: 3 })
  expect(status).toBe(200)
  expect(body.now).toBe('2026-11-23T17:00:06Z')
  const happened = body.happened as { at: string; queue: string }[]
  expect(happened.map(({ at }) => at)).toEqual(happened.map(({ at }) => at).toSorted())
  expect(happened.filter(({ queue }) => queue.endsWith('-transfer'))).toMatchObject([
    { at: '2026-11-20T19:00:00Z', queue: 'originate-transfer' },
    { at: '2026-11-23T13:30:00Z', queue: 'settle-transfer' },
  ])
  const [row] = await world.db
    .selectFrom('events')
    .select('at')
    .where('entity_id', '=', deposit.id)
    .where('status_to', '=', 'COMPLETE')
    .execute()
  expect(row?.at.toString()).toBe('2026-11-23T13:30:00Z')
})

test('a day is a day on the wall in New York, also when the clocks change', async () => {
  const clock = new WorldClock({ frozenAt: Temporal.Instant.from('2027-03-13T17:00:00Z') })
  await using world = await brokerWorld({ clock })
  expect((await world.advance({ days: 1 })).body.now).toBe('2027-03-14T16:00:00Z')
})

test('the clock moves only forward, not too far, and by one measure at a time', async () => {
  await using world = await brokerWorld()
  for (const body of [
    { to: '2026-11-20T16:59:59Z' },
    { to: '2030-01-01T00:00:00Z' },
    { days: -1 },
    { days: 1.5 },
    { days: 401 },
    { seconds: 1e12 },
    { days: 1, seconds: 1 },
    { to: 'tomorrow' },
    { weeks: 1 },
  ]) {
    const answer = await world.advance(body)
    expect([body, Math.floor(answer.status / 100)]).toEqual([body, 4])
  }
  expect((await world.advance({ seconds: 0 })).body).toMatchObject({
    now: '2026-11-20T17:00:00Z',
    happened: [],
  })
})

test('two who move the clock at once both move it', async () => {
  await using world = await brokerWorld()
  await world.linkedAccount()
  await Promise.all([
    world.advance({ to: '2026-11-23T17:00:00Z' }),
    world.advance({ to: '2026-11-21T17:00:00Z' }),
  ])
  expect(world.clock.now().toString()).toBe('2026-11-23T17:00:00Z')
})

test('no foreign web page comes through the simulation’s door', async () => {
  await using world = await brokerWorld()
  const post = (headers: Record<string, string>, body?: string) =>
    world.send('POST', '/_sim/clock/advance', body, { headers })
  expect((await post({ 'content-type': 'text/plain' }, '{"days":1}')).status).toBe(415)
  expect((await post({}, undefined)).status).toBe(415)
  const allowed = async (origin: string) => {
    const response = await fetch(`${world.broker.url}/_sim/clock/advance`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    })
    return response.headers.get('access-control-allow-origin')
  }
  expect(await allowed('http://localhost:4000')).toBe('http://localhost:4000')
  expect(await allowed('http://evil.example')).toBeNull()
  expect(world.clock.now().toString()).toBe('2026-11-20T17:00:00Z')
})

test('the operator sees the books of an account', async () => {
  await using world = await brokerWorld()
  const alice = await world.fundedAccount('12.34')
  const { body } = await world.call('GET', `/_ops/ledger/accounts/${alice.id}`)
  expect(body).toMatchObject({
    accounts: [{ kind: 'cash', asset: 'USD', posted: '12.34', available: '12.34', pending_in: '0' }],
    entries: [{ amount: '12.34', balance_after: '12.34', cause: { kind: 'transfer', step: 'settle' } }],
  })
})
