import type { UsdMinor } from '@paddock/money'
import { expect, test } from 'vitest'
import { booksAreRight } from './funding-facts.ts'
import { FIRM, journalWorld, UNKNOWN } from './journals-world.ts'

test('cash goes from the firm to a customer: queued at first, executed within a second', async () => {
  await using world = await journalWorld()
  const { status, body } = await world.journal({ amount: 25.5, description: 'sign-up reward' })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    entry_type: 'JNLC',
    status: 'queued',
    from_account: FIRM,
    to_account: world.alice,
    net_amount: '25.5',
    symbol: null,
    qty: null,
    price: null,
    currency: 'USD',
    description: 'sign-up reward',
    settle_date: null,
    system_date: null,
  })
  expect(await world.cash(FIRM)).toEqual({ cash: '50000', power: '49974.5' })
  expect(await world.cash(world.alice)).toEqual({ cash: '0', power: '0' })

  await world.settle()
  expect(await world.read(body.id)).toMatchObject({
    status: 'executed',
    settle_date: '2026-11-20',
    system_date: '2026-11-20',
  })
  expect(await world.cash(FIRM)).toEqual({ cash: '49974.5', power: '49974.5' })
  expect(await world.balances(world.alice)).toMatchObject({
    cash: '25.5',
    cash_withdrawable: '25.5',
    cash_transferable: '25.5',
    equity: '25.5',
    intraday_adjustments: '25.5',
  })
  expect(await world.told(body.id)).toEqual(['queued', 'sent_to_clearing', 'executed', 'activity_created'])
  expect(await world.lines(body.id)).toEqual([
    { account: 'firm', type: 'JNLC', status: 'executed', amount: -25_50n, quantity: null },
    { account: 'alice', type: 'JNLC', status: 'executed', amount: 25_50n, quantity: null },
  ])
  await booksAreRight(world)
})

test('the event tells what the second generation of the stream shows', async () => {
  await using world = await journalWorld()
  const { body } = await world.journal({ amount: '1', description: 'gift' }, { 'idempotency-key': 'gift-1' })
  const [event] = await world.db
    .selectFrom('events')
    .selectAll()
    .where('entity_id', '=', body.id)
    .orderBy('id')
    .execute()
  expect(event).toMatchObject({
    stream: 'journal',
    account_id: world.alice,
    status_from: '',
    status_to: 'queued',
    payload: {
      entry_type: 'JNLC',
      description: 'gift',
      idempotency_key: 'gift-1',
      idempotency_key_type: 'single',
      batch_error_message: '',
    },
  })
})

test('fifty dollars between two customers move, as in the guide of the vendor', async () => {
  await using world = await journalWorld()
  const bob = await world.activeAccount()
  await world.journal({ amount: 50 })
  await world.settle()
  const { body } = await world.journal({ from_account: world.alice, to_account: bob, amount: 50.0 })
  await world.settle()
  expect((await world.read(body.id)).status).toBe('executed')
  expect((await world.cash(bob)).cash).toBe('50')
  await booksAreRight(world)
})

test('the strict rule knows only the firm and its customers', async () => {
  await using world = await journalWorld({ journals: { betweenCustomers: false } })
  const bob = await world.activeAccount()
  await world.journal({ amount: 50 })
  await world.settle()
  const between = await world.journal({ from_account: world.alice, to_account: bob, amount: 1 })
  expect(between).toMatchObject({ status: 403, body: { code: 40310000 } })
  expect(await world.journal({ from_account: world.alice, to_account: FIRM, amount: 1 })).toMatchObject({
    status: 200,
  })
  await world.buy(world.alice, 'SPY', '0.01')
  const shares = {
    entry_type: 'JNLS',
    symbol: 'SPY',
    qty: '0.01',
    from_account: world.alice,
    to_account: FIRM,
  }
  expect(await world.journal(shares)).toMatchObject({ status: 403, body: { code: 40310000 } })
})

test('up to fifty dollars move by themselves, more waits', async () => {
  await using world = await journalWorld()
  const rows: [amount: unknown, status: string, later: string][] = [
    [49.99, 'queued', 'executed'],
    ['50', 'queued', 'executed'],
    ['50.00', 'queued', 'executed'],
    [5e1, 'queued', 'executed'],
    ['50.01', 'pending', 'pending'],
    [700, 'pending', 'pending'],
  ]
  const asked = await Promise.all(rows.map(async ([amount]) => (await world.journal({ amount })).body))
  expect(asked.map(({ status }) => status)).toEqual(rows.map(([, status]) => status))
  await world.advance({ days: 2 })
  const later = await Promise.all(asked.map(async ({ id }) => (await world.read(id)).status))
  expect(later).toEqual(rows.map(([, , status]) => status))
})

