import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { actionsWorld, dividend } from './corporate-actions-world.ts'
import type { TradingWorld } from './trading-world.ts'

const journalOf = (from: string, to: string, qty: string) => ({
  entry_type: 'JNLS',
  from_account: from,
  to_account: to,
  symbol: 'TSLA',
  qty,
})

/** All that is on the agenda now is late, until it is taken up. */
const putOff = ({ db }: TradingWorld) =>
  sql`update agenda set leased_until = now() + interval '1 hour'`.execute(db)

const takeUp = ({ db }: TradingWorld) =>
  sql`update agenda set leased_until = now() - interval '1 hour'`.execute(db)

test('a split multiplies shares and divides the price, and nobody is richer or poorer', async () => {
  await using world = await actionsWorld({ cashMinor: 50_000_00n })
  const bob = await world.customer(50_000_00n)
  await world.announce({ type: 'split', symbol: 'TSLA', old_rate: 1, new_rate: 4, ex_date: '2026-12-02' })
  await world.buy(world.alice, 'TSLA', '10')
  await world.buy(bob, 'TSLA', '0.123456789')
  await world.leapTo('2026-12-02T04:59:59.999Z')
  const { body: before } = await world.call('GET', `${world.positionsOf(world.alice)}/TSLA`)
  await world.leapTo('2026-12-02T05:00:00Z')
  const { body: after } = await world.call('GET', `${world.positionsOf(world.alice)}/TSLA`)

  expect(after).toMatchObject({ qty: '40', qty_available: '40', cost_basis: before.cost_basis })
  // The new price is a whole number of cents: at most half a cent off for each of 40 shares.
  expect(Math.abs(Number(after.market_value) - Number(before.market_value))).toBeLessThan(0.5)
  expect(Math.abs(Number(after.lastday_price) * 4 - Number(before.current_price))).toBeLessThan(0.1)
  expect(await world.held(bob, 'TSLA')).toBe(493_827_156n)
  expect(await world.linesOf(world.alice, 'SPLIT')).toMatchObject([
    { sub_type: 'FSPLIT', net_amount_minor: 0n, quantity_nano: 30_000_000_000n, details: { new_qty: '40' } },
  ])
  const total = await world.db
    .selectFrom('ledger_accounts')
    .select('posted')
    .where('asset', '=', 'TSLA')
    .execute()
  expect(total.reduce((sum, { posted }) => sum + posted, 0n)).toBe(0n)

  const bars = async (adjustment: string) =>
    (
      await world.call(
        'GET',
        `/v2/stocks/bars?symbols=TSLA&timeframe=1Day&start=2026-11-30&end=2026-12-02&adjustment=${adjustment}`,
      )
    ).body.bars.TSLA
  const [raw, adjusted] = [await bars('raw'), await bars('split')]
  expect(raw).toHaveLength(3)
  expect(adjusted[2]).toEqual(raw[2])
  for (const day of [0, 1]) expect(Math.abs(adjusted[day].c * 4 - raw[day].c)).toBeLessThan(0.03)
  expect(Math.abs(raw[1].c / 4 - raw[2].o)).toBeLessThan(0.02)
})

