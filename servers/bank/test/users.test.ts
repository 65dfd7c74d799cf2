import { CountryCode, type PlaidApi, Products } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { brokerageLink, PLATYPUS } from './linking.ts'
import { refusalOf } from './refusal.ts'
import { webhookReceiver } from './webhook-receiver.ts'

let bank: TestBank
let client: PlaidApi
let made = 0

beforeAll(async () => {
  bank = await bankWith()
  client = bank.client
})
afterAll(() => bank[Symbol.asyncDispose]())

const primary = (data: string) => ({ data, primary: true })
const nora = {
  name: { given_name: 'Nora', family_name: 'Quill' },
  emails: [primary('nora.quill@example.com')],
  phone_numbers: [primary('+12065550142')],
  addresses: [{ street_1: '18 Larch Lane', city: 'Fernwood', country: 'US', primary: true }],
}

async function newUser(identity: object = nora) {
  made += 1
  const { data } = await client.userCreate({ client_user_id: `user ${made}`, identity } as never)
  return { user_id: data.user_id ?? '', user_token: data.user_token ?? '' }
}

async function linkFor(named: object, options: object = {}, products = [Products.Auth]) {
  const request = { institution_id: PLATYPUS, initial_products: products, options, ...named }
  const { data } = await client.sandboxPublicTokenCreate(request)
  return (await client.itemPublicTokenExchange({ public_token: data.public_token })).data
}

test('the same name of the client is the same user, to the client that gave it', async () => {
  const create = (who: PlaidApi) => who.userCreate({ client_user_id: 'one and the same' })
  const [first, second, third] = await Promise.all([create(client), create(client), create(client)])
  expect(first.data.user_id).toMatch(/^usr_[0-9A-Za-z]+$/)
  expect(first.data.user_token).toMatch(/^user-sandbox-[0-9a-f-]{36}$/)
  for (const { data } of [second, third]) {
    expect(data).toEqual({ ...first.data, request_id: data.request_id })
  }
  const foreign = await create(bank.stranger)
  expect(foreign.data.user_id).not.toBe(first.data.user_id)
})

test('what is told later takes the place of what was told, and the rest stays', async () => {
  const { user_id, user_token } = await newUser({ ...nora, id_numbers: [{ value: '1', type: 'us_ssn' }] })
  await bank.post('/user/update', { user_token, identity: { date_of_birth: '1990-02-03', emails: [] } })
  const { body } = await bank.post('/user/get', { user_id })
  expect(body).toMatchObject({
    client_user_id: `user ${made}`,
    identity: { name: nora.name, date_of_birth: '1990-02-03', emails: [], phone_numbers: nora.phone_numbers },
  })
  expect(body.identity).not.toHaveProperty('id_numbers')

  const older = {
    first_name: 'Ivo',
    last_name: 'Tanaka',
    phone_numbers: ['+12065550100'],
    emails: ['ivo@example.com'],
    ssn_full: null,
    date_of_birth: null,
    primary_address: { city: 'Saltby', region: 'WA', street: '1 Quay', postal_code: '98101', country: 'US' },
  }
  const other = await newUser({})
  await bank.post('/user/update', { user_id: other.user_id, consumer_report_user_identity: older })
  const told = await bank.post('/user/get', { user_id: other.user_id })
  expect(told.body.identity).toMatchObject({
    name: { given_name: 'Ivo', family_name: 'Tanaka' },
    addresses: [{ street_1: '1 Quay', primary: true }],
  })
})

