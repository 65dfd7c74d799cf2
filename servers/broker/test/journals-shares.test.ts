import type { UsdMinor } from '@paddock/money'
import { expect, test } from 'vitest'
import { booksAreRight } from './funding-facts.ts'
import { FIRM, type JournalWorld, journalWorld } from './journals-world.ts'

const shares = (qty: unknown, change: object = {}) => ({ entry_type: 'JNLS', symbol: 'SPY', qty, ...change })

/** The firm has ten shares of SPY, bought just now. */
async function worldWithShares(): Promise<JournalWorld> {
  const world = await journalWorld({
    journals: { perJournalMinor: 100_000_00n as UsdMinor, perDayMinor: 100_000_00n as UsdMinor },
  })
  await world.buy(FIRM, 'SPY', '10')
  return world
}

const cents = (text: string) => BigInt(Math.round(Number(text) * 100))

test('shares go over with what they have cost, and nobody gains or loses by it', async () => {
  await using world = await worldWithShares()
  const before = await world.position(FIRM, 'SPY')
  const { status, body } = await world.journal(shares(2.5, { description: 'welcome' }))
  expect(status).toBe(200)
  expect(body).toMatchObject({
    entry_type: 'JNLS',
    status: 'queued',
    symbol: 'SPY',
    qty: '2.5',
    net_amount: null,
    price: expect.stringMatching(/^\d+/),
  })
  expect((await world.position(FIRM, 'SPY')).qty_available).toBe('7.5')
  expect((await world.position(world.alice, 'SPY')).code).toBe(40410000)

  await world.settle()
  expect(await world.told(body.id)).toEqual(['queued', 'sent_to_clearing', 'executed'])
  const [firm, alice] = [await world.position(FIRM, 'SPY'), await world.position(world.alice, 'SPY')]
  expect([firm.qty, alice.qty]).toEqual(['7.5', '2.5'])
  expect(cents(firm.cost_basis) + cents(alice.cost_basis)).toBe(cents(before.cost_basis))
  const off = Number(alice.avg_entry_price) - Number(before.avg_entry_price)
  expect(Math.abs(off)).toBeLessThan(0.01)
  expect(await world.lines(body.id)).toEqual([
    { account: 'firm', type: 'JNLS', status: 'executed', amount: 0n, quantity: -2_500_000_000n },
    { account: 'alice', type: 'JNLS', status: 'executed', amount: 0n, quantity: 2_500_000_000n },
  ])
  const rows = await world.db.selectFrom('positions').select('realized_minor').execute()
  expect(rows.every(({ realized_minor }) => realized_minor === 0n)).toBe(true)
  await booksAreRight(world)
})

test('a gift of shares is no gain of the day, and shares given are no loss', async () => {
  await using world = await worldWithShares()
  await world.journal(shares('4'))
  await world.settle()
  const executed = world.clock.now()
  const [firm, alice] = [await world.position(FIRM, 'SPY'), await world.position(world.alice, 'SPY')]
  const drift = Number(alice.current_price) * 0.001 * 4
  expect(Math.abs(Number(alice.unrealized_intraday_pl))).toBeLessThanOrEqual(drift)
  expect(Math.abs(Number(firm.unrealized_intraday_pl))).toBeLessThan(Number(firm.market_value) * 0.02)
  const account = await world.balances(world.alice)
  const gain = Number(account.equity) - Number(account.last_equity) - Number(account.intraday_adjustments)
  expect(Math.abs(gain)).toBeLessThanOrEqual(drift)

  // From the next close on it counts from there, as everything else does.
  await world.advance({ to: executed.add({ hours: 24 * 3 }).toString() })
  const later = await world.position(world.alice, 'SPY')
  const sinceClose = (Number(later.current_price) - Number(later.lastday_price)) * 4
  expect(Math.abs(Number(later.unrealized_intraday_pl) - sinceClose)).toBeLessThan(0.02)
  expect((await world.balances(world.alice)).intraday_adjustments).toBe('0')
})

test('received shares can be sold, and the gain is measured from what they had cost', async () => {
  await using world = await worldWithShares()
  await world.journal(shares('4'))
  await world.settle()
  const cost = cents((await world.position(world.alice, 'SPY')).cost_basis)
  await world.advance({ days: 3 })
  const order = { symbol: 'SPY', qty: '4', side: 'sell', type: 'market', time_in_force: 'day' }
  await world.must(world.call('POST', `/v1/trading/accounts/${world.alice}/orders`, order))
  await world.advance({ seconds: 2 })
  const fill = await world.db
    .selectFrom('fills')
    .selectAll()
    .where('account_id', '=', world.alice)
    .executeTakeFirstOrThrow()
  expect(fill.cost_basis_minor).toBe(cost)
  expect(fill.realized_minor).toBe(fill.amount_minor - cost)
  await booksAreRight(world)
})

