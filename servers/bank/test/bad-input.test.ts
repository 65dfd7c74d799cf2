import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { brokerageLink, linkedItem, otherProcessorTokens, processorTokenOf } from './linking.ts'

/** A body that each operation accepts; the tables below break it in one place at a time. */
const operations: Record<string, Record<string, unknown>> = {
  '/institutions/get': { count: 1, offset: 0, country_codes: ['US'] },
  '/institutions/get_by_id': { institution_id: 'ins_109508', country_codes: ['US'] },
  '/institutions/search': { query: 'plat', country_codes: ['US'] },
  '/link/token/create': brokerageLink,
  '/link/token/get': { link_token: 'LINK' },
  '/item/public_token/exchange': { public_token: 'PUBLIC' },
  '/item/get': { access_token: 'ACCESS' },
  '/item/webhook/update': { access_token: 'ACCESS' },
  '/item/access_token/invalidate': { access_token: 'REMOVABLE' },
  '/identity/match': { access_token: 'ACCESS' },
  '/processor/identity/match': { processor_token: 'PROCESSOR' },
  '/signal/evaluate': {
    access_token: 'REMOVABLE',
    account_id: 'ACCOUNT',
    client_transaction_id: 'a',
    amount: 1,
  },
  '/investments/holdings/get': { access_token: 'ACCESS' },
  '/investments/transactions/get': {
    access_token: 'ACCESS',
    start_date: '2026-01-01',
    end_date: '2026-11-20',
  },
  '/liabilities/get': { access_token: 'ACCESS' },
  '/investments/auth/get': { access_token: 'ACCESS' },
  '/investments/refresh': { access_token: 'ACCESS' },
  '/identity/refresh': { access_token: 'ACCESS' },
  '/signal/prepare': { access_token: 'ACCESS' },
  '/signal/schedule': {
    access_token: 'REMOVABLE',
    account_id: 'ACCOUNT',
    client_transaction_id: 'a',
    amount: 1,
  },
  '/signal/decision/report': { client_transaction_id: 'evaluated', initiated: true },
  '/signal/return/report': { client_transaction_id: 'evaluated', return_code: 'R01' },
  '/processor/signal/evaluate': {
    processor_token: 'REMOVABLE',
    client_transaction_id: 'b',
    amount: 1,
  },
  '/processor/signal/prepare': { processor_token: 'PROCESSOR' },
  '/processor/signal/decision/report': {
    processor_token: 'PROCESSOR',
    client_transaction_id: 'evaluated',
    initiated: true,
  },
  '/processor/signal/return/report': {
    processor_token: 'PROCESSOR',
    client_transaction_id: 'evaluated',
    return_code: 'R01',
  },
  '/item/public_token/create': { access_token: 'ACCESS' },
  '/item/products/terminate': { access_token: 'REMOVABLE', reason_code: 'OTHER' },
  '/item/import': { products: ['auth'], user_auth: { user_id: 'a', auth_token: 'b' } },
  '/item/remove': { access_token: 'REMOVABLE' },
  '/accounts/get': { access_token: 'ACCESS' },
  '/accounts/balance/get': { access_token: 'ACCESS' },
  '/auth/get': { access_token: 'ACCESS' },
  '/identity/get': { access_token: 'ACCESS' },
  '/processor/token/create': { access_token: 'ACCESS', account_id: 'ACCOUNT', processor: 'alpaca' },
  '/processor/auth/get': { processor_token: 'PROCESSOR' },
  '/processor/balance/get': { processor_token: 'PROCESSOR' },
  '/processor/identity/get': { processor_token: 'PROCESSOR' },
  '/processor/account/get': { processor_token: 'PROCESSOR' },
  '/processor/token/permissions/set': { processor_token: 'PROCESSOR', products: [] },
  '/processor/token/permissions/get': { processor_token: 'PROCESSOR' },
  '/processor/token/webhook/update': { processor_token: 'PROCESSOR', webhook: 'http://127.0.0.1:9/hooks' },
  '/processor/stripe/bank_account_token/create': { access_token: 'ACCESS', account_id: 'ACCOUNT' },
  '/processor/liabilities/get': { processor_token: 'CARD' },
  '/processor/investments/holdings/get': { processor_token: 'INVESTED' },
  '/processor/investments/transactions/get': {
    processor_token: 'INVESTED',
    start_date: '2026-01-01',
    end_date: '2026-11-20',
  },
  '/processor/investments/auth/get': { processor_token: 'INVESTED' },
  '/sandbox/public_token/create': { institution_id: 'ins_109508', initial_products: ['auth'] },
  '/sandbox/processor_token/create': { institution_id: 'ins_109508' },
  '/sandbox/item/fire_webhook': { access_token: 'REMOVABLE', webhook_code: 'LOGIN_REPAIRED' },
  '/webhook_verification_key/get': { key_id: '6c5516e1-92dc-479e-a8ff-5a51992e0001' },
  '/sandbox/item/set_verification_status': {
    access_token: 'REMOVABLE',
    account_id: 'ACCOUNT',
    verification_status: 'automatically_verified',
  },
  '/sandbox/item/reset_login': { access_token: 'REMOVABLE' },
  '/sandbox/user/reset_login': { user_id: 'USER' },
  '/credit/bank_income/get': { user_id: 'USER' },
  '/sandbox/bank_income/fire_webhook': {
    webhook_override: 'http://127.0.0.1:9/hooks',
    webhook_code: 'BANK_INCOME_REFRESH_UPDATE',
    webhook_fields: { user_id: 'USER' },
  },
  '/statements/list': { access_token: 'ACCESS' },
  '/statements/download': { access_token: 'REMOVABLE', statement_id: 'none' },
  '/statements/refresh': { access_token: 'ACCESS', start_date: '2026-01-01', end_date: '2026-11-20' },
  '/user/create': { client_user_id: 'another' },
  '/user/get': { user_id: 'USER' },
  '/user/update': { user_id: 'USER' },
  '/user/items/get': { user_id: 'USER' },
  '/user/remove': { user_id: 'SPARE_USER' },
}
const pageCalls = [
  'start',
  'institutions',
  'institution',
  'credentials',
  'routing',
  'numbers',
  'match',
  'code',
  'finish',
  'exit',
  'events',
]
const paths = [...Object.keys(operations), ...pageCalls.map((name) => `/link/session/${name}`)]
const entries = Object.entries(operations)

