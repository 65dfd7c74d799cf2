import { expect, test } from 'vitest'
import { brokerWorld } from './broker-world.ts'
import { type TradingWorld, tradingWorld } from './trading-world.ts'

/** Two days before Thanksgiving, before the open. */
const TUESDAY = Temporal.Instant.from('2026-11-24T14:00:00Z')

async function announce(world: TradingWorld, body: object) {
  const { status, body: said } = await world.call('POST', '/_sim/corporate-actions', body)
  if (status !== 200) throw new Error(`not announced: ${status} ${JSON.stringify(said)}`)
  return said
}

const leapTo = (world: TradingWorld, to: string) => world.call('POST', '/_sim/clock/advance', { to })

const linesOf = (world: TradingWorld, accountId: string, type: string) =>
  world.db
    .selectFrom('activities')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('activity_type', '=', type)
    .orderBy('at')
    .execute()

const held = (world: TradingWorld, accountId: string, symbol: string) =>
  world.balance(`${accountId}:shares:${symbol}`)

const dividend = {
  type: 'dividend',
  symbol: 'TSLA',
  cash: '0.37',
  ex_date: '2026-12-01',
  payable_date: '2026-12-09',
}

test('a dividend goes to those who had settled shares at the end of the record date', async () => {
  await using world = await tradingWorld({ at: TUESDAY, cashMinor: 50_000_00n })
  const [alice, bob, carol, dave] = [
    world.alice,
    await world.customer(50_000_00n),
    await world.customer(50_000_00n),
    await world.customer(50_000_00n),
  ]
  const announced = await announce(world, dividend)
  await world.buy(alice, 'TSLA', '10')
  await world.buy(bob, 'TSLA', '3')
  // The last moment of the day before the ex date, and the first of it.
  await leapTo(world, '2026-12-01T04:59:59Z')
  await world.buy(carol, 'TSLA', '1.234567891')
  await leapTo(world, '2026-12-01T05:00:00Z')
  await world.buy(dave, 'TSLA', '5')
  await world.call('DELETE', `${world.positionsOf(bob)}/TSLA`)
  await leapTo(world, '2026-12-10T12:00:00Z')

  const [line] = await linesOf(world, alice, 'DIV')
  expect(line).toMatchObject({
    sub_type: 'CDIV',
    net_amount_minor: 3_70n,
    symbol: 'TSLA',
    quantity_nano: 0n,
    per_share_micro: 370_000n,
    details: {
      ca_id: announced.id,
      ex_date: '2026-12-01',
      record_date: '2026-12-01',
      payable_date: '2026-12-09',
      rate: '0.37',
      entitled_qty: '10',
    },
  })
  expect(line?.settles_on.toString()).toBe('2026-12-09')
  expect(line?.at.toString()).toBe('2026-12-09T07:30:00Z')
  const paid = async (id: string) => (await linesOf(world, id, 'DIV')).map((row) => row.net_amount_minor)
  expect(await paid(bob)).toEqual([1_11n])
  // 1.234567891 × 0.37 = 0.45679…
  expect(await paid(carol)).toEqual([46n])
  expect(await paid(dave)).toEqual([])
  expect(await world.balance('firm:issuers:USD')).toBe(-(3_70n + 1_11n + 46n))
})

test('a dividend of less than half a cent is none, and one that is paid twice is paid once', async () => {
  await using world = await tradingWorld({ at: TUESDAY })
  await announce(world, dividend)
  const tiny = await world.customer(100_00n)
  await world.buy(tiny, 'TSLA', '0.0135')
  await world.buy(world.alice, 'TSLA', '0.02')
  await leapTo(world, '2026-12-10T12:00:00Z')
  expect(await linesOf(world, tiny, 'DIV')).toEqual([])
  expect(await linesOf(world, world.alice, 'DIV')).toMatchObject([{ net_amount_minor: 1n }])
  await world.db
    .updateTable('agenda' as never)
    .set({ payload: JSON.stringify({ day: '2026-12-09' }) } as never)
    .where('queue' as never, '=', 'pay-dividends' as never)
    .execute()
  await world.call('POST', '/_sim/clock/advance', { days: 2 })
  expect(await linesOf(world, world.alice, 'DIV')).toHaveLength(1)
})