test.for([
  { what: 'more than there are', body: shares('10.000000001'), status: 403, code: 40310000 },
  { what: 'of something else', body: shares('1', { symbol: 'AAPL' }), status: 403, code: 40310000 },
  { what: 'of nothing that is traded', body: shares('1', { symbol: 'NOPE1' }), status: 422, code: 42210000 },
  { what: 'coins', body: shares('1', { symbol: 'BTC/USD' }), status: 422, code: 42210000 },
  { what: 'no quantity', body: { entry_type: 'JNLS', symbol: 'SPY' }, status: 422, code: 40010001 },
  { what: 'no symbol', body: { entry_type: 'JNLS', qty: 1 }, status: 422, code: 40010001 },
  { what: 'ten decimals', body: shares('0.0000000001'), status: 422, code: 40010001 },
  { what: 'none', body: shares(0), status: 422, code: 40010001 },
  { what: 'less than none', body: shares('-1'), status: 422, code: 40010001 },
  { what: 'a huge number', body: shares('1e28'), status: 422, code: 40010001 },
])('shares: $what is refused', async ({ body, status, code }) => {
  await using world = await worldWithShares()
  expect(await world.journal(body)).toMatchObject({ status, body: { code } })
  expect((await world.list('')).body).toEqual([])
})

test('of two who want the last share one gets it; an open sale sets its shares aside too', async () => {
  await using world = await worldWithShares()
  const answers = await Promise.all([1, 2, 3].map(() => world.journal(shares('6'))))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403])
  await world.settle()
  expect((await world.position(FIRM, 'SPY')).qty).toBe('4')
  await booksAreRight(world)
})

test('shares are worth dollars for the limits, counted for each account that gets them', async () => {
  await using world = await journalWorld()
  const bob = await world.activeAccount()
  await world.buy(FIRM, 'SPY', '10')
  const price = Number((await world.position(FIRM, 'SPY')).current_price)
  const small = (40 / price).toFixed(6)
  expect((await world.journal(shares((60 / price).toFixed(6)))).body.status).toBe('pending')
  expect((await world.journal(shares(small))).body.status).toBe('queued')
  for (let given = 0; given < 23; given += 1) await world.journal(shares(small))
  expect((await world.journal(shares(small))).body.status).toBe('pending')
  expect((await world.journal(shares(small, { to_account: bob }))).body.status).toBe('queued')
  await world.settle()
  await booksAreRight(world)
})

test('shares that were journaled can be corrected and taken back, with their cost', async () => {
  await using world = await worldWithShares()
  const before = await world.position(FIRM, 'SPY')
  const { body: first } = await world.journal(shares('4'))
  await world.settle()
  expect((await world.decide(first.id, 'correct', { amount: '4', reason: 'x' })).status).toBe(422)
  const { body: corrected } = await world.decide(first.id, 'correct', { qty: '3', reason: 'x' })
  expect(corrected).toMatchObject({ status: 'executed', qty: '3', corrects: first.id })
  expect((await world.position(world.alice, 'SPY')).qty).toBe('3')
  await booksAreRight(world)

  const { body: upwards } = await world.decide(corrected.id, 'correct', { qty: '9', reason: 'x' })
  expect((await world.position(FIRM, 'SPY')).qty).toBe('1')
  await booksAreRight(world)
  const alice = await world.position(world.alice, 'SPY')
  expect(Math.abs(Number(alice.unrealized_intraday_pl))).toBeLessThan(Number(alice.market_value) * 0.001)

  await world.advance({ days: 3 })
  expect((await world.decide(upwards.id, 'delete')).body.status).toBe('deleted')
  const after = await world.position(FIRM, 'SPY')
  expect([after.qty, after.cost_basis]).toEqual(['10', before.cost_basis])
  expect((await world.position(world.alice, 'SPY')).code).toBe(40410000)
  await booksAreRight(world)
})

test('shares that were sold cannot be taken back', async () => {
  await using world = await worldWithShares()
  const { body } = await world.journal(shares('4'))
  await world.settle()
  const order = { symbol: 'SPY', qty: '1', side: 'sell', type: 'market', time_in_force: 'day' }
  await world.must(world.call('POST', `/v1/trading/accounts/${world.alice}/orders`, order))
  await world.advance({ seconds: 2 })
  expect((await world.decide(body.id, 'delete')).status).toBe(422)
  await booksAreRight(world)
})

test('after a split shares cannot be taken back as they went, and what waited is rejected', async () => {
  await using world = await journalWorld()
  await world.buy(FIRM, 'GS', '4')
  const ask = async (qty: string) =>
    (await world.must(world.journal(shares(qty, { symbol: 'GS' })))).id as string
  const [given, waiting] = [await ask('0.01'), await ask('3')]
  await world.settle()
  expect((await world.read(waiting)).status).toBe('pending')
  await world.advance({ to: '2026-12-15T17:00:00Z' })

  expect((await world.position(world.alice, 'GS')).qty).toBe('0.04')
  expect(await world.decide(given, 'delete')).toMatchObject({ status: 422, body: { code: 42210000 } })
  expect((await world.decide(given, 'correct', { qty: '0.02', reason: 'x' })).status).toBe(422)
  expect((await world.read(waiting)).status).toBe('rejected')
  expect((await world.position(FIRM, 'GS')).qty_available).toBe('15.96')
  await booksAreRight(world)
})
