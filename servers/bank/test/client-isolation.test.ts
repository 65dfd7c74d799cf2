import { ProcessorTokenCreateRequestProcessorEnum as Processor, Products } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type ServedRoute, watchRoutes } from '../../../test/conformance/support/served-routes.ts'
import { bankWith, type TestBank } from './bank-with.ts'
import { brokerageLink, linkedItem, publicTokenOf } from './linking.ts'
import { refusalOf } from './refusal.ts'

/** What belongs to a client, by the field that carries it, and how it is refused to another one. */
const codes: Readonly<Record<string, string>> = {
  access_token: 'INVALID_ACCESS_TOKEN',
  account_id: 'INVALID_ACCOUNT_ID',
  account_ids: 'INVALID_ACCOUNT_ID',
  client_transaction_id: 'INVALID_FIELD',
  cursor: 'INVALID_FIELD',
  item_ids: 'INVALID_FIELD',
  link_token: 'INVALID_LINK_TOKEN',
  processor_token: 'INVALID_PROCESSOR_TOKEN',
  public_token: 'INVALID_PUBLIC_TOKEN',
  statement_id: 'INVALID_FIELD',
  user_id: 'INVALID_USER_ID',
  user_token: 'INVALID_USER_TOKEN',
}

/** Fields whose names look like it and that are nobody's. */
const nobodys: Readonly<Record<string, string>> = {
  client_id: 'the keys themselves',
  client_user_id: 'a word of the client’s own',
  institution_id: 'banks are the same for everybody',
  oauth_state_id: 'of the page of a bank, which has no keys: the state is the key',
  key_id: 'webhooks of all clients are signed with one key, whose public half anybody may have',
}

/** Where any value is taken, because it is a word of whoever asks. */
const ownWords: Readonly<Record<string, string>> = {
  '/signal/evaluate client_transaction_id': 'here a client gives its own id for the first time',
  '/signal/schedule client_transaction_id': 'the same',
  '/processor/signal/evaluate client_transaction_id': 'the same',
  '/item/import user_auth.user_id': 'what the person is called at the bank that is imported from',
  '/item/import user_auth.auth_token': 'the same',
}

/** What else a body needs, by field: the table of routes asks for the operations, this for their words. */
const words: Readonly<Record<string, unknown>> = {
  amount: 20,
  client_user_id: 'user-2',
  count: 1,
  country_codes: ['US'],
  end_date: '2026-11-20',
  initial_products: ['auth'],
  initiated: true,
  institution_id: 'ins_109508',
  offset: 0,
  processor: 'alpaca',
  products: ['auth'],
  query: 'plat',
  reason_code: 'OTHER',
  return_code: 'R01',
  start_date: '2026-01-01',
  transactions: [{ date_transacted: '2026-11-19', date_posted: '2026-11-19', amount: 1, description: 'x' }],
  verification_status: 'automatically_verified',
  webhook: 'http://127.0.0.1:9/hooks',
  webhook_code: 'LOGIN_REPAIRED',
}

let bank: TestBank
let routes: ServedRoute[]

beforeAll(async () => {
  const watched = await watchRoutes(() => bankWith())
  bank = watched.server
  routes = watched.routes
})
afterAll(() => bank[Symbol.asyncDispose]())

/** Something of every kind that a client can have. */
async function belongings(client: TestBank['client']): Promise<Record<string, string | string[]>> {
  const public_token = await publicTokenOf(client)
  const {
    accessToken: access_token,
    itemId,
    accounts,
    checking,
  } = await linkedItem(client, [Products.Auth, Products.Transactions, Products.Investments])
  const { account_id } = checking
  const tokenFor = async (account_id = '') => {
    const request = { access_token, account_id, processor: Processor.Alpaca }
    return (await client.processorTokenCreate(request)).data.processor_token
  }
  const { data: link } = await client.linkTokenCreate(brokerageLink)
  const { data: user } = await client.userCreate({ client_user_id: 'somebody' })
  const client_transaction_id = crypto.randomUUID()
  await client.signalEvaluate({ access_token, account_id, client_transaction_id, amount: 10 })
  bank.clock.moveTo(bank.clock.now().add({ seconds: 10 }))
  const { data: page } = await client.transactionsSync({ access_token, count: 1 })
  const { data: printed } = await client.statementsList({ access_token })
  return {
    access_token,
    account_id,
    account_ids: [account_id],
    client_transaction_id,
    cursor: page.next_cursor,
    item_ids: [itemId],
    link_token: link.link_token,
    processor_token: await tokenFor(account_id),
    investor_token: await tokenFor(accounts.find(({ subtype }) => subtype === 'ira')?.account_id),
    public_token,
    statement_id: printed.accounts[0]?.statements[0]?.statement_id ?? '',
    user_id: user.user_id,
    user_token: user.user_token ?? '',
  }
}