test('items belong to the user for whom they were linked, and go with it', async () => {
  const user = await newUser()
  const first = await linkFor({ user_id: user.user_id })
  bank.clock.moveTo(bank.clock.now().add({ seconds: 1 }))
  const items = [first, await linkFor({ user_token: user.user_token })]
  await linkFor({})
  const { data } = await client.userItemsGet({ user_id: user.user_id } as never)
  expect(data.items.map(({ item_id }) => item_id)).toEqual(items.map(({ item_id }) => item_id))

  const [one, two] = items.map(({ access_token }) => ({ access_token }))
  await bank.post('/sandbox/user/reset_login', { ...user, item_ids: [items[0]?.item_id] })
  expect(await refusalOf(client.accountsGet(one as never))).toMatchObject({ code: 'ITEM_LOGIN_REQUIRED' })
  await client.accountsGet(two as never)
  await bank.post('/sandbox/user/reset_login', user)
  expect(await refusalOf(client.accountsGet(two as never))).toMatchObject({ code: 'ITEM_LOGIN_REQUIRED' })
  const foreign = await bank.post('/sandbox/user/reset_login', { ...user, item_ids: ['nobody'] })
  expect(foreign.body.error_code).toBe('INVALID_FIELD')

  await bank.post('/user/remove', user)
  expect(await refusalOf(client.itemGet(one as never))).toMatchObject({ code: 'ITEM_NOT_FOUND' })
  expect((await bank.post('/user/get', { user_id: user.user_id })).body.error_code).toBe('INVALID_USER_ID')
  // The name is free again, and names somebody else.
  const again = await client.userCreate({ client_user_id: `user ${made}` })
  expect(again.data.user_id).not.toBe(user.user_id)
})

test('nobody reaches the user of another client, and who names none is told so', async () => {
  const user = await newUser()
  const other = await newUser()
  const stranger = {
    'plaid-client-id': 'other-client',
    'plaid-secret': 'other-secret',
    'content-type': 'application/json',
  }
  const link = { ...brokerageLink, user: undefined, country_codes: [CountryCode.Us] }
  const sandbox = { institution_id: PLATYPUS, initial_products: ['auth'] }
  const calls: [string, object][] = [
    ['/user/get', {}],
    ['/user/update', { identity: {} }],
    ['/user/items/get', {}],
    ['/sandbox/user/reset_login', {}],
    ['/link/token/create', link],
    ['/sandbox/public_token/create', sandbox],
    ['/user/remove', {}],
  ]
  for (const [path, body] of calls) {
    const asked = async (named: object, headers?: Record<string, string>) =>
      (await bank.post(path, { ...body, ...named }, headers)).body.error_code
    expect(await asked({ user_id: user.user_id }, stranger), path).toBe('INVALID_USER_ID')
    if (path === '/user/get') continue
    expect(await asked({ user_token: user.user_token }, stranger), path).toBe('INVALID_USER_TOKEN')
    const crossed = { user_id: user.user_id, user_token: other.user_token }
    expect(await asked(crossed), path).toBe('INVALID_USER_TOKEN')
    if (!path.includes('create')) expect(await asked({}), path).toBe('MISSING_FIELDS')
  }
  expect((await bank.post('/user/get', user)).body.error_code).toBe('UNKNOWN_FIELDS')
  expect((await bank.post('/user/get', { user_id: user.user_id })).status).toBe(200)
})

test('a link token for a user says so, and what it tells of the person is what identity is matched with', async () => {
  const { user_id } = await newUser()
  const link = async (more: object) => {
    const { data } = await client.linkTokenCreate({ ...brokerageLink, ...more } as never)
    return { token: data, accessToken: await linkWith(data.link_token) }
  }
  const byUser = await link({ user: undefined, user_id })
  expect(byUser.token).toMatchObject({ user_id })
  const { data: read } = await client.linkTokenGet({ link_token: byUser.token.link_token })
  expect(read).toMatchObject({ user_id })
  const match = async (access_token: string) =>
    (await client.identityMatch({ access_token })).data.accounts[0] as object
  const all = {
    legal_name: { score: 100 },
    phone_number: { score: 100 },
    email_address: { score: 100 },
    address: { score: 100 },
  }
  expect(await match(byUser.accessToken)).toMatchObject(all)

  const person = { client_user_id: 'someone', legal_name: 'Nora Quill', phone_number: '+12065550142' }
  const told = await link({ user: person })
  expect(told.token).not.toHaveProperty('user_id')
  expect(await match(told.accessToken)).toMatchObject({
    legal_name: { score: 100 },
    phone_number: { score: 100 },
    email_address: { score: null },
    address: { score: null },
  })
  const silent = await link({})
  expect(await match(silent.accessToken)).toMatchObject({ legal_name: { score: null } })

  async function linkWith(link_token: string): Promise<string> {
    const json = { 'content-type': 'application/json' }
    const call = (name: string, body: object) =>
      bank.post(`/link/session/${name}`, { link_token, ...body }, json)
    const { link_session_id } = (await call('start', {})).body
    await call('institution', { link_session_id, institution_id: PLATYPUS })
    await call('credentials', { link_session_id, username: 'user_good', password: 'pass_good' })
    const { body } = await call('finish', { link_session_id, account_keys: ['0'] })
    const exchanged = await client.itemPublicTokenExchange({ public_token: String(body.public_token) })
    return exchanged.data.access_token
  }
})

