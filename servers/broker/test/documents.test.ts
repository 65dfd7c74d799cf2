import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, expect, test } from 'vitest'
import { type BrokerWorld, brokerWorld } from './broker-world.ts'

type Doc = { id: string; type: string; sub_type: string; date: string; name: string }

const NOBODY = '9d3a0000-0000-4000-8000-000000000000'
const documentsOf = (accountId: string) => `/v1/accounts/${accountId}/documents`

async function trade(world: BrokerWorld, accountId: string, order: Record<string, string>) {
  const { id } = await world.must(
    world.call('POST', `/v1/trading/accounts/${accountId}/orders`, {
      type: 'market',
      time_in_force: 'day',
      ...order,
    }),
  )
  await world.advance({ seconds: 5 })
  return world.must(world.call('GET', `/v1/trading/accounts/${accountId}/orders/${id}`))
}

const list = (world: BrokerWorld, accountId: string, query = ''): Promise<Doc[]> =>
  world.must(world.call('GET', `${documentsOf(accountId)}${query}`))

/** As the vendor's client does: follows the link without keys. */
async function download(world: BrokerWorld, path: string, accept?: string) {
  const answer = await fetch(`${world.broker.url}${path}`, {
    headers: {
      authorization: `Basic ${btoa('test-key:test-secret')}`,
      ...(accept === undefined ? {} : { accept }),
    },
    redirect: 'manual',
  })
  expect(answer.status).toBe(301)
  const location = answer.headers.get('location') ?? ''
  const file = await fetch(location)
  expect(file.status).toBe(200)
  return { location, file, bytes: Buffer.from(await file.arrayBuffer()) }
}

async function readPages(bytes: Buffer): Promise<string[]> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes))
  const { text } = await extractText(pdf, { mergePages: false })
  return text.map((page) => page.replace(/\s+/g, ' '))
}

const usd = (text: string) =>
  Number(text).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** A customer who deposited, bought, sold and withdrew in November and December. */
async function busyWorld() {
  const world = await brokerWorld()
  const id = await world.activeAccount()
  const relationship = await world.must(
    world.call('POST', `/v1/accounts/${id}/ach_relationships`, {
      account_owner_name: 'John Doe',
      bank_account_type: 'CHECKING',
      bank_account_number: '123456789abc',
      bank_routing_number: '121000358',
    }),
  )
  await world.advance({ seconds: 2 })
  const account = { id, relationshipId: relationship.id }
  const deposit = await world.must(world.transfer(account, '5000'))
  await world.must(world.call('POST', `/_sim/transfers/${deposit.id}/settle`, {}))
  const bought = await trade(world, id, { symbol: 'SPY', side: 'buy', notional: '1500', commission: '1.25' })
  await world.advance({ days: 12 })
  const sold = await trade(world, id, { symbol: 'SPY', side: 'sell', qty: '1', commission: '0.75' })
  return { world, id, account, bought, sold }
}

test('a confirmation is there the next morning and says what was traded', async () => {
  const { world, id, bought } = await shared()
  const [confirmation, ...others] = (await list(world, id, '?type=trade_confirmation&end=2026-11-20')) ?? []
  expect(others).toEqual([])
  expect(confirmation).toEqual({
    id: expect.any(String),
    name: '',
    type: 'trade_confirmation',
    sub_type: '',
    date: '2026-11-20',
  })
  const { bytes } = await download(world, `${documentsOf(id)}/${confirmation?.id}/download`)
  const [page = ''] = await readPages(bytes)
  const account = await world.must(world.call('GET', `/v1/accounts/${id}`))
  for (const text of [
    account.account_number,
    'Trade confirmation',
    'John Smith Doe',
    'SPY',
    bought.filled_qty,
    usd(bought.filled_avg_price),
    '1,500.00',
    '1.25',
    '-1,501.25',
    bought.id,
    'Page 1 of 1',
  ]) {
    expect(page).toContain(text)
  }
})