test('who pays taxes elsewhere gets a dividend less thirty percent', async () => {
  await using world = await tradingWorld({ at: TUESDAY })
  await world.db
    .updateTable('accounts')
    .set({ application: JSON.stringify({ identity: { country_of_tax_residence: 'FRA' } }) })
    .where('id', '=', world.alice)
    .execute()
  await announce(world, dividend)
  await world.buy(world.alice, 'TSLA', '10')
  const { posted: before } = await world.cash(world.alice)
  await leapTo(world, '2026-12-10T12:00:00Z')
  const [paid] = await linesOf(world, world.alice, 'DIV')
  const [tax] = await linesOf(world, world.alice, 'DIVNRA')
  expect(paid?.net_amount_minor).toBe(3_70n)
  expect(tax).toMatchObject({ net_amount_minor: -1_11n, group_id: paid?.id })
  expect((await world.cash(world.alice)).posted - before).toBe(2_59n)
  expect(await world.balance('firm:withholding:USD')).toBe(1_11n)
})

test('a W-8BEN that claims less than thirty percent is believed', async () => {
  await using world = await brokerWorld()
  const { id } = await world.fundedAccount('5000')
  await world.db
    .updateTable('accounts')
    .set({ application: JSON.stringify({ identity: { country_of_tax_residence: 'MEX' } }) })
    .where('id', '=', id)
    .execute()
  const form = {
    country_citizen: 'Mexico',
    date: '2026-11-20',
    date_of_birth: '1990-01-01',
    foreign_tax_id: 'RFC-1',
    full_name: 'Juana Doe',
    ip_address: '185.13.21.99',
    permanent_address_city_state: 'Merida, Yucatan',
    permanent_address_country: 'Mexico',
    permanent_address_street: 'Calle 60',
    percent_rate_withholding: 10,
    revision: '10-2021',
    signer_full_name: 'Juana Doe',
    timestamp: '2026-11-20T17:00:00Z',
  }
  const papers = [
    {
      document_type: 'w8ben',
      document_sub_type: 'Form W-8BEN',
      mime_type: 'application/json',
      content_data: form,
    },
  ]
  await world.must(world.call('POST', `/v1/accounts/${id}/documents/upload`, papers))
  const body = { ...dividend, ex_date: '2026-12-08', payable_date: '2026-12-11' }
  await world.must(world.call('POST', '/_sim/corporate-actions', body))
  const order = { symbol: 'TSLA', qty: 10, side: 'buy', type: 'market', time_in_force: 'day' }
  await world.must(world.call('POST', `/v1/trading/accounts/${id}/orders`, order))
  await world.call('POST', '/_sim/clock/advance', { to: '2026-12-12T12:00:00Z' })
  const lines = await world.db
    .selectFrom('activities')
    .select(['activity_type', 'net_amount_minor'])
    .where('account_id', '=', id)
    .where('symbol', '=', 'TSLA')
    .where('net_amount_minor', '<', 1000n)
    .where('activity_type', '<>', 'FILL')
    .orderBy('net_amount_minor', 'desc')
    .execute()
  expect(lines).toEqual([
    { activity_type: 'DIV', net_amount_minor: 3_70n },
    { activity_type: 'DIVNRA', net_amount_minor: -37n },
  ])
})

test('a holder whose account was closed since leaves his dividend with the firm', async () => {
  await using world = await tradingWorld({ at: TUESDAY })
  await announce(world, dividend)
  await world.buy(world.alice, 'TSLA', '10')
  await leapTo(world, '2026-12-02T15:00:00Z')
  await world.call('DELETE', `${world.positionsOf(world.alice)}/TSLA`)
  await leapTo(world, '2026-12-04T15:00:00Z')
  await world.db
    .updateTable('accounts')
    .set({ status: 'ACCOUNT_CLOSED' })
    .where('id', '=', world.alice)
    .execute()
  const { posted: before } = await world.cash(world.alice)
  await leapTo(world, '2026-12-10T12:00:00Z')
  expect((await world.cash(world.alice)).posted).toBe(before)
  const kept = await world.db
    .selectFrom('activities')
    .selectAll()
    .where('activity_type', '=', 'DIV')
    .execute()
  expect(kept).toMatchObject([
    {
      account_id: 'f1f10000-0000-4000-8000-000000000001',
      net_amount_minor: 3_70n,
      details: { holder_account_id: world.alice },
    },
  ])
})