let bank: TestBank
let real: Record<string, string>
const seen = new Set<string>()

beforeAll(async () => {
  bank = await bankWith()
  const { processorToken, accessToken, checking } = await processorTokenOf(bank.client)
  const { data: link } = await bank.client.linkTokenCreate(brokerageLink)
  const { data: sandbox } = await bank.client.sandboxPublicTokenCreate({
    institution_id: 'ins_109508',
    initial_products: ['auth' as never],
  })
  const [user, spare] = await Promise.all(
    ['one', 'two'].map((client_user_id) => bank.client.userCreate({ client_user_id })),
  )
  const owed = await otherProcessorTokens(bank.client)
  const client_transaction_id = 'evaluated'
  await bank.client.signalEvaluate({
    access_token: accessToken,
    account_id: checking.account_id,
    client_transaction_id,
    amount: 1,
  })
  await bank.client.signalDecisionReport({ client_transaction_id, initiated: true })
  real = {
    CARD: owed.card,
    INVESTED: owed.invested,
    USER: user?.data.user_id ?? '',
    SPARE_USER: spare?.data.user_id ?? '',
    ACCESS: accessToken,
    PROCESSOR: processorToken,
    ACCOUNT: checking.account_id,
    LINK: link.link_token,
    PUBLIC: sandbox.public_token,
    REMOVABLE: 'access-sandbox-none',
  }
})

afterAll(() => bank[Symbol.asyncDispose]())

const filled = (body: Record<string, unknown>) =>
  JSON.parse(JSON.stringify(body), (_key, value) => real[value as string] ?? value) as Record<string, unknown>

/** Whatever is sent, the answer is the vendor's error, with an id that was never used before. */
async function refused(path: string, body: unknown, headers?: Record<string, string>) {
  const answer = await bank.post(path, body, headers)
  expect(answer.status, `${path} ${JSON.stringify(body)?.slice(0, 200)}`).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(answer.body).toMatchObject({
    error_type: expect.any(String),
    error_code: expect.any(String),
    error_message: expect.any(String),
    documentation_url: expect.any(String),
    request_id: expect.stringMatching(/^[0-9A-Za-z]{15}$/),
  })
  expect(answer.body).toHaveProperty('display_message')
  expect(answer.body.error_message).not.toMatch(/node_modules|at .+:\d+:\d+|\bsql\b|zod/i)
  expect(seen.has(String(answer.body.request_id))).toBe(false)
  seen.add(String(answer.body.request_id))
  expect(answer.headers.get('x-request-id')).toBe(answer.body.request_id)
  return answer.body
}