test('the JSON twin of a confirmation is only for those who ask for it', async () => {
  const { world, id } = await shared()
  expect((await list(world, id)).map(({ type }) => type)).not.toContain('trade_confirmation_json')
  const [twin] = await list(world, id, '?type=trade_confirmation_json&end=2026-11-20')
  const { file, bytes } = await download(world, `${documentsOf(id)}/${twin?.id}/download`)
  expect(file.headers.get('content-type')).toMatch('application/json')
  expect(JSON.parse(bytes.toString())).toMatchObject({
    trade_date: '2026-11-20',
    trades: [{ side: 'buy', symbol: 'SPY', principal: '1500.00', fees: '1.25' }],
    net_amount: '-1501.25',
  })
})

test('a statement comes after the first weekend of the next month, and its figures are those of the books', async () => {
  const { world, id, account } = await busyWorld()
  await using _world = world
  const before = await list(world, id, '?type=account_statement')
  expect(before).toEqual([])
  // Monday, December 7, in the morning.
  await world.must(world.advance({ to: '2026-12-07T07:14:59Z' }))
  expect(await list(world, id, '?type=account_statement')).toEqual([])
  await world.must(world.advance({ to: '2026-12-07T07:15:00Z' }))
  const [november] = await list(world, id, '?type=account_statement')
  expect(november).toMatchObject({ date: '2026-11-30', type: 'account_statement' })

  await world.must(world.transfer(account, '120.50', 'OUTGOING'))
  await world.advance({ days: 35 })
  const statements = await list(world, id, '?type=account_statement')
  expect(statements.map(({ date }) => date)).toEqual(['2026-12-31', '2026-11-30'])

  const path = `${documentsOf(id)}/${statements[0]?.id}/download`
  const facts = JSON.parse((await download(world, path, 'application/json')).bytes.toString())
  const { bytes } = await download(world, path)
  const text = (await readPages(bytes)).join(' ')
  const history = await world.must(
    world.call(
      'GET',
      `/v1/trading/accounts/${id}/account/portfolio/history?start=2026-11-30&end=2026-12-31&timeframe=1D`,
    ),
  )
  const activities = await world.must(
    world.call(
      'GET',
      `/v1/accounts/activities?account_id=${id}&after=2026-12-01&until=2027-01-01&direction=asc`,
    ),
  )
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

  expect(Number(facts.opening_equity)).toBe(history.equity.at(0))
  expect(Number(facts.closing_equity)).toBe(history.equity.at(-1))
  expect(facts.activities.map((line: { id: string }) => line.id)).toEqual(
    activities.map((line: { id: string }) => line.id),
  )
  const change = sum(facts.activities.map((line: { net_amount: string }) => Number(line.net_amount)))
  expect(change).toBeCloseTo(Number(facts.closing_cash) - Number(facts.opening_cash), 6)
  expect(sum(facts.totals.map(({ amount }: { amount: string }) => Number(amount)))).toBeCloseTo(change, 6)
  expect(sum(facts.positions.map((one: { market_value: string }) => Number(one.market_value)))).toBeCloseTo(
    Number(facts.closing_market_value),
    6,
  )
  for (const shown of [
    usd(facts.opening_cash),
    usd(facts.closing_cash),
    usd(facts.closing_equity),
    '-120.50',
    'Withdrawal',
    'Sold',
    'Dec 1, 2026 to Dec 31, 2026',
    'Paddock Brokerage',
    'simulated firm',
  ]) {
    expect(text).toContain(shown)
  }
}, 30_000)

test('the same document has the same bytes each time, whatever its account says later', async () => {
  const { world, id } = await shared()
  const [document] = await list(world, id, '?type=trade_confirmation')
  const path = `${documentsOf(id)}/${document?.id}/download`
  const first = await download(world, path)
  await world.call('PATCH', `/v1/accounts/${id}`, { contact: { city: 'Elsewhere' } })
  const again = await download(world, path)
  const [one, two] = await Promise.all([
    download(world, path),
    download(world, `/v1/documents/${document?.id}`),
  ])
  for (const { bytes } of [again, one, two]) expect(bytes.equals(first.bytes)).toBe(true)
})