test('a thousand dollars move in a day without being asked about, and no cent more', async () => {
  await using world = await journalWorld()
  const fifties = Array.from({ length: 19 }, () => ({ to_account: world.alice, amount: '50' }))
  const { body: rows } = await world.batch(fifties)
  expect(rows.every(({ status }: { status: string }) => status === 'queued')).toBe(true)
  expect((await world.journal({ amount: '49.99' })).body.status).toBe('queued')
  expect((await world.journal({ amount: '0.02' })).body.status).toBe('pending')
  const { body: canceled } = await world.journal({ amount: '0.01' })
  // The one that waits counts too, so this one has to wait as well.
  expect(canceled.status).toBe('pending')
  expect((await world.firm()).journal_limits).toEqual({
    per_journal: '50',
    per_day: '1000',
    used_today: '1000.02',
    between_customers: true,
  })
  for (const { id } of (await world.list('status=pending')).body) {
    expect((await world.call('DELETE', `/v1/journals/${id}`)).status).toBe(204)
  }
  expect((await world.journal({ amount: '0.01' })).body.status).toBe('queued')
  // Midnight in New York.
  await world.advance({ to: '2026-11-21T04:59:59Z' })
  expect((await world.journal({ amount: '0.01' })).body.status).toBe('pending')
  await world.advance({ to: '2026-11-21T05:00:00Z' })
  expect((await world.journal({ amount: '50' })).body.status).toBe('queued')
  await booksAreRight(world)
})

test('limits are a setting', async () => {
  await using world = await journalWorld({ journals: { perJournalMinor: 200_00n as UsdMinor } })
  expect((await world.journal({ amount: '200' })).body.status).toBe('queued')
  expect((await world.journal({ amount: '200.01' })).body.status).toBe('pending')
})

test('whoever gives needs the cash; refused journals leave nothing behind', async () => {
  await using world = await journalWorld()
  const tooMuch = await world.journal({ amount: '50000.01' })
  expect(tooMuch).toMatchObject({ status: 403, body: { code: 40310000, available: '50000.00' } })
  const back = await world.journal({ from_account: world.alice, to_account: FIRM, amount: '0.01' })
  expect(back).toMatchObject({ status: 403, body: { code: 40310000, available: '0.00' } })
  expect((await world.list('')).body).toEqual([])
  expect(await world.db.selectFrom('events').select('id').where('stream', '=', 'journal').execute()).toEqual(
    [],
  )
  expect(await world.cash(FIRM)).toEqual({ cash: '50000', power: '50000' })
})

test('a deposit that may still come back cannot leave by a journal', async () => {
  await using world = await journalWorld()
  const bob = await world.linkedAccount()
  const { body } = await world.transfer(bob, '40')
  await world.must(world.call('POST', `/_sim/transfers/${body.id}/settle`, {}))
  const journal = { from_account: bob.id, to_account: world.alice, amount: '40' }
  expect((await world.journal(journal)).status).toBe(403)
  await world.advance({ days: 10 })
  expect((await world.journal(journal)).status).toBe(200)
})

const refusals: readonly (readonly [what: string, change: object, status: number, code: number])[] = [
  ['an unknown giver', { from_account: UNKNOWN }, 404, 40410000],
  ['an unknown taker', { to_account: UNKNOWN }, 404, 40410000],
  ['no amount', { amount: undefined }, 422, 40010001],
  ['three decimals', { amount: '1.005' }, 422, 40010001],
  ['three decimals as a number', { amount: 1.005 }, 422, 40010001],
  ['a tenth of a cent', { amount: 1e-3 }, 422, 40010001],
  ['nothing', { amount: 0 }, 422, 40010001],
  ['less than nothing', { amount: '-5' }, 422, 40010001],
  ['no number', { amount: 'ten' }, 400, 40010000],
  ['an empty amount', { amount: '' }, 400, 40010000],
  ['a huge amount', { amount: '1e29' }, 422, 40010001],
  ['itself', { to_account: FIRM }, 422, 40010001],
  ['an id that is none', { to_account: 'bob' }, 422, 40010001],
  ['another kind', { entry_type: 'JNLX' }, 422, 40010001],
  ['another currency', { currency: 'EUR' }, 422, 40010001],
  ['a long description', { description: 'x'.repeat(1_025) }, 422, 40010001],
  ['cash with shares', { symbol: 'SPY', qty: 1 }, 422, 40010001],
  ['shares with cash', { entry_type: 'JNLS', symbol: 'SPY', qty: 1 }, 422, 40010001],
  ['a timestamp that is none', { transmitter_timestamp: 'now' }, 422, 40010001],
  ['a long transmitter', { transmitter_name: 'x'.repeat(256) }, 422, 40010001],
]

test('what is wrong is refused, and nothing is written', async () => {
  await using world = await journalWorld()
  for (const [what, change, status, code] of refusals) {
    const answer = await world.journal({ amount: '1', ...change })
    expect([what, answer.status, answer.body.code]).toEqual([what, status, code])
  }
  expect((await world.list('')).body).toEqual([])
  expect((await world.cash(FIRM)).power).toBe('50000')
})

