import { expect, test } from 'vitest'
import { FIRM_ACCOUNT_ID } from '../src/firm/firm-account.ts'
import { BASIC, brokerWorld } from './broker-world.ts'
import { history, NOTHING } from './event-history.ts'
import { readLog, writeEvents } from './event-writers.ts'
import { openStream } from './sse.ts'

async function tradingWorld() {
  const world = await brokerWorld({ heartbeatMs: 150 })
  const alice = await world.fundedAccount('500')
  await world.must(
    world.call('POST', `/v1/trading/accounts/${alice.id}/orders`, {
      symbol: 'SPY',
      notional: '100',
      side: 'buy',
      type: 'market',
      time_in_force: 'day',
      commission: '1.5',
    }),
  )
  await world.advance({ seconds: 5 })
  return { world, alice }
}

test('a deposit, a fill and its commission are activities; the older stream leaves fills out and writes numbers', async () => {
  const { world, alice } = await tradingWorld()
  await using _world = world
  const activities = await history(world, '/v2beta1/events/activities')
  expect(activities.map(({ activity_type }) => activity_type)).toEqual(['CSD', 'TRD', 'FEE'])
  const [deposit, trade, fee] = activities
  expect(deposit).toMatchObject({
    account_id: alice.id,
    event_id: expect.stringMatching(/^[0-9A-Z]{26}$/),
    status: 'executed',
    currency: 'USD',
    net_amount: '500',
    settle_date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    details: { system_date: expect.any(String) },
  })
  expect(trade).toMatchObject({
    ref_id: expect.any(String),
    net_amount: '-100',
    qty: expect.any(String),
    price: expect.any(String),
    details: { side: 'buy', symbol: 'SPY', execution_type: 'fill', leaves_qty: '0', order_status: 'filled' },
  })
  expect(trade.details).not.toHaveProperty('type')
  expect(fee).toMatchObject({ activity_subtype: 'COM', details: { parent_id: trade.ref_id } })

  const nta = await history(world, '/v1/events/nta')
  expect(nta.map(({ entry_type }) => entry_type)).toEqual(['CSD', 'FEE'])
  expect(nta[0]).toMatchObject({
    net_amount: 500,
    qty: 0,
    per_share_amount: 0,
    price: '0',
    status: 'executed',
  })
  expect(nta[1]).toMatchObject({ net_amount: -1.5, entry_sub_type: 'COM', description: 'commission' })
  expect(nta[1].event_id).toBeTypeOf('number')
  expect(await history(world, '/v1/events/nta', `&group_id=${alice.id}`)).toEqual([])
  expect(await history(world, '/v1/events/nta', '&include_preprocessing=true')).toEqual(nta)
})