test('the database keeps nothing of a person in plain text', async () => {
  await newUser({ name: { given_name: 'Wilhelmina', family_name: 'Oxbow' } })
  await client.linkTokenCreate({ ...brokerageLink, user: { client_user_id: 'w', legal_name: 'Oxbow' } })
  const { default: pg } = await import('pg')
  const db = new pg.Client({ connectionString: bank.database.ownerUrl })
  await db.connect()
  const dump: string[] = []
  for (const table of ['users', 'link_tokens', 'item_origins']) {
    const { rows } = await db.query(`select t::text as line from bank.${table} t`)
    expect(rows.length, table).toBeGreaterThan(0)
    dump.push(...rows.map(({ line }) => line))
  }
  await db.end()
  for (const word of ['Oxbow', 'Wilhelmina', 'Nora', '+12065550142', 'user-sandbox']) {
    expect(dump.join('\n')).not.toContain(word)
  }
})

test('webhooks of an item name the user to whom it belongs', async () => {
  await using receiver = await webhookReceiver()
  const { user_id } = await newUser()
  const owned = await linkFor({ user_id }, { webhook: receiver.url })
  const free = await linkFor({}, { webhook: receiver.url })
  for (const { access_token } of [owned, free]) {
    await client.sandboxItemFireWebhook({ access_token, webhook_code: 'NEW_ACCOUNTS_AVAILABLE' as never })
  }
  await bank.clock.advanceTo(bank.clock.now().add({ seconds: 1 }))
  expect(receiver.received).toHaveLength(2)
  const bodies = receiver.received.map(({ body }) => body)
  expect(bodies.find(({ item_id }) => item_id === owned.item_id)).toMatchObject({ user_id })
  expect(bodies.find(({ item_id }) => item_id === free.item_id)).not.toHaveProperty('user_id')
})

test.for([
  ['what the request asks for', 730, 700],
  ['90 days where nobody asked', undefined, 90],
  ['as few as asked for', 7, 7],
] as const)('the transactions of an item go back: %s', async ([, days_requested, least]) => {
  const options = {
    override_username: 'user_salaried',
    override_password: 'x',
    transactions: { days_requested },
  }
  const { access_token } = await linkFor({}, options, [Products.Transactions])
  bank.clock.moveTo(bank.clock.now().add({ seconds: 10 }))
  const days = { start_date: '2000-01-01', end_date: '2100-01-01' }
  const asked = { access_token, ...days, options: { count: 500, days_requested: 365 } }
  const { data } = await client.transactionsGet(asked as never)
  const last = { count: 1, offset: data.total_transactions - 1 }
  const { data: oldest } = await client.transactionsGet({ access_token, ...days, options: last })
  const { days: age } = Temporal.PlainDate.from(oldest.transactions[0]?.date ?? '').until('2026-11-20', {
    largestUnit: 'days',
  })
  expect(age).toBeLessThanOrEqual(days_requested ?? 90)
  expect(age).toBeGreaterThanOrEqual(least - 7)
})