test('orders that wait when a split comes are canceled and hold nothing more', async () => {
  await using world = await actionsWorld({ marketHours: 'exchange', cashMinor: 50_000_00n })
  await world.leapTo('2026-11-24T15:00:00Z')
  await world.announce({ type: 'split', symbol: 'TSLA', old_rate: 1, new_rate: 3, ex_date: '2026-12-02' })
  await world.buy(world.alice, 'TSLA', '10')
  await world.leapTo('2026-12-02T03:00:00Z')
  const { body: sale } = await world.order(world.alice, {
    symbol: 'TSLA',
    qty: 4,
    side: 'sell',
    type: 'limit',
    limit_price: 9_000,
  })
  const { body: purchase } = await world.order(world.alice, {
    symbol: 'TSLA',
    qty: 1,
    type: 'limit',
    limit_price: 1,
  })
  const { body: other } = await world.order(world.alice, { symbol: 'KO', qty: 1 })
  await world.leapTo('2026-12-02T06:00:00Z')
  const status = async (id: string) =>
    (await world.call('GET', `${world.ordersOf(world.alice)}/${id}`)).body.status
  expect([await status(sale.id), await status(purchase.id), await status(other.id)]).toEqual([
    'canceled',
    'canceled',
    'accepted',
  ])
  const { body: position } = await world.call('GET', `${world.positionsOf(world.alice)}/TSLA`)
  expect(position).toMatchObject({ qty: '30', qty_available: '30' })
  await world.leapTo('2026-12-02T15:00:00Z')
  expect(await status(other.id)).toBe('filled')
})

test('the reason is told with the orders that a split cancels', async () => {
  await using world = await actionsWorld({ marketHours: 'exchange', cashMinor: 50_000_00n })
  await world.announce({ type: 'split', symbol: 'TSLA', old_rate: 1, new_rate: 3, ex_date: '2026-12-02' })
  await world.leapTo('2026-12-02T03:00:00Z')
  await world.order(world.alice, { symbol: 'TSLA', qty: 1 })
  await world.leapTo('2026-12-02T06:00:00Z')
  const events = await world.tradeEvents(world.alice)
  expect(events.map(({ event, reason }) => [event, reason])).toEqual([
    ['accepted', undefined],
    ['canceled', 'CORPORATE_ACTION'],
  ])
})

test('a journal of shares that waits when they are split is rejected and holds none of them', async () => {
  await using world = await actionsWorld({ cashMinor: 50_000_00n })
  const bob = await world.customer(0n)
  await world.announce({ type: 'split', symbol: 'TSLA', old_rate: 10, new_rate: 1, ex_date: '2026-12-02' })
  await world.buy(world.alice, 'TSLA', '10')
  await world.leapTo('2026-12-02T04:00:00Z')
  const { status, body: journal } = await world.call('POST', '/v1/journals', {
    entry_type: 'JNLS',
    from_account: world.alice,
    to_account: bob,
    symbol: 'TSLA',
    qty: '9',
  })
  expect([status, journal.status]).toEqual([200, 'pending'])
  await world.leapTo('2026-12-02T06:00:00Z')
  expect((await world.call('GET', `/v1/journals/${journal.id}`)).body.status).toBe('rejected')
  const { body: position } = await world.call('GET', `${world.positionsOf(world.alice)}/TSLA`)
  expect(position).toMatchObject({ qty: '1', qty_available: '1' })
})

test('a journal of shares that is executed after a split that came in between is refused', async () => {
  await using world = await actionsWorld({ cashMinor: 50_000_00n })
  const bob = await world.customer(0n)
  await world.announce({ type: 'split', symbol: 'TSLA', old_rate: 10, new_rate: 1, ex_date: '2026-12-02' })
  await world.buy(world.alice, 'TSLA', '10')
  await world.leapTo('2026-12-02T04:59:59.9Z')
  const { body: journal } = await world.call('POST', '/v1/journals', journalOf(world.alice, bob, '0.1'))
  expect(journal.status).toBe('queued')
  await world.leapTo('2026-12-02T05:00:05Z')
  expect((await world.call('GET', `/v1/journals/${journal.id}`)).body.status).toBe('refused')
  expect(await world.held(world.alice, 'TSLA')).toBe(1_000_000_000n)
  expect(await world.held(bob, 'TSLA')).toBe(0n)
})

