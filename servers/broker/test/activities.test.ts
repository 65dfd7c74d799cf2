import { newId } from '@paddock/kernel'
import type { QuantityNano, UsdMinor } from '@paddock/money'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { AccountId } from '../src/accounts/account.ts'
import { insertActivity } from '../src/activities/book-activity.ts'
import { FIRM_ACCOUNT_ID } from '../src/firm/firm-account.ts'
import { type BrokerWorld, brokerWorld, FRIDAY_NOON } from './broker-world.ts'
import { hasVendorDocument, readVendorDocument } from './vendor-document.ts'

const PATH = '/v1/accounts/activities'
const vendorTest = test.skipIf(!hasVendorDocument)
const NOBODY = '9d3a0000-0000-4000-8000-000000000000'

type Row = { id: string; activity_type: string } & Record<string, string>

async function list(world: BrokerWorld, query: Record<string, string> = {}, path = PATH): Promise<Row[]> {
  return world.must(world.call('GET', `${path}?${new URLSearchParams(query)}`))
}

/** Reads to the empty page, as the vendor's client does. */
async function readAll(world: BrokerWorld, query: Record<string, string>): Promise<Row[]> {
  const rows: Row[] = []
  for (;;) {
    const token = rows.at(-1)?.id
    const page = await list(world, { ...query, ...(token === undefined ? {} : { page_token: token }) })
    if (page.length === 0) return rows
    rows.push(...page)
  }
}

async function buy(world: BrokerWorld, accountId: string, symbol = 'SPY', notional = '100') {
  const order = await world.must(
    world.call('POST', `/v1/trading/accounts/${accountId}/orders`, {
      symbol,
      notional,
      side: 'buy',
      type: 'market',
      time_in_force: 'day',
      commission: '1.5',
    }),
  )
  await world.advance({ seconds: 5 })
  return order
}

/** Lines that no money stands behind: only their order matters here. */
async function writeLines(world: BrokerWorld, accountId: string, moments: readonly number[]) {
  await world.db.transaction().execute(async (tx) => {
    for (const minute of moments) {
      await insertActivity(tx, {
        accountId: accountId as AccountId,
        id: newId(),
        type: minute % 2 === 0 ? 'INT' : 'FEE',
        status: 'executed',
        at: FRIDAY_NOON.subtract({ minutes: minute }),
        settlesOn: Temporal.PlainDate.from('2026-11-20'),
        netAmountMinor: 1n as UsdMinor,
        description: '',
        details: {},
      })
    }
  })
}

test('a deposit, a trade and its commission are told as the vendor tells them', async () => {
  await using world = await brokerWorld()
  const alice = await world.seasonedAccount('5000')
  const order = await buy(world, alice.id)
  const [fee, fill, deposit, ...others] = await list(world, { account_id: alice.id })
  expect(others).toEqual([])

  const done = await world.must(world.call('GET', `/v1/trading/accounts/${alice.id}/orders/${order.id}`))
  expect(fill).toEqual({
    id: expect.stringMatching(/^20261130\d{9}::[0-9a-f-]{36}$/),
    account_id: alice.id,
    activity_type: 'FILL',
    transaction_time: done.filled_at,
    type: 'fill',
    price: done.filled_avg_price,
    qty: done.filled_qty,
    side: 'buy',
    symbol: 'SPY',
    leaves_qty: '0',
    order_id: order.id,
    cum_qty: done.filled_qty,
    order_status: 'filled',
  })
  expect(fee).toMatchObject({ activity_type: 'FEE', activity_sub_type: 'COM', net_amount: '-1.5' })
  expect(deposit).toEqual({
    id: expect.stringMatching(/^2026\d{13}::[0-9a-f-]{36}$/),
    account_id: alice.id,
    activity_type: 'CSD',
    date: expect.stringMatching(/^2026-11-\d\d$/),
    net_amount: '5000',
    description: '',
    status: 'executed',
    currency: 'USD',
    created_at: expect.stringMatching(/Z$/),
  })
})

test('the time in an id is that of New York, to the millisecond', async () => {
  await using world = await brokerWorld()
  await writeLines(world, FIRM_ACCOUNT_ID, [0])
  const rows = await list(world, { activity_types: 'INT' })
  expect(rows.map(({ id }) => id.slice(0, 19))).toEqual(['20261120120000000::'])
})

