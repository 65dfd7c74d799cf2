import { randomUUID } from 'node:crypto'
import { type Db, openDatabase } from '@paddock/service'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { lossyNetwork } from './lossy-fetch.ts'
import { funded, Person, until, type World, world } from './world.ts'

const FIRM = 'f1f10000-0000-4000-8000-000000000001'

const network = lossyNetwork()
let place: World
let operator: Person
let alice: Person
let owner: Db<object>

beforeAll(async () => {
  place = await world({ fetch: network.fetch })
  await place.platform.ensureOperator('operator@example.org', 'correct horse battery')
  operator = new Person(place, 'operator@example.org')
  const { body } = await place.call('POST', '/platform/login', {
    body: { email: 'operator@example.org', password: 'correct horse battery' },
  })
  operator.token = body.access_token
  owner = openDatabase({ url: place.platformDatabase.ownerUrl, schema: 'platform', maxConnections: 1 })
  await sql`select 1`.execute(owner)
  alice = await funded(place, 'alice@example.org', '10')
})
afterAll(async () => {
  await owner?.destroy()
  await place?.[Symbol.asyncDispose]()
})
beforeEach(() => network.forgetCalls())

const gift = (change: object = {}) => ({
  from_account: FIRM,
  to_account: alice.accountId,
  entry_type: 'JNLC',
  amount: 5,
  ...change,
})

const post = (person: Person, body: object, headers: Record<string, string> = {}, path = '/journals') =>
  person.call('POST', path, { body, headers })

const settle = () => place.simulate('/_sim/clock/advance', { seconds: 1 })
const cash = async () => (await place.client.tradingAccount.get(alice.accountId)).cash
const count = async () => (await place.client.journals.list()).length

test('an operator moves cash, and the broker does it', async () => {
  const before = Number(await cash())
  const { status, body } = await post(operator, gift({ description: 'reward', amount: '12.5' }))
  expect(status).toBe(200)
  expect(body.journal).toMatchObject({
    entry_type: 'JNLC',
    from_account: FIRM,
    to_account: alice.accountId,
    status: 'queued',
    net_amount: '12.50',
    symbol: null,
    qty: null,
    price: null,
    description: 'reward',
    settle_date: null,
  })
  await settle()
  expect((await place.client.journals.get(body.journal.id)).status).toBe('executed')
  expect(Number(await cash())).toBe(before + 12.5)
})

test('customers may not, and strangers have to sign in first', async () => {
  const before = await count()
  for (const [path, body] of [
    ['/journals', gift()],
    [
      '/journals/batch',
      { entry_type: 'JNLC', from_account: FIRM, entries: [{ to_account: alice.accountId, amount: 1 }] },
    ],
  ] as const) {
    expect(await post(alice, body, {}, path)).toMatchObject({
      status: 403,
      body: { error: { code: 'operators_only' } },
    })
    expect(await place.call('POST', path, { body })).toMatchObject({
      status: 401,
      body: { error: { code: 'not_signed_in' } },
    })
  }
  expect(await count()).toBe(before)
})

test('accounts may be named by the e-mail of their owner', async () => {
  const { status, body } = await post(operator, gift({ to_account: 'Alice@Example.org' }))
  expect([status, body.journal.to_account]).toEqual([200, alice.accountId])
  const unknown = await post(operator, gift({ to_account: 'nobody@example.org' }))
  expect(unknown).toMatchObject({ status: 404, body: { error: { code: 'journal_account_unknown' } } })
  expect((await post(operator, gift({ to_account: 'bob' }))).status).toBe(404)
  expect((await post(operator, gift({ to_account: randomUUID() }))).status).toBe(404)
})

test('a batch gives to many, all or nothing', async () => {
  const bob = await new Person(place, 'bob@example.org').signUp()
  await bob.openAccount()
  const batch = (entries: object[]) =>
    post(
      operator,
      { entry_type: 'JNLC', from_account: FIRM, entries, description: 'all' },
      {},
      '/journals/batch',
    )
  const before = await count()
  for (const bad of [
    { amount: '0.001' },
    { amount: 0 },
    { to_account: randomUUID() },
    { to_account: 'x' },
    { amount: '99999' },
  ]) {
    const answer = await batch([
      { to_account: alice.accountId, amount: 1 },
      { to_account: bob.accountId, amount: 2, ...bad },
    ])
    expect([bad, answer.status >= 400 && answer.status < 500]).toEqual([bad, true])
  }
  expect(await count()).toBe(before)
  const { status, body } = await batch([
    { to_account: alice.accountId, amount: 1 },
    { to_account: 'bob@example.org', amount: '51' },
  ])
  expect(status).toBe(200)
  expect(body.journals).toMatchObject([
    { status: 'queued', net_amount: '1.00', to_account: alice.accountId, description: 'all' },
    { status: 'pending', net_amount: '51.00', to_account: bob.accountId },
  ])
  expect(await count()).toBe(before + 2)
})