test('between midnight and its split an account neither gives shares nor gets back what it gave', async () => {
  await using world = await actionsWorld({ cashMinor: 50_000_00n })
  const bob = await world.customer(0n)
  await world.announce({ type: 'split', symbol: 'TSLA', old_rate: 1, new_rate: 4, ex_date: '2026-12-02' })
  await world.buy(world.alice, 'TSLA', '10')
  const give = () => world.call('POST', '/v1/journals', journalOf(world.alice, bob, '0.1'))
  const { body: given } = await give()
  await world.leapTo('2026-12-02T04:59:59.9Z')
  const { body: waiting } = await give()
  await putOff(world)
  world.clock.moveTo(Temporal.Instant.from('2026-12-02T05:00:01Z'))
  expect(await give()).toEqual({
    status: 403,
    body: { code: 40310000, message: '"TSLA" cannot be journaled until its split is processed' },
  })
  const undone = await world.call('POST', `/_ops/journals/${given.id}/delete`, { reason: 'a mistake' })
  expect([undone.status, undone.body.code]).toEqual([422, 42210000])
  await takeUp(world)
  await world.leapTo('2026-12-02T06:00:00Z')
  const { body: ended } = await world.call('GET', `/v1/journals/${waiting.id}`)
  expect(ended.status).toBe('refused')
  expect(await world.held(world.alice, 'TSLA')).toBe(39_600_000_000n)
  expect(await world.held(bob, 'TSLA')).toBe(400_000_000n)
})

test('an order of before a split is canceled even when its match comes before the split has reached it', async () => {
  await using world = await actionsWorld({ marketHours: 'exchange', cashMinor: 50_000_00n })
  await world.announce({ type: 'split', symbol: 'TSLA', old_rate: 1, new_rate: 4, ex_date: '2026-12-02' })
  await world.leapTo('2026-12-02T03:00:00Z')
  const { body: order } = await world.order(world.alice, { symbol: 'TSLA', qty: 1 })
  await sql`update agenda set leased_until = now() + interval '1 hour' where queue = 'apply-splits'`.execute(
    world.db,
  )
  world.clock.moveTo(Temporal.Instant.from('2026-12-02T14:30:01Z'))
  expect((await world.settled(world.alice, order.id)).status).toBe('canceled')
  expect(await world.cash(world.alice)).toEqual({ posted: 50_000_00n, held: 0n })
})

test('between midnight and its split an account cannot trade the shares of before', async () => {
  await using world = await actionsWorld({ cashMinor: 50_000_00n })
  await world.announce({ type: 'split', symbol: 'TSLA', old_rate: 1, new_rate: 4, ex_date: '2026-12-02' })
  await world.buy(world.alice, 'TSLA', '10')
  const bob = await world.customer(5_000_00n)
  await putOff(world)
  world.clock.moveTo(Temporal.Instant.from('2026-12-02T05:00:01Z'))
  const sale = await world.order(world.alice, { symbol: 'TSLA', qty: 10, side: 'sell' })
  expect(sale).toEqual({
    status: 403,
    body: { code: 40310000, message: 'trading in "TSLA" is halted until its split is processed' },
  })
  // Who had none may buy at the new price, and is not split afterwards.
  const { body: purchase } = await world.order(bob, { symbol: 'TSLA', qty: 1 })
  await world.settled(bob, purchase.id)
  await takeUp(world)
  await world.leapTo('2026-12-02T06:00:00Z')
  expect(await world.held(bob, 'TSLA')).toBe(1_000_000_000n)
  expect(await world.held(world.alice, 'TSLA')).toBe(40_000_000_000n)
})