test.for(paths)('%s refuses what is not a JSON object', async (path) => {
  for (const body of ['', '{', '{"a":1,}', 'null', '[]', '"text"', '7', 'true', '{"__proto__":{"a":1}}']) {
    expect((await refused(path, body)).error_code).toBe('INVALID_BODY')
  }
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  expect((await refused(path, 'a=1', form)).error_code).toBe('INVALID_HEADERS')
  expect((await refused(path, `{"a":"${'x'.repeat(300_000)}"}`)).error_code).toBe('INVALID_BODY')
})

test.for(entries)('%s wants keys, and the right ones', async ([path, body]) => {
  const json = { 'content-type': 'application/json' }
  const missing = await refused(path, filled(body), json)
  expect(missing).toMatchObject({ error_code: 'MISSING_FIELDS' })
  expect(missing.error_message).toContain('client_id, secret')
  for (const keys of [
    { client_id: 'paddock-demo-client', secret: 'wrong' },
    { client_id: 'nobody', secret: 'paddock-demo-secret' },
    { client_id: 'other-client', secret: 'paddock-demo-secret' },
  ]) {
    const answer = await refused(path, { ...filled(body), ...keys }, json)
    expect(answer).toMatchObject({ error_type: 'INVALID_INPUT', error_code: 'INVALID_API_KEYS' })
  }
  const typed = await refused(path, { ...filled(body), client_id: 7, secret: {} }, json)
  expect(typed.error_code).toBe('INVALID_FIELD')
})

test.for(entries)('%s names the fields that are missing', async ([path, body]) => {
  for (const field of Object.keys(body)) {
    if (path.startsWith('/link/') && (field === 'products' || field === 'user')) continue
    if (field === 'webhook_override') continue
    // At the vendor null ends a webhook of a processor.
    for (const value of field === 'webhook' ? [undefined] : [undefined, null]) {
      const answer = await refused(path, { ...filled(body), [field]: value })
      expect(answer, field).toMatchObject({ error_type: 'INVALID_REQUEST', error_code: 'MISSING_FIELDS' })
      expect(answer.error_message).toContain(field)
    }
  }
})

test.for(entries)('%s names the fields that it does not know', async ([path, body]) => {
  const answer = await refused(path, { ...filled(body), shoe_size: 43, hat: null })
  expect(answer).toMatchObject({ error_type: 'INVALID_REQUEST', error_code: 'UNKNOWN_FIELDS' })
  expect(answer.error_message).toContain('shoe_size')
  expect(answer.error_message).toContain('hat')
})

const oddValues = [
  0,
  -1,
  1.5,
  9e15,
  1e300,
  true,
  {},
  [],
  [[]],
  [null],
  { a: { b: [] } },
  '',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x'.repeat(5_000),
  "'; drop table items; --",
]

test.for(entries)('%s refuses odd values in every field', async ([path, body]) => {
  for (const field of Object.keys(body)) {
    for (const value of oddValues) {
      const answer = await bank.post(path, { ...filled(body), [field]: value })
      const fine = answer.status === 200 && (isRight(field, value) || isFreeText(field))
      if (!fine) await refused(path, { ...filled(body), [field]: value })
    }
  }
})

const isFreeText = (field: string) => ['query', 'client_name', 'client_user_id'].includes(field)
const isRight = (field: string, value: unknown) =>
  (field === 'offset' && value === 0) ||
  (field === 'initiated' && value === true) ||
  (field === 'products' && JSON.stringify(value) === '[]')

test.for(entries)(
  '%s accepts what it should, with keys in the body and null for what is optional',
  async ([path, body]) => {
    const keys = { client_id: 'paddock-demo-client', secret: 'paddock-demo-secret' }
    const json = { 'content-type': 'application/json' }
    const optional = /get_by_id|institutions|accounts|auth\/get$|identity\/get$|sandbox\/p/.test(path)
    const withNull = optional && !path.startsWith('/processor') ? { options: null } : {}
    const answer = await bank.post(path, { ...filled(body), ...withNull, ...keys }, json)
    if (Object.values(body).includes('REMOVABLE')) {
      expect(answer.body.error_code).toMatch(/^INVALID_(ACCESS|PROCESSOR)_TOKEN$/)
    } else {
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      expect(answer.body.request_id).toMatch(/^[0-9A-Za-z]{15}$/)
    }
  },
)