test('activities are found by account, type, category and order', async () => {
  await using world = await brokerWorld()
  const alice = await world.fundedAccount('5000')
  const bob = await world.fundedAccount('300')
  const order = await buy(world, alice.id)
  const typesOf = async (query: Record<string, string>, path = PATH) =>
    (await list(world, query, path)).map(({ activity_type }) => activity_type)

  expect(await typesOf({ account_id: bob.id })).toEqual(['CSD'])
  expect(await typesOf({ account_id: alice.id, activity_types: 'CSD,FILL' })).toEqual(['FILL', 'CSD'])
  expect(await typesOf({ account_id: alice.id, activity_types: 'fee' })).toEqual(['FEE'])
  expect(await typesOf({ account_id: alice.id, category: 'trade_activity' })).toEqual(['FILL'])
  expect(await typesOf({ account_id: alice.id, category: 'non_trade_activity' })).toEqual(['FEE', 'CSD'])
  expect(await typesOf({ order_id: order.id, activity_types: 'FILL' })).toEqual(['FILL'])
  expect(await typesOf({ account_id: alice.id }, `${PATH}/CSD`)).toEqual(['CSD'])
  expect(await typesOf({ account_id: alice.id, direction: 'asc' })).toEqual(['CSD', 'FILL', 'FEE'])
  expect(await typesOf({ account_id: alice.id, something: 'else' })).toHaveLength(3)
  const repeated = await world.must(
    world.call('GET', `${PATH}?account_id=${alice.id}&activity_types=CSD&activity_types=FEE`),
  )
  expect(repeated).toHaveLength(2)
})

test('a day is one of New York and has no limit; after and until leave out their own moment', async () => {
  await using world = await brokerWorld()
  const alice = await world.activeAccount()
  const noon = 12 * 60
  // The last two lie on the day before, at one minute and at two minutes to midnight.
  await writeLines(world, alice, [0, 0, 30, noon, noon + 1, noon + 2])
  await writeLines(
    world,
    alice,
    Array.from({ length: 150 }, () => 40),
  )
  const countOf = async (query: Record<string, string>) =>
    (await list(world, { account_id: alice, ...query })).length

  expect(await countOf({})).toBe(100)
  expect(await countOf({ date: '2026-11-20' })).toBe(154)
  expect(await countOf({ date: '2026-11-19' })).toBe(2)
  expect(await countOf({ date: '2026-11-20T23:00:00Z' })).toBe(154)
  expect(await countOf({ date: '2026-11-20', page_size: '7' })).toBe(7)
  expect(await countOf({ after: '2026-11-20T16:30:00Z' })).toBe(2)
  expect(await countOf({ after: '2026-11-20 11:30:00-05:00' })).toBe(2)
  expect(await countOf({ until: '2026-11-20' })).toBe(2)
  expect(await countOf({ after: '2026-11-20', until: '2026-11-20T16:20:00Z' })).toBe(0)
  // The vendor's client goes on until a page is empty, with a day too.
  expect(await readAll(world, { account_id: alice, date: '2026-11-20' })).toHaveLength(154)
})