test('two splits and a dividend between them, in one leap, happen in their order', async () => {
  await using world = await actionsWorld({ cashMinor: 50_000_00n })
  await world.announce({
    type: 'split',
    symbol: 'TSLA',
    old_rate: '2',
    new_rate: '3',
    ex_date: '2026-12-02',
  })
  await world.announce({ ...dividend, ex_date: '2026-12-03', payable_date: '2026-12-11' })
  await world.announce({
    type: 'split',
    symbol: 'TSLA',
    old_rate: '10',
    new_rate: '1',
    ex_date: '2026-12-08',
  })
  await world.buy(world.alice, 'TSLA', '1.000000001')
  await world.leapTo('2027-01-04T15:00:00Z')
  // 1.500000001 after the first, whose tenth decimal is cut.
  expect(await world.held(world.alice, 'TSLA')).toBe(150_000_000n)
  const [paid] = await world.linesOf(world.alice, 'DIV')
  expect(paid).toMatchObject({ net_amount_minor: 56n, details: { entitled_qty: '1.500000001' } })
  const splits = await world.linesOf(world.alice, 'SPLIT')
  expect(splits.map((line) => [line.sub_type, line.quantity_nano])).toEqual([
    ['FSPLIT', 500_000_000n],
    ['RSPLIT', -1_350_000_001n],
  ])
})

test('where fractions cannot be held, a reverse split pays them out', async () => {
  await using world = await actionsWorld()
  await world.announce({ type: 'split', symbol: 'CSWC', old_rate: 10, new_rate: 1, ex_date: '2026-12-02' })
  const bought = await world.buy(world.alice, 'CSWC', '25')
  const { posted: before } = await world.cash(world.alice)
  await world.leapTo('2026-12-02T06:00:00Z')
  expect(await world.held(world.alice, 'CSWC')).toBe(2_000_000_000n)
  const [inLieu] = await world.linesOf(world.alice, 'CIL')
  expect(inLieu).toMatchObject({ quantity_nano: -500_000_000n })
  expect((await world.cash(world.alice)).posted - before).toBe(inLieu?.net_amount_minor)
  const { body: position } = await world.call('GET', `${world.positionsOf(world.alice)}/CSWC`)
  // A fifth of the cost goes with the half share of two and a half, rounded down.
  expect(position.cost_basis).toBe(String(Number(bought.amount_minor - bought.amount_minor / 5n) / 100))
})

test('a split for many holders goes on from page to page', async () => {
  await using world = await actionsWorld()
  const { id } = await world.announce({
    type: 'split',
    symbol: 'KO',
    old_rate: 1,
    new_rate: 2,
    ex_date: '2026-12-02',
  })
  const { id: template } = await world.buy(world.alice, 'KO', '1')
  // Customers as the database would have them, without the time that a hundred purchases take.
  await world.db.transaction().execute(async (tx) => {
    await sql`
      insert into accounts (id, email_key, status, crypto_status, account_type, currency, enabled_assets, application,
        search_text, created_at, updated_at)
      select gen_random_uuid(), 'holder' || n || '@example.com', status, crypto_status, account_type, currency,
        enabled_assets, application, search_text, created_at, updated_at
      from accounts, generate_series(1, 250) as n where id = ${world.alice}`.execute(tx)
    await sql`
      insert into ledger_accounts (id, owner, kind, asset, floor, posted)
      select id || ':' || kind.kind || ':' || kind.asset, id, kind.kind, kind.asset, 0,
        case kind.kind when 'shares' then 1000000000 else 0 end
      from accounts, (values ('shares', 'KO'), ('cash', 'USD')) as kind (kind, asset)
      where email_key like 'holder%'`.execute(tx)
    await sql`
      insert into activities (account_id, id, activity_type, status, at, settles_on, net_amount_minor, symbol,
        quantity_nano, description, details)
      select accounts.id, gen_random_uuid(), activity_type, activities.status, at, settles_on, net_amount_minor, symbol,
        quantity_nano, description, details
      from accounts, activities where email_key like 'holder%' and activities.id = ${template}`.execute(tx)
  })
  await world.leapTo('2026-12-02T06:00:00Z')
  const lines = await world.db
    .selectFrom('activities')
    .select('details')
    .where('activity_type', '=', 'SPLIT')
    .execute()
  expect(lines).toHaveLength(251)
  expect(lines.every(({ details }) => (details as { ca_id: string }).ca_id === id)).toBe(true)
})