test.for([
  ['POST', '/'],
  ['POST', '/accounts'],
  ['POST', '/accounts/get/'],
  ['POST', '/transactions/sync'],
  ['GET', '/accounts/get'],
  ['DELETE', '/item/remove'],
  ['GET', '/link/v2/stable/../../../package.json'],
  ['GET', '/link/v2/stable/%2e%2e/index.ts'],
  ['GET', '/%'],
  // Found by the fuzzer: PostgreSQL refuses such a text, and that was answered with 500.
  ['GET', '/_sim/bank-accounts/%00'],
  ['GET', '/_sim/webhooks?item_id=a%00b'],
  ['POST', '/%E0%A4%A'],
] as const)('%s %s is not there', async ([method, path]) => {
  const response = await fetch(`${bank.url}${path}`, { method })
  const body = (await response.json()) as Record<string, unknown>
  expect(response.status).toBeGreaterThanOrEqual(400)
  expect(response.status).toBeLessThan(500)
  expect(body).toMatchObject({ error_type: 'INVALID_REQUEST', request_id: expect.any(String) })
})

test('a Link session that comes back with a state that is no id is refused', async () => {
  // Found by the fuzzer: it reached PostgreSQL, which knows no such id, and was answered with 500.
  const body = { link_token: real.LINK, oauth_state_id: '@live(oauth_state,2' }
  expect((await refused('/link/session/start', body)).error_code).toBe('INVALID_FIELD')
})

test('accounts of the item only may be asked for', async () => {
  for (const path of ['/accounts/get', '/accounts/balance/get', '/auth/get', '/identity/get']) {
    const body = { ...filled({ access_token: 'ACCESS' }), options: { account_ids: ['nobody'] } }
    expect((await refused(path, body)).error_code).toBe('INVALID_ACCOUNT_ID')
  }
  const one = { ...filled({ access_token: 'ACCESS' }), options: { account_ids: [real.ACCOUNT] } }
  const answer = await bank.post('/accounts/get', one)
  expect(answer.body.accounts).toHaveLength(1)
})

test('only an account that can be paid gets a processor token', async () => {
  const { accessToken: access_token, accounts } = await linkedItem(bank.client)
  for (const { account_id, subtype } of accounts) {
    const body = { access_token, account_id, processor: 'alpaca' }
    const answer = await bank.post('/processor/token/create', body)
    const payable = ['checking', 'savings', 'cash management'].includes(subtype ?? '')
    expect(answer.status, subtype ?? '').toBe(payable ? 200 : 400)
    if (!payable) expect(answer.body.error_code).toBe('PRODUCTS_NOT_SUPPORTED')
  }
})

test.for([
  [{ override_password: 'wrong' }, 'INVALID_CREDENTIALS'],
  [{ override_username: 'nobody' }, 'INVALID_CREDENTIALS'],
  [{ override_password: 'error_ITEM_LOCKED' }, 'ITEM_LOCKED'],
  [{ override_password: 'error_INSTITUTION_DOWN' }, 'INSTITUTION_DOWN'],
  [{ override_password: 'error_toString' }, 'INVALID_CREDENTIALS'],
  [{ override_username: 'user_custom', override_password: '{' }, 'INVALID_FIELD'],
  [{ override_username: 'user_custom', override_password: '{"force_error":"NO_ACCOUNTS"}' }, 'NO_ACCOUNTS'],
] as const)('signing in with %o answers %s', async ([options, code]) => {
  const body = { institution_id: 'ins_109508', initial_products: ['auth'], options }
  expect((await refused('/sandbox/public_token/create', body)).error_code).toBe(code)
})

test('products that the bank or the accounts cannot serve are refused', async () => {
  const create = (institution_id: string, initial_products: string[], options?: unknown) =>
    refused('/sandbox/public_token/create', { institution_id, initial_products, options })
  expect((await create('ins_130016', ['investments'])).error_code).toBe('PRODUCTS_NOT_SUPPORTED')
  const cards = { override_accounts: [{ type: 'credit', subtype: 'credit card' }] }
  const asCards = { override_username: 'user_custom', override_password: JSON.stringify(cards) }
  expect((await create('ins_109508', ['auth'], asCards)).error_code).toBe('NO_AUTH_ACCOUNTS')
  expect((await create('ins_0', ['auth'])).error_code).toBe('INVALID_INSTITUTION')
})

test('a day of the year 0 was answered with 500: it is no day', async () => {
  const body = { ...filled({ access_token: 'ACCESS' }), start_date: '0000-01-01', end_date: '2026-11-20' }
  for (const path of ['/transactions/get', '/investments/transactions/get']) {
    expect((await refused(path, body)).error_code).toBe('INVALID_FIELD')
  }
})