test('what the travel rule wants kept is kept', async () => {
  await using world = await journalWorld()
  const told = {
    transmitter_name: 'Jane Roe',
    transmitter_account_number: '123',
    transmitter_address: '1 Main St',
    transmitter_financial_institution: 'First Bank',
    transmitter_timestamp: '2026-11-20T12:00:00-05:00',
    transmitter_info: { originator_full_name: 'Jane Roe', originator_country: 'USA' },
  }
  const { body } = await world.journal({ amount: '1', ...told })
  expect(await world.read(body.id)).toMatchObject(told)
  const { body: plain } = await world.journal({ amount: '1', transmitter_name: '' })
  expect(plain).not.toHaveProperty('transmitter_name')
})

test('a closed account may give what it has left, and takes nothing', async () => {
  await using world = await journalWorld()
  await world.journal({ amount: '10' })
  await world.settle()
  await world.must(world.call('POST', `/_sim/accounts/${world.alice}/status`, { status: 'ACCOUNT_CLOSED' }))
  expect(await world.journal({ amount: '1' })).toMatchObject({ status: 403, body: { code: 40310000 } })
  const { body } = await world.journal({ from_account: world.alice, to_account: FIRM, amount: '10' })
  await world.settle()
  expect((await world.read(body.id)).status).toBe('executed')
})

test('the list has its filters', async () => {
  await using world = await journalWorld()
  const bob = await world.activeAccount()
  const { body: first } = await world.journal({ amount: '10' })
  await world.settle()
  await world.advance({ to: '2026-11-21T17:00:00Z' })
  const { body: second } = await world.journal({ amount: '5', from_account: world.alice, to_account: bob })
  const { body: third } = await world.journal({ amount: '60', to_account: bob })
  await world.settle()
  const ids = async (query: string) =>
    (await world.must(world.list(query))).map(({ id }: { id: string }) => id) as string[]

  expect(await ids('')).toEqual([third.id, second.id, first.id])
  expect(await ids('limit=1')).toEqual([third.id])
  expect(await ids('limit=0')).toEqual([])
  expect(await ids('status=pending')).toEqual([third.id])
  expect(await ids('status=executed')).toEqual([second.id, first.id])
  expect(await ids('status=executed,pending&status=queued')).toEqual([third.id, second.id, first.id])
  expect(await ids(`from_account=${world.alice}`)).toEqual([second.id])
  expect(await ids(`to_account=${bob}&entry_type=JNLC`)).toEqual([third.id, second.id])
  expect(await ids('entry_type=JNLS')).toEqual([])
  expect(await ids('after=2026-11-20')).toEqual([third.id, second.id])
  expect(await ids('before=2026-11-21')).toEqual([first.id])
  expect(await ids('after=2026-11-20T00:00:00Z&before=2026-11-22&unknown=1')).toEqual([third.id, second.id])
  expect((await world.list('status=pending,x')).body.message).toMatch(/^status: must be of queued, pending/)
  for (const query of [
    'status=activity_created',
    'status=x',
    'entry_type=x',
    'after=x',
    'limit=-1',
    'from_account=x',
  ]) {
    expect([query, (await world.list(query)).status]).toEqual([query, 422])
  }
})

test('a list of more than a hundred thousand is refused', async () => {
  await using world = await journalWorld()
  await world.db
    .insertInto('journals')
    .columns([
      'id',
      'entry_type',
      'from_account',
      'to_account',
      'status',
      'amount_minor',
      'value_minor',
      'description',
      'travel_rule',
      'origin',
      'requested_on',
      'created_at',
      'updated_at',
    ])
    .expression((eb) =>
      eb
        .selectFrom(eb.fn<{ n: number }>('generate_series', [eb.lit(1), eb.lit(100_001)]).as('n'))
        .select(({ fn, val }) => [
          fn<string>('gen_random_uuid').as('id'),
          val('JNLC').as('entry_type'),
          val(FIRM).as('from_account'),
          val(world.alice).as('to_account'),
          val('rejected').as('status'),
          val(1n).as('amount_minor'),
          val(1n).as('value_minor'),
          val('').as('description'),
          val('{}').as('travel_rule'),
          val('single').as('origin'),
          val(Temporal.PlainDate.from('2026-11-20')).as('requested_on'),
          val(world.clock.now()).as('created_at'),
          val(world.clock.now()).as('updated_at'),
        ]),
    )
    .execute()
  expect(await world.list('')).toMatchObject({ status: 422, body: { code: 40010001 } })
  expect((await world.list('limit=10')).body).toHaveLength(10)
  expect((await world.list('status=pending')).body).toEqual([])
})

test('a journal that does not exist is not found, and an id that is none is a bad request', async () => {
  await using world = await journalWorld()
  for (const method of ['GET', 'DELETE']) {
    expect(await world.call(method, `/v1/journals/${UNKNOWN}`)).toMatchObject({
      status: 404,
      body: { code: 40410000 },
    })
    expect((await world.call(method, '/v1/journals/x')).status).toBe(400)
  }
  for (const verb of ['approve', 'reject', 'delete']) {
    expect((await world.decide(UNKNOWN, verb)).status).toBe(404)
  }
  expect((await world.decide(UNKNOWN, 'correct', { amount: '1', reason: 'x' })).status).toBe(404)
})