/** The fields of a request body that change anything, `options` among them as `options.name`. */
function fieldsOf(body: unknown, prefix = ''): string[] {
  const schema = unwrapped(body)
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape).flatMap(([name, field]) =>
    unwrapped(field) instanceof z.ZodUnknown
      ? []
      : [`${prefix}${name}`, ...fieldsOf(field, `${prefix}${name}.`)],
  )
}

function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in)
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return unwrapped(schema.unwrap())
  return schema
}

/** What an operation needs and does not ask for, or needs in other words. */
function moreOf(path: string, { investor_token, user_id }: Record<string, unknown>) {
  if (path === '/link/token/create') return brokerageLink
  if (path.startsWith('/processor/investments/')) return { processor_token: investor_token }
  if (path === '/sandbox/bank_income/fire_webhook') return { webhook_code: 'BANK_INCOME_REFRESH_UPDATE' }
  return path === '/sandbox/user/reset_login' ? { user_id } : {}
}

const nameOf = (field: string) => field.split('.').at(-1) ?? ''
const isKey = (field: string) => /(?:_token|_tokens|_id|_ids|^cursor)$/.test(nameOf(field))

const operations = () =>
  routes
    .map(({ name, body }) => ({ path: name.replace(/^POST /, ''), body }))
    .filter(({ path }) => /^\/(?!_|link\/session|link\/oauth)\S*$/.test(path))

test('every field that could carry something of a client is known to be somebody’s or nobody’s', () => {
  const fields = operations().flatMap(({ path, body }) =>
    fieldsOf(body)
      .filter(isKey)
      .map((field) => `${path} ${field}`),
  )
  const unknown = fields.filter((one) => {
    const name = nameOf(one.split(' ')[1] ?? '')
    return !Object.hasOwn(codes, name) && !Object.hasOwn(nobodys, name) && !Object.hasOwn(ownWords, one)
  })
  expect(unknown).toEqual([])
  expect(Object.keys(ownWords).filter((one) => !fields.includes(one))).toEqual([])
})

test('no operation that takes something of ours answers another client anything', async () => {
  const ours = await belongings(bank.client)
  const theirs = await belongings(bank.stranger)
  const { access_token, public_token, processor_token, user_id } = ours as Record<string, string>
  const itemBefore = await bank.post('/item/get', { access_token })
  const headers = {
    'plaid-client-id': 'other-client',
    'plaid-secret': 'other-secret',
    'content-type': 'application/json',
  }

  let asked = 0
  for (const { path, body: schema } of operations()) {
    const fields = fieldsOf(schema).filter((field) => isKey(field) && Object.hasOwn(codes, nameOf(field)))
    if (fields.length === 0) continue
    // With no body the operation names what it needs.
    const { body: told } = await bank.post(path, {}, headers)
    const needed = String(told.error_message).split('missing: ')[1]?.split(', ') ?? []
    const plain = Object.fromEntries(needed.map((field) => [field, theirs[field] ?? words[field]]))
    const more = moreOf(path, theirs)
    for (const field of fields) {
      if (Object.hasOwn(ownWords, `${path} ${field}`)) continue
      const name = nameOf(field)
      const [group, inner] = field.split('.')
      const change = inner === undefined ? { [name]: ours[name] } : { [group ?? '']: { [inner]: ours[name] } }
      const answer = await bank.post(path, { ...plain, ...more, ...change }, headers)
      expect([path, field, answer.status, answer.body.error_code]).toEqual([path, field, 400, codes[name]])
      asked += 1
    }
  }
  expect(asked).toBeGreaterThanOrEqual(60)

  // Nothing of it hurt the owner.
  const itemAfter = await bank.post('/item/get', { access_token })
  expect({ ...itemAfter.body, request_id: '' }).toEqual({ ...itemBefore.body, request_id: '' })
  expect((await bank.post('/item/public_token/exchange', { public_token })).status).toBe(200)
  expect((await bank.post('/processor/auth/get', { processor_token })).status).toBe(200)
  expect((await bank.post('/user/get', { user_id })).status).toBe(200)
})

test('what a client calls a transaction is its own: another one may use the same word', async () => {
  for (const client of [bank.client, bank.stranger]) {
    const { accessToken: access_token, checking } = await linkedItem(client)
    const { account_id } = checking
    await client.signalEvaluate({ access_token, account_id, client_transaction_id: 'same', amount: 10 })
  }
})

test('a partner redeems the tokens that were made for it, and those of no other processor', async () => {
  const { accessToken: access_token, checking } = await linkedItem(bank.client)
  const { account_id } = checking
  for (const [processor, isTheirs] of [
    [Processor.Alpaca, true],
    [Processor.Dwolla, false],
  ] as const) {
    const { data } = await bank.client.processorTokenCreate({ access_token, account_id, processor })
    const read = bank.partner.processorAuthGet({ processor_token: data.processor_token })
    if (isTheirs) expect((await read).status).toBe(200)
    else expect(await refusalOf(read)).toMatchObject({ code: 'INVALID_PROCESSOR_TOKEN' })
  }
})