test('a leap of the clock leaves out no month and issues nothing twice; in February a tax pack tells the gains of the year', async () => {
  const { world, id, sold } = await busyWorld()
  await using _world = world
  const fill = await world.db
    .selectFrom('fills')
    .selectAll()
    .where('side', '=', 'sell')
    .executeTakeFirstOrThrow()
  await world.advance({ days: 70 })
  expect(await list(world, id, '?type=tax_statement')).toEqual([])
  await world.advance({ days: 20 })
  const [pack, ...others] = await list(world, id, '?type=tax_statement')
  expect(others).toEqual([])
  expect(pack).toMatchObject({ date: '2027-02-15', sub_type: '1099-Comp' })

  const { bytes } = await download(world, `${documentsOf(id)}/${pack?.id}/download`)
  const text = (await readPages(bytes)).join(' ')
  const minor = (amount: bigint | null) => usd((Number(amount) / 100).toFixed(2))
  expect(text).toContain('SIMULATED, NOT FOR FILING')
  expect(text).toContain('Year 2026')
  expect(text).toContain(minor(fill.amount_minor))
  expect(text).toContain(minor(fill.cost_basis_minor))
  expect(text).toContain(minor((fill.realized_minor ?? 0n) - fill.commission_minor))
  expect(sold.filled_qty).toBe('1')
  // Only who sold or earned something has one.
  const bob = await world.fundedAccount('10')
  expect(await list(world, bob.id, '?type=tax_statement')).toEqual([])

  await world.advance({ days: 10 })
  const statements = await list(world, id, '?type=account_statement')
  expect(statements.map(({ date }) => date)).toEqual(['2027-02-28', '2027-01-31', '2026-12-31', '2026-11-30'])
  const confirmations = await list(world, id, '?type=trade_confirmation')
  expect(confirmations.map(({ date }) => date)).toEqual(['2026-12-02', '2026-11-20'])
}, 60_000)

test('names in other scripts are printed as they are, long ones stay on their page', async () => {
  const { world, id } = await busyWorld()
  await using _world = world
  // Applications may only have ASCII today; whoever was a customer before may have more.
  const identity = {
    given_name: 'Ярослава',
    middle_name: 'Żółć 王',
    family_name: `${'Wolfeschlegelsteinhausen'.repeat(4)} Ångström`,
  }
  await world.db
    .updateTable('accounts')
    .set({ application: JSON.stringify({ identity, contact: { street_address: ['Plac Zamkowy 4'] } }) })
    .where('id', '=', id)
    .execute()
  await world.advance({ days: 10 })
  const [statement] = await list(world, id, '?type=account_statement')
  const { bytes } = await download(world, `${documentsOf(id)}/${statement?.id}/download`)
  const text = (await readPages(bytes)).join(' ')
  expect(text).toContain('Ярослава Żółć ?')
  expect(text).toContain('cannot be printed here')
  const json = await download(world, `${documentsOf(id)}/${statement?.id}/download`, 'application/json')
  expect(JSON.parse(json.bytes.toString()).holder.name).toContain('Ярослава Żółć 王')
}, 30_000)