test.for([
  { what: 'cash without an amount', change: { amount: undefined }, code: 'cash_or_shares' },
  { what: 'cash with shares', change: { symbol: 'SPY', qty: 1 }, code: 'cash_or_shares' },
  {
    what: 'shares without a symbol',
    change: { entry_type: 'JNLS', amount: undefined, qty: 1 },
    code: 'cash_or_shares',
  },
  { what: 'three decimals', change: { amount: 1.005 }, code: 'amount_not_valid' },
  { what: 'nothing', change: { amount: '0.00' }, code: 'amount_not_valid' },
  { what: 'another kind', change: { entry_type: 'GIFT' }, code: 'invalid_input' },
  { what: 'an unknown field', change: { amout: 1 }, code: 'invalid_input' },
])('$what is refused before the broker hears of it', async ({ change, code }) => {
  expect(await post(operator, gift(change))).toMatchObject({ status: 422, body: { error: { code } } })
  expect(network.callsTo('POST', /journals/)).toBe(0)
})

test("the broker's refusal is told in our words, and remembered", async () => {
  const name = { 'idempotency-key': randomUUID() }
  const wish = gift({ from_account: alice.accountId, to_account: FIRM, amount: '9000' })
  const refused = await post(operator, wish, name)
  expect(refused).toMatchObject({ status: 403, body: { error: { code: 'insufficient_funds' } } })
  expect((await post(operator, wish, name)).body.error.code).toBe('insufficient_funds')
  expect(network.callsTo('POST', /journals/)).toBe(1)
})

test('the same name is the same journal', async () => {
  const name = { 'idempotency-key': 'reward-2231' }
  const before = await count()
  const answers = await Promise.all([1, 2, 3].map(() => post(operator, gift({ amount: '3' }), name)))
  const later = await post(operator, gift({ amount: 3.0 }), name)
  expect(new Set([...answers, later].map(({ status, body }) => `${status} ${body.journal.id}`)).size).toBe(1)
  expect((await post(operator, gift({ amount: '4' }), name)).body.error.code).toBe('request_id_taken')
  expect(await count()).toBe(before + 1)
})

test.for(['answer', 'request'] as const)(
  'a lost %s is found out about, and moves the money once',
  async (what) => {
    const before = await count()
    const name = { 'idempotency-key': randomUUID() }
    if (what === 'answer') network.loseAnswer('POST', /\/v1\/journals$/)
    else network.loseRequest('POST', /\/v1\/journals$/)
    const lost = await post(operator, gift({ amount: '2' }), name)
    expect(lost).toMatchObject({ status: 504, body: { error: { code: 'outcome_unknown' } } })
    let found = lost
    await until('the outcome', async () => {
      found = await post(operator, gift({ amount: '2' }), name)
      return found.status === 200
    })
    expect(found.body.journal.net_amount).toBe('2.00')
    expect(await count()).toBe(before + 1)
  },
)

test('a lost answer to a batch is found out about, and the batch happens once', async () => {
  const before = await count()
  const name = { 'idempotency-key': randomUUID() }
  const entries = [
    { to_account: alice.accountId, amount: 1 },
    { to_account: alice.accountId, amount: 1 },
  ]
  const ask = () =>
    post(operator, { entry_type: 'JNLC', from_account: FIRM, entries }, name, '/journals/batch')
  network.loseAnswer('POST', /\/v1\/journals\/batch$/)
  expect((await ask()).status).toBe(504)
  let found = await ask()
  await until('the outcome', async () => {
    found = await ask()
    return found.status === 200
  })
  expect(found.body.journals).toHaveLength(2)
  expect((await ask()).body.journals.map(({ id }: { id: string }) => id)).toEqual(
    found.body.journals.map(({ id }: { id: string }) => id),
  )
  expect(await count()).toBe(before + 2)
})

test.for(['answer', 'request'] as const)(
  'when the broker may have forgotten our key, a journal whose %s was lost is looked for, not asked for again',
  async (what) => {
    const before = await count()
    const name = randomUUID()
    const wish = gift({ amount: '2.34', description: what })
    if (what === 'answer') network.loseAnswer('POST', /\/v1\/journals$/)
    else network.loseRequest('POST', /\/v1\/journals$/)
    expect((await post(operator, wish, { 'idempotency-key': name })).status).toBe(504)
    await age(name)
    let found = await post(operator, wish, { 'idempotency-key': name })
    await until('the outcome', async () => {
      found = await post(operator, wish, { 'idempotency-key': name })
      return found.status !== 504
    })
    if (what === 'answer') expect(found.body.journal).toMatchObject({ net_amount: '2.34', description: what })
    else expect(found).toMatchObject({ status: 409, body: { error: { code: 'not_received' } } })
    expect(await count()).toBe(before + (what === 'answer' ? 1 : 0))
    expect(network.callsTo('POST', /\/v1\/journals$/)).toBe(1)
  },
)

/** Two days have passed since this was wanted. */
const age = (intentId: string) =>
  sql`update intents set created_at = created_at - interval '2 days' where id = ${intentId}`.execute(owner)

test('shares go over too', async () => {
  const order = await place.client.orders.create(FIRM, {
    symbol: 'SPY',
    qty: '1',
    side: 'buy',
    type: 'market',
    time_in_force: 'day',
  } as never)
  await until('the fill', async () => (await place.client.orders.get(FIRM, order.id)).status === 'filled')
  const { status, body } = await post(
    operator,
    gift({ entry_type: 'JNLS', amount: undefined, symbol: 'spy', qty: 0.05 }),
  )
  expect(status).toBe(200)
  expect(body.journal).toMatchObject({ entry_type: 'JNLS', symbol: 'SPY', qty: '0.05', net_amount: null })
  await settle()
  const [held] = await place.client.positions.list(alice.accountId)
  expect(held).toMatchObject({ symbol: 'SPY', qty: '0.05' })
})