test('pages of any size and direction make the whole list, also while lines come in', async () => {
  await using world = await brokerWorld()
  const alice = await world.activeAccount()
  // Many at one moment: then only the order of booking tells them apart.
  await writeLines(world, alice, [5, 5, 5, 9, 9, 7, 1, 1, 1, 1, 1, 3, 2, 2, 8, 5, 5])

  const cases = fc.record({
    page_size: fc.integer({ min: 1, max: 20 }).map(String),
    direction: fc.constantFrom('asc', 'desc'),
    date: fc.constantFrom(undefined, '2026-11-20'),
    writesMeanwhile: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(cases, async ({ page_size, direction, date, writesMeanwhile }) => {
      const query = { account_id: alice, direction, ...(date === undefined ? {} : { date }) }
      const whole = (await list(world, query)).map(({ id }) => id)
      const writing = writesMeanwhile ? writeLines(world, alice, [0, 0]) : undefined
      const paged = (await readAll(world, { ...query, page_size })).map(({ id }) => id)
      await writing
      expect(new Set(paged).size).toBe(paged.length)
      const known = new Set(whole)
      expect(paged.filter((id) => known.has(id))).toEqual(whole)
      if (direction === 'asc') {
        const after = (await readAll(world, { account_id: alice, direction, page_size: '100' })).map(
          ({ id }) => id,
        )
        expect(after.slice(0, paged.length)).toEqual(paged)
      }
    }),
    { numRuns: 40 },
  )
}, 60_000)

test('the order does not change with the direction', async () => {
  await using world = await brokerWorld()
  const alice = await world.activeAccount()
  await writeLines(world, alice, [5, 5, 9, 5, 1, 1])
  const forwards = await list(world, { account_id: alice, direction: 'asc' })
  const backwards = await list(world, { account_id: alice, direction: 'desc' })
  expect(backwards.toReversed()).toEqual(forwards)
  expect(forwards.map(({ created_at }) => created_at)).toEqual(
    forwards.map(({ created_at }) => created_at).toSorted(),
  )
})

test('a page token is found in both hours that New York calls the same', async () => {
  await using world = await brokerWorld()
  const alice = await world.activeAccount()
  const times = ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'].map(Temporal.Instant.from)
  for (const at of times) {
    await writeLines(world, alice, [Math.round(FRIDAY_NOON.since(at).total('minutes'))])
  }
  const rows = await readAll(world, { account_id: alice, direction: 'asc', page_size: '1' })
  expect(rows.map(({ id }) => id.slice(0, 12))).toEqual(['202611010130', '202611010130'])
  expect(rows.map(({ created_at }) => created_at)).toEqual(times.map(String))
})

test.for([
  { query: 'activity_types=TRANS', status: 422, code: 40010001 },
  { query: 'activity_types=CSD,NOPE', status: 422, code: 40010001 },
  { query: 'activity_types=CSD&category=trade_activity', status: 422, code: 40010001 },
  { query: 'category=other', status: 422, code: 40010001 },
  { query: 'page_size=0', status: 422, code: 40010001 },
  { query: 'page_size=101', status: 422, code: 40010001 },
  { query: 'page_size=100', status: 200 },
  { query: 'page_size=1e2', status: 422, code: 40010001 },
  { query: 'page_size=-1', status: 422, code: 40010001 },
  { query: 'direction=up', status: 422, code: 40010001 },
  { query: 'direction=ASC', status: 200 },
  { query: 'date=2026-11-20&after=2026-11-01', status: 422, code: 40010001 },
  { query: 'date=2026-11-20&until=2026-11-30', status: 422, code: 40010001 },
  { query: 'date=2026-02-30', status: 422, code: 40010001 },
  { query: 'date=0000-01-01', status: 422, code: 40010001 },
  { query: 'date=9999-12-31', status: 200 },
  { query: 'after=9999-12-31T23:59:59-05:00', status: 200 },
  { query: 'until=0001-01-01T00:00:00%2B05:00', status: 200 },
  { query: 'after=-271821-04-20', status: 422, code: 40010001 },
  { query: `account_id=${NOBODY}`, status: 401, code: 40110000 },
  { query: 'account_id=nobody', status: 422, code: 40010001 },
  { query: 'order_id=none', status: 422, code: 40010001 },
  { query: `order_id=${NOBODY}`, status: 200 },
  { query: 'page_token=', status: 422, code: 40010001 },
  { query: 'page_token=junk', status: 422, code: 40010001 },
  { query: `page_token=20261120120000000::${NOBODY}`, status: 422, code: 40010001 },
  { query: `page_token=20261399120000000::${NOBODY}`, status: 422, code: 40010001 },
  { query: `page_token=00000101000000000::${NOBODY}`, status: 422, code: 40010001 },
  { query: `page_token=99991231235959999::${NOBODY}`, status: 422, code: 40010001 },
  { query: 'params=', status: 200 },
] as const)('$query answers $status', async ({ query, status, ...row }) => {
  const world = await shared()
  const answer = await world.call('GET', `${PATH}?${query}`)
  expect(answer.status).toBe(status)
  if ('code' in row) expect(answer.body).toEqual({ code: row.code, message: expect.any(String) })
})

test('an unknown type in the path is refused, a known one is known in any case', async () => {
  const world = await shared()
  expect(await world.call('GET', `${PATH}/TRANS`)).toMatchObject({ status: 422, body: { code: 40010001 } })
  expect(await world.call('GET', `${PATH}/%F0%9F%92%A9`)).toMatchObject({ status: 422 })
  expect(await world.call('GET', `${PATH}/csd`)).toMatchObject({ status: 200 })
})

test('a line of shares tells how many came', async () => {
  await using world = await brokerWorld()
  const alice = await world.activeAccount()
  await world.db.transaction().execute((tx) =>
    insertActivity(tx, {
      accountId: alice as AccountId,
      id: newId(),
      type: 'SPLIT',
      subType: 'FSPLIT',
      status: 'executed',
      at: FRIDAY_NOON,
      settlesOn: Temporal.PlainDate.from('2026-11-20'),
      netAmountMinor: 0n as UsdMinor,
      symbol: 'SPY',
      quantityNano: 1_500_000_000n as QuantityNano,
      description: 'forward split',
      details: {},
    }),
  )
  expect(await list(world, { account_id: alice })).toMatchObject([
    { activity_type: 'SPLIT', activity_sub_type: 'FSPLIT', symbol: 'SPY', qty: '1.5', net_amount: '0' },
  ])
})

let sharedWorld: Promise<BrokerWorld> | undefined
const shared = () => {
  sharedWorld ??= brokerWorld()
  return sharedWorld
}

afterAll(async () => {
  await (await sharedWorld)?.[Symbol.asyncDispose]()
})

vendorTest('lines have the shape that the vendor describes', async () => {
  const vendor = readVendorDocument()
  expect(vendor.problemsOf('get', PATH, [{ id: 5 }])).not.toBeNull()
  const world = await brokerWorld()
  await using _world = world
  const alice = await world.fundedAccount('5000')
  await buy(world, alice.id)
  // Both kinds of line fit both of the vendor's shapes, which require nothing, and it says that one must fit.
  const isTheirOwn = { keyword: 'oneOf', params: { passingSchemas: [0, 1] } }
  for (const problem of vendor.problemsOf('get', PATH, await list(world)) as object[]) {
    expect(problem).toMatchObject(isTheirOwn)
  }
})