test('a split multiplies shares and divides the price, and nobody is richer or poorer', async () => {
  await using world = await tradingWorld({ at: TUESDAY, cashMinor: 50_000_00n })
  const bob = await world.customer(50_000_00n)
  await announce(world, { type: 'split', symbol: 'TSLA', old_rate: 1, new_rate: 4, ex_date: '2026-12-02' })
  await world.buy(world.alice, 'TSLA', '10')
  await world.buy(bob, 'TSLA', '0.123456789')
  await leapTo(world, '2026-12-02T04:59:59.999Z')
  const { body: before } = await world.call('GET', `${world.positionsOf(world.alice)}/TSLA`)
  await leapTo(world, '2026-12-02T05:00:00Z')
  const { body: after } = await world.call('GET', `${world.positionsOf(world.alice)}/TSLA`)

  expect(after).toMatchObject({ qty: '40', qty_available: '40', cost_basis: before.cost_basis })
  // The new price is a whole number of cents: at most half a cent off for each of 40 shares.
  expect(Math.abs(Number(after.market_value) - Number(before.market_value))).toBeLessThan(0.5)
  expect(Math.abs(Number(after.lastday_price) * 4 - Number(before.current_price))).toBeLessThan(0.1)
  expect(await held(world, bob, 'TSLA')).toBe(493_827_156n)
  expect(await linesOf(world, world.alice, 'SPLIT')).toMatchObject([
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
  await using world = await tradingWorld({ at: TUESDAY, marketHours: 'exchange', cashMinor: 50_000_00n })
  await leapTo(world, '2026-11-24T15:00:00Z')
  await announce(world, { type: 'split', symbol: 'TSLA', old_rate: 1, new_rate: 3, ex_date: '2026-12-02' })
  await world.buy(world.alice, 'TSLA', '10')
  await leapTo(world, '2026-12-02T03:00:00Z')
  const { body: sale } = await world.order(world.alice, { symbol: 'TSLA', qty: 4, side: 'sell' })
  const { body: purchase } = await world.order(world.alice, { symbol: 'TSLA', qty: 1 })
  const { body: other } = await world.order(world.alice, { symbol: 'KO', qty: 1 })
  await leapTo(world, '2026-12-02T06:00:00Z')
  const status = async (id: string) =>
    (await world.call('GET', `${world.ordersOf(world.alice)}/${id}`)).body.status
  expect([await status(sale.id), await status(purchase.id), await status(other.id)]).toEqual([
    'canceled',
    'canceled',
    'accepted',
  ])
  const { body: position } = await world.call('GET', `${world.positionsOf(world.alice)}/TSLA`)
  expect(position).toMatchObject({ qty: '30', qty_available: '30' })
  await leapTo(world, '2026-12-02T15:00:00Z')
  expect(await status(other.id)).toBe('filled')
})

test('the reason is told with the orders that a split cancels', async () => {
  await using world = await tradingWorld({ at: TUESDAY, marketHours: 'exchange', cashMinor: 50_000_00n })
  await announce(world, { type: 'split', symbol: 'TSLA', old_rate: 1, new_rate: 3, ex_date: '2026-12-02' })
  await leapTo(world, '2026-12-02T03:00:00Z')
  await world.order(world.alice, { symbol: 'TSLA', qty: 1 })
  await leapTo(world, '2026-12-02T06:00:00Z')
  const events = await world.tradeEvents(world.alice)
  expect(events.map(({ event, reason }) => [event, reason])).toEqual([
    ['accepted', undefined],
    ['canceled', 'CORPORATE_ACTION'],
  ])
})

test('a journal of shares that waits when they are split is rejected and holds none of them', async () => {
  await using world = await tradingWorld({ at: TUESDAY, cashMinor: 50_000_00n })
  const bob = await world.customer(0n)
  await announce(world, { type: 'split', symbol: 'TSLA', old_rate: 10, new_rate: 1, ex_date: '2026-12-02' })
  await world.buy(world.alice, 'TSLA', '10')
  await leapTo(world, '2026-12-02T04:00:00Z')
  const { status, body: journal } = await world.call('POST', '/v1/journals', {
    entry_type: 'JNLS',
    from_account: world.alice,
    to_account: bob,
    symbol: 'TSLA',
    qty: '9',
  })
  expect([status, journal.status]).toEqual([200, 'pending'])
  await leapTo(world, '2026-12-02T06:00:00Z')
  expect((await world.call('GET', `/v1/journals/${journal.id}`)).body.status).toBe('rejected')
  const { body: position } = await world.call('GET', `${world.positionsOf(world.alice)}/TSLA`)
  expect(position).toMatchObject({ qty: '1', qty_available: '1' })
})

test('between midnight and its split an account cannot trade the shares of before', async () => {
  await using world = await tradingWorld({ at: TUESDAY, cashMinor: 50_000_00n })
  await announce(world, { type: 'split', symbol: 'TSLA', old_rate: 1, new_rate: 4, ex_date: '2026-12-02' })
  await world.buy(world.alice, 'TSLA', '10')
  const bob = await world.customer(5_000_00n)
  // The agenda is set aside, as if it were late.
  const { sql } = await import('kysely')
  await sql`update agenda set leased_until = now() + interval '1 hour'`.execute(world.db)
  world.clock.moveTo(Temporal.Instant.from('2026-12-02T05:00:01Z'))
  const sale = await world.order(world.alice, { symbol: 'TSLA', qty: 10, side: 'sell' })
  expect(sale).toEqual({
    status: 403,
    body: { code: 40310000, message: 'trading in "TSLA" is halted until its split is processed' },
  })
  // Who had none may buy at the new price, and is not split afterwards.
  const { body: purchase } = await world.order(bob, { symbol: 'TSLA', qty: 1 })
  await world.settled(bob, purchase.id)
  await sql`update agenda set leased_until = now() - interval '1 hour'`.execute(world.db)
  await leapTo(world, '2026-12-02T06:00:00Z')
  expect(await held(world, bob, 'TSLA')).toBe(1_000_000_000n)
  expect(await held(world, world.alice, 'TSLA')).toBe(40_000_000_000n)
})

test('two splits and a dividend between them, in one leap, happen in their order', async () => {
  await using world = await tradingWorld({ at: TUESDAY, cashMinor: 50_000_00n })
  await announce(world, {
    type: 'split',
    symbol: 'TSLA',
    old_rate: '2',
    new_rate: '3',
    ex_date: '2026-12-02',
  })
  await announce(world, { ...dividend, ex_date: '2026-12-03', payable_date: '2026-12-11' })
  await announce(world, {
    type: 'split',
    symbol: 'TSLA',
    old_rate: '10',
    new_rate: '1',
    ex_date: '2026-12-08',
  })
  await world.buy(world.alice, 'TSLA', '1.000000001')
  await leapTo(world, '2027-01-04T15:00:00Z')
  // 1.500000001 after the first, whose tenth decimal is cut.
  expect(await held(world, world.alice, 'TSLA')).toBe(150_000_000n)
  const [paid] = await linesOf(world, world.alice, 'DIV')
  expect(paid).toMatchObject({ net_amount_minor: 56n, details: { entitled_qty: '1.500000001' } })
  const splits = await linesOf(world, world.alice, 'SPLIT')
  expect(splits.map((line) => [line.sub_type, line.quantity_nano])).toEqual([
    ['FSPLIT', 500_000_000n],
    ['RSPLIT', -1_350_000_001n],
  ])
})

test('where fractions cannot be held, a reverse split pays them out', async () => {
  await using world = await tradingWorld({ at: TUESDAY })
  await announce(world, { type: 'split', symbol: 'CSWC', old_rate: 10, new_rate: 1, ex_date: '2026-12-02' })
  const bought = await world.buy(world.alice, 'CSWC', '25')
  const { posted: before } = await world.cash(world.alice)
  await leapTo(world, '2026-12-02T06:00:00Z')
  expect(await held(world, world.alice, 'CSWC')).toBe(2_000_000_000n)
  const [inLieu] = await linesOf(world, world.alice, 'CIL')
  expect(inLieu).toMatchObject({ quantity_nano: -500_000_000n })
  expect((await world.cash(world.alice)).posted - before).toBe(inLieu?.net_amount_minor)
  const { body: position } = await world.call('GET', `${world.positionsOf(world.alice)}/CSWC`)
  // A fifth of the cost goes with the half share of two and a half, rounded down.
  expect(position.cost_basis).toBe(String(Number(bought.amount_minor - bought.amount_minor / 5n) / 100))
})

test('a split for many holders goes on from page to page', async () => {
  await using world = await tradingWorld({ at: TUESDAY })
  const { id } = await announce(world, {
    type: 'split',
    symbol: 'KO',
    old_rate: 1,
    new_rate: 2,
    ex_date: '2026-12-02',
  })
  const { id: template } = await world.buy(world.alice, 'KO', '1')
  // Customers as the database would have them, without the time that a hundred purchases take.
  await world.db.transaction().execute(async (tx) => {
    const { sql } = await import('kysely')
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
  await leapTo(world, '2026-12-02T06:00:00Z')
  const lines = await world.db
    .selectFrom('activities')
    .select('details')
    .where('activity_type', '=', 'SPLIT')
    .execute()
  expect(lines).toHaveLength(251)
  expect(lines.every(({ details }) => (details as { ca_id: string }).ca_id === id)).toBe(true)
})

test('announcements are listed by kind, day, symbol and CUSIP, and found by id', async () => {
  await using world = await tradingWorld({ at: TUESDAY })
  const list = (query: string) => world.call('GET', `/v1/corporate_actions/announcements?${query}`)
  const range = 'since=2026-11-01&until=2026-12-31'
  const { body: all } = await list(`ca_types=dividend,split&${range}`)
  expect(all.length).toBeGreaterThan(20)
  const { body: splits } = await list(`ca_types=split&${range}`)
  expect(splits).toEqual([
    {
      id: expect.any(String),
      corporate_action_id: expect.any(String),
      ca_type: 'split',
      ca_sub_type: 'stock_split',
      initiating_symbol: 'GS',
      initiating_original_cusip: expect.stringMatching(/^99[0-9A-Z]{4}10\d$/),
      target_symbol: 'GS',
      target_original_cusip: expect.any(String),
      declaration_date: '2026-11-14',
      ex_date: '2026-12-14',
      record_date: '2026-12-14',
      payable_date: '2026-12-14',
      cash: '0',
      old_rate: '1',
      new_rate: '4',
    },
  ])
  const [split] = splits
  const { body: byCusip } = await list(
    `ca_types=split&ca_types=dividend&${range}&cusip=${split.initiating_original_cusip}`,
  )
  expect(byCusip.map(({ initiating_symbol }: { initiating_symbol: string }) => initiating_symbol)).toContain(
    'GS',
  )
  for (const announcement of [split, all[0]]) {
    const { body } = await world.call('GET', `/v1/corporate_actions/announcements/${announcement.id}`)
    expect(body).toEqual(announcement)
  }
  const { body: apple } = await list(
    `ca_types=dividend&since=2026-11-01T00:00:00Z&until=2026-12-31&symbol=AAPL`,
  )
  expect(apple).toMatchObject([
    { initiating_symbol: 'AAPL', old_rate: '1', new_rate: '1', ca_sub_type: 'cash' },
  ])
  const { body: paid } = await list(
    `ca_types=dividend&symbol=AAPL&date_type=payable_date&since=${apple[0].payable_date}&until=${apple[0].payable_date}`,
  )
  expect(paid).toEqual(apple)
})

test.for([
  ['ca_types=dividend&since=2026-01-01&until=2026-06-01', 422],
  ['ca_types=dividend&since=2026-03-01&until=2026-02-01', 422],
  ['ca_types=bonus&since=2026-01-01&until=2026-02-01', 422],
  ['ca_types=&since=2026-01-01&until=2026-02-01', 422],
  ['ca_types=dividend&until=2026-02-01', 422],
  ['ca_types=dividend&since=9999-12-01&until=9999-12-31', 200],
  ['ca_types=dividend&since=0001-01-01&until=0001-01-31', 200],
] as const)('announcements?%s answers %s', async ([query, status]) => {
  await using world = await tradingWorld({ at: TUESDAY })
  expect((await world.call('GET', `/v1/corporate_actions/announcements?${query}`)).status).toBe(status)
})

test('the data host groups actions by kind and pages through them', async () => {
  await using world = await tradingWorld({ at: TUESDAY })
  const read = (query: string) => world.call('GET', `/v1/corporate-actions?${query}`)
  const range = 'start=2026-11-01&end=2026-12-31'
  const { body: splits } = await read(`types=forward_split&${range}`)
  expect(splits).toMatchObject({
    corporate_actions: {
      forward_splits: [{ symbol: 'GS', old_rate: 1, new_rate: 4, ex_date: '2026-12-14' }],
    },
    next_page_token: null,
  })
  const { body: whole } = await read(`${range}&limit=1000`)
  const ids: string[] = []
  let token = ''
  do {
    const { body } = await read(`${range}&limit=7${token}`)
    ids.push(
      ...Object.values<{ id: string }[]>(body.corporate_actions)
        .flat()
        .map(({ id }) => id),
    )
    token = body.next_page_token === null ? '' : `&page_token=${body.next_page_token}`
  } while (token !== '')
  const all = Object.values<{ id: string }[]>(whole.corporate_actions).flat()
  expect(new Set(ids)).toEqual(new Set(all.map(({ id }) => id)))
  expect(ids).toHaveLength(all.length)
  expect((await read('start=0001-01-01&end=9999-12-31&limit=1')).status).toBe(200)
  expect((await read('page_token=x')).status).toBe(400)
  expect((await read(`ids=${all[0]?.id}`)).body.next_page_token).toBeNull()
})

test.for([
  [{ ...dividend, ex_date: '2026-11-24' }, 'an ex date of today'],
  [{ ...dividend, record_date: '2026-11-30' }, 'a record date before the ex date'],
  [{ ...dividend, cash: '0' }, 'a dividend of nothing'],
  [{ ...dividend, cash: '0.0000001' }, 'a seventh decimal'],
  [{ ...dividend, symbol: 'BTC/USD' }, 'a dividend of a coin'],
  [{ ...dividend, symbol: 'NOPE' }, 'an unknown symbol'],
  [{ ...dividend, type: 'split', cash: undefined, old_rate: 1, new_rate: 1 }, 'a split of one for one'],
  [{ ...dividend, type: 'split', cash: undefined, old_rate: 1, new_rate: 5000 }, 'a split that is too wide'],
  [
    { type: 'split', symbol: 'TSLA', old_rate: 1, new_rate: 2, ex_date: '2026-12-05' },
    'a split on a Saturday',
  ],
  [
    { type: 'split', symbol: 'GS', old_rate: 1, new_rate: 2, ex_date: '2026-12-14' },
    'a second split that day',
  ],
  [
    { type: 'split', symbol: 'BITF', old_rate: 1, new_rate: 900, ex_date: '2026-12-14' },
    'a price below a cent',
  ],
] as const)('%#: %s is refused', async ([body]) => {
  await using world = await tradingWorld({ at: TUESDAY })
  expect((await world.call('POST', '/_sim/corporate-actions', body)).status).toBe(422)
  expect(await world.db.selectFrom('corporate_actions').selectAll().execute()).toEqual([])
})