test('one activity can be read by its id, by its own account only', async () => {
  const { world, alice } = await tradingWorld()
  await using _world = world
  const [deposit] = await history(world, '/v2beta1/events/activities')
  const path = (account: string, event: string) => `/v2beta1/accounts/${account}/events/activities/${event}`
  const stream = await openStream(`${world.broker.url}${path(alice.id, deposit.event_id)}`)
  await stream.done
  expect(stream.response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  expect(stream.events.map(({ data }) => data)).toEqual([deposit])

  const bob = await world.activeAccount()
  const [account] = await history(world, '/v1/events/accounts/status')
  const nobody = '00000000-0000-4000-8000-000000000000'
  for (const [owner, event, status] of [
    [bob, deposit.event_id, 404],
    [alice.id, NOTHING, 404],
    [alice.id, account.event_ulid, 404],
    [alice.id, 'me', 400],
    ['me', deposit.event_id, 400],
    [nobody, deposit.event_id, 401],
  ] as const) {
    expect([owner, event, (await world.call('GET', path(owner, event))).status]).toEqual([
      owner,
      event,
      status,
    ])
  }
})

test('a beginning in time needs an end on the stream of activities; a cursor may stand alone', async () => {
  await using world = await brokerWorld()
  const path = '/v2beta1/events/activities'
  expect(await world.call('GET', `${path}?since=2026-11-01`)).toMatchObject({
    status: 422,
    body: { code: 40010001, message: expect.stringContaining('until') },
  })
  for (const query of [`since_id=${NOTHING}`, 'since=2026-11-01&until=2026-11-02']) {
    const stream = await openStream(`${world.broker.url}${path}?${query}`)
    expect(stream.response.status).toBe(200)
    await stream.close()
  }
})

test('the end of a trading day is told once, on the morning after it', async () => {
  await using world = await brokerWorld({ heartbeatMs: 150 })
  await world.advance({ days: 5 })
  const news = await history(world, '/v2/events/system')
  expect(news.map(({ type, system_date, at }) => [type, system_date, at])).toEqual([
    ['eod_balances_ready', '2026-11-20', '2026-11-21T07:30:00Z'],
    ['eod_positions_ready', '2026-11-20', '2026-11-21T09:00:00Z'],
    ['eod_balances_ready', '2026-11-23', '2026-11-24T07:30:00Z'],
    ['eod_positions_ready', '2026-11-23', '2026-11-24T09:00:00Z'],
    ['eod_balances_ready', '2026-11-24', '2026-11-25T07:30:00Z'],
    ['eod_positions_ready', '2026-11-24', '2026-11-25T09:00:00Z'],
  ])
  expect(Object.keys(news[0]).sort()).toEqual(['at', 'description', 'event_id', 'system_date', 'type'])
})

test('journals are told in both generations; only the newer one says that their activity was written', async () => {
  await using world = await brokerWorld({ heartbeatMs: 150 })
  const id = await world.activeAccount()
  const ask = (amount: string) =>
    world.must(
      world.call(
        'POST',
        '/v1/journals',
        { entry_type: 'JNLC', from_account: FIRM_ACCOUNT_ID, to_account: id, amount, description: 'gift' },
        { headers: { 'idempotency-key': `gift-${amount}` } },
      ),
    )
  const small = await ask('10')
  const large = await ask('60')
  await world.advance({ seconds: 5 })
  await world.must(world.call('POST', `/_ops/journals/${large.id}/reject`, { reason: 'too much' }))

  const path = (of: string) => history(world, '/v2/events/journals/status', `&id=${of}`)
  const told = await path(small.id)
  expect(told.map(({ status_from, status_to }) => [status_from, status_to])).toEqual([
    ['', 'queued'],
    ['queued', 'sent_to_clearing'],
    ['sent_to_clearing', 'executed'],
    ['executed', 'activity_created'],
  ])
  expect(told[0]).toEqual({
    at: expect.any(String),
    entry_type: 'JNLC',
    event_id: expect.stringMatching(/^[0-9A-Z]{26}$/),
    journal_id: small.id,
    status_from: '',
    status_to: 'queued',
    description: 'gift',
    idempotency_key: 'gift-10',
    idempotency_key_type: 'single',
    batch_error_message: '',
  })
  expect((await path(id)).length).toBeGreaterThan(told.length)
  const older = await history(world, '/v1/events/journals/status', `&id=${small.id}`)
  expect(older.map(({ status_to }) => status_to)).toEqual(['queued', 'sent_to_clearing', 'executed'])
  expect(Object.keys(older[0]).sort()).toEqual(
    ['at', 'entry_type', 'event_id', 'event_ulid', 'journal_id', 'status_from', 'status_to'].sort(),
  )
  const [decided] = (await history(world, '/v2/events/admin-actions')).slice(-1)
  expect(decided).toMatchObject({
    type: 'transaction_cancel_admin_event',
    note: 'journal rejected: too much',
    belongs_to: { kind: 'account', id_reference: id },
    context: { entry_type: 'JNLC', external_id: 'gift-60', transaction_id: large.id },
  })
})

test('streams that the vendor has retired can be retired here too', async () => {
  await using world = await brokerWorld({ retiredEvents: true })
  for (const path of ['/v1/events/trades', '/v1/events/transfers/status']) {
    expect(await world.call('GET', path)).toMatchObject({ status: 410, body: { code: 41010000 } })
  }
  const stream = await openStream(`${world.broker.url}/v1/events/nta`)
  expect(stream.response.status).toBe(200)
  await stream.close()
})

test('a cursor from another log is refused, one from this log never', async () => {
  await using world = await brokerWorld()
  await world.activeAccount()
  const last = (await readLog(world)).at(-1)
  const answers = [
    [`/v1/events/nta?since_id=${last?.seq}`, 200],
    [`/v1/events/nta?since_id=${(last?.seq ?? 0n) + 1n}`, 422],
    ['/v1/events/nta?since_id=999999999999999999', 422],
    [`/v1/events/nta?since_ulid=${last?.ulid}`, 200],
    [`/v1/events/nta?since_ulid=7${'Z'.repeat(25)}`, 422],
    [`/v2/events/trades?since_id=${last?.ulid.toLowerCase()}`, 200],
    [`/v2/events/trades?since_id=7${'Z'.repeat(25)}`, 422],
    [`/v2/events/trades?since_ulid=${last?.ulid}`, 422],
    ['/v1/events/nta?since=-271821-04-20T00:00:00Z', 200],
    ['/v1/events/nta?since=+275760-09-13T00:00:00Z', 422],
    ['/v1/events/nta?since=%2B275760-09-13T00:00:00Z', 200],
    ['/v1/events/nta?since=0001-01-01', 200],
    ['/v1/events/nta?since=9999-12-31', 200],
    ['/v1/events/nta?group_id=me', 422],
    ['/v1/events/trades?group_id=me&include_preprocessing=x&limit=%00'.replace('%00', '1'), 200],
  ] as const
  for (const [path, status] of answers) {
    const stream = await openStream(`${world.broker.url}${path}`)
    expect([path, stream.response.status]).toEqual([path, status])
    await stream.close()
  }
})

test('a browser that comes back with the last id it read goes on from there, whatever its address says', async () => {
  await using world = await brokerWorld()
  const accountIds = [await world.activeAccount()]
  await writeEvents(world, { accountIds, streams: ['trade'], transactions: [6], writers: 1 })
  const trades = (await readLog(world)).filter(({ stream }) => stream === 'trade')
  const from = trades[2]?.ulid
  const resumed = await openStream(`${world.broker.url}/v2/events/trades?since=2026-01-01`, {
    'last-event-id': from ?? '',
  })
  await resumed.until(() => resumed.events.length === 3)
  expect(resumed.events.map(({ id }) => id)).toEqual(trades.slice(3).map(({ ulid }) => ulid))
  await resumed.close()
  for (const junk of ['junk', `7${'Z'.repeat(25)}`, '8'.repeat(26)]) {
    const answer = await world.call('GET', '/v2/events/trades', undefined, {
      headers: { 'last-event-id': junk },
    })
    expect([junk, answer.status, answer.body.code]).toEqual([junk, 422, 40010001])
  }
})

test('a client that would take compressed answers gets a stream that is not', async () => {
  await using world = await brokerWorld()
  const response = await fetch(`${world.broker.url}/v1/events/trades`, {
    headers: {
      authorization: BASIC,
      'accept-encoding': 'gzip, deflate',
      'content-type': 'text/event-stream',
    },
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-encoding')).toBeNull()
  expect(response.headers.get('transfer-encoding')).toBe('chunked')
  await response.body?.cancel()
})

test('who loses its key while it listens hears nothing further', async () => {
  await using world = await brokerWorld({ heartbeatMs: 50 })
  const key = await world.must(
    world.call('POST', '/_ops/keys', { name: 'listener', scopes: { events: 'read' } }),
  )
  const authorization = `Basic ${Buffer.from(`${key.id}:${key.secret}`).toString('base64')}`
  const stream = await openStream(`${world.broker.url}/v1/events/accounts/status`, { authorization })
  expect(stream.response.status).toBe(200)
  await stream.until(() => stream.comments.length > 3)
  expect(stream.hasEnded()).toBe(false)
  await world.must(world.call('DELETE', `/_ops/keys/${key.id}`))
  await stream.until(() => stream.hasEnded())
})