test('a link opens one file for a quarter of an hour, and cannot be changed', async () => {
  await using world = await brokerWorld()
  const alice = await world.seasonedAccount('5000')
  await trade(world, alice.id, { symbol: 'SPY', side: 'buy', notional: '100' })
  await world.advance({ days: 1 })
  const [document] = await list(world, alice.id)
  const path = `${documentsOf(alice.id)}/${document?.id}/download`
  const { location, file } = await download(world, path)
  expect(location.startsWith(`${world.broker.url}/_files/documents/`)).toBe(true)
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'attachment; filename="trade_confirmation-2026-11-30.pdf"',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'no-store',
  })
  const statusOf = async (url: string) => (await fetch(url)).status
  expect(await statusOf(location)).toBe(200)
  for (const changed of [
    location.replace('.pdf', '.json'),
    location.replace(/expires=\d/, 'expires=9'),
    location.replace(/signature=./, (text) => (text.endsWith('A') ? 'signature=B' : 'signature=A')),
    location.replace(/&signature=.*/, ''),
    `${location}&more=1`,
    location.replace(/\?.*/, ''),
  ]) {
    expect(await statusOf(changed)).toBe(403)
  }
  await world.advance({ seconds: 14 * 60 + 59 })
  expect(await statusOf(location)).toBe(200)
  await world.advance({ seconds: 1 })
  expect(await statusOf(location)).toBe(403)
  const refused = await fetch(location)
  expect(await refused.json()).toEqual({ code: 40310000, message: expect.any(String) })
})

test.for([
  { path: (id: string) => `${documentsOf(id)}?start=2026-12-01&end=2026-11-01`, status: 422, code: 40010001 },
  { path: (id: string) => `${documentsOf(id)}?type=nonsense`, status: 422, code: 40010001 },
  { path: (id: string) => `${documentsOf(id)}?start=0000-01-01`, status: 422, code: 40010001 },
  { path: (id: string) => `${documentsOf(id)}?end=9999-12-31T23:59:59Z`, status: 200 },
  { path: (id: string) => `${documentsOf(id)}?type=crypto_account_statement`, status: 200 },
  { path: (id: string) => `${documentsOf(id)}?type=tax_1099_b_form`, status: 200 },
  { path: () => documentsOf(NOBODY), status: 401, code: 40110000 },
  { path: () => documentsOf('junk'), status: 400, code: 40010001 },
  { path: (id: string) => `${documentsOf(id)}/${NOBODY}`, status: 404, code: 40410000 },
  { path: (id: string) => `${documentsOf(id)}/junk`, status: 400, code: 40010001 },
  { path: (id: string) => `${documentsOf(id)}/${NOBODY}/download`, status: 404, code: 40410000 },
  { path: () => `${documentsOf(NOBODY)}/${NOBODY}/download`, status: 401, code: 40110000 },
  { path: () => `/v1/documents/${NOBODY}`, status: 404, code: 40410000 },
  { path: () => '/v1/documents/junk', status: 400, code: 40010001 },
])('$status for what is not there or not right ($code)', async ({ path, status, code }) => {
  const { world, id } = await shared()
  const answer = await world.call('GET', path(id))
  expect(answer.status).toBe(status)
  if (code !== undefined) expect(answer.body).toEqual({ code, message: expect.any(String) })
})

test("another account's document is not found", async () => {
  const { world, id } = await shared()
  const bob = await world.activeAccount()
  const [document] = await list(world, id)
  expect(await world.call('GET', `${documentsOf(bob)}/${document?.id}`)).toMatchObject({ status: 404 })
  expect(await world.call('GET', `${documentsOf(bob)}/${document?.id}/download`)).toMatchObject({
    status: 404,
  })
})

test('days and types choose the documents', async () => {
  const { world, id } = await shared()
  const datesOf = async (query: string) => (await list(world, id, query)).map(({ date }) => date)
  expect(await datesOf('?type=trade_confirmation')).toEqual(['2026-12-02', '2026-11-20'])
  expect(await datesOf('?type=trade_confirmation&start=2026-12-02')).toEqual(['2026-12-02'])
  expect(await datesOf('?type=trade_confirmation&start_date=2026-11-20&end_date=2026-11-30')).toEqual([
    '2026-11-20',
  ])
  expect(await datesOf('?start=2026-11-20&end=2026-11-20')).toEqual(['2026-11-20'])
})

let scenery: ReturnType<typeof busyWorld> | undefined
function shared() {
  scenery ??= busyWorld().then(async (busy) => {
    await busy.world.advance({ days: 1 })
    return busy
  })
  return scenery
}

afterAll(async () => {
  await (await scenery)?.world[Symbol.asyncDispose]()
})
