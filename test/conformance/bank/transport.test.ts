import { afterAll, beforeAll, expect, test } from 'vitest'
import { linkedItem } from '../../../servers/bank/test/linking.ts'
import { refusalOf } from '../../../servers/bank/test/refusal.ts'
import { type BankTarget, json, openBank } from './support/bank-target.ts'

let bank: BankTarget
let access_token: string
let account_id: string

beforeAll(async () => {
  bank = await openBank()
  const item = await linkedItem(bank.plaid)
  access_token = item.accessToken
  account_id = item.checking.account_id
})
afterAll(() => bank[Symbol.asyncDispose]())

test('keys are taken from the headers and from the body alike', async () => {
  const { clientId: client_id, secret } = bank.keys
  const inHeaders = await bank.post('/accounts/get', { access_token })
  const inBody = await bank.post('/accounts/get', { client_id, secret, access_token }, json)
  expect([inHeaders.status, inBody.status]).toEqual([200, 200])
  expect(inBody.body.accounts).toEqual(inHeaders.body.accounts)
})

test('wrong keys are 400 INVALID_API_KEYS, in the headers and in the body', async () => {
  const { clientId: client_id } = bank.keys
  const refused = { error_type: 'INVALID_INPUT', error_code: 'INVALID_API_KEYS', display_message: null }
  const wrong = { ...json, 'plaid-client-id': client_id, 'plaid-secret': 'wrong' }
  for (const answer of [
    await bank.post('/accounts/get', { access_token }, wrong),
    await bank.post('/accounts/get', { client_id, secret: 'wrong', access_token }, json),
    await bank.post('/accounts/get', { client_id: 'nobody', secret: bank.keys.secret, access_token }, json),
  ]) {
    expect(answer).toMatchObject({ status: 400, body: refused })
  }
})

test('missing keys are 400 MISSING_FIELDS with their names', async () => {
  const missing = await bank.post('/accounts/get', { access_token }, json)
  expect(missing).toMatchObject({
    status: 400,
    body: { error_type: 'INVALID_REQUEST', error_code: 'MISSING_FIELDS' },
  })
  expect(missing.body.error_message).toMatch(/client_id.*secret/)
})

test('categories are told to anybody who asks with an empty body', async () => {
  const { status, body } = await bank.post('/categories/get', {}, json)
  expect(status).toBe(200)
  expect(body.categories).toContainEqual({
    category_id: '10000000',
    group: 'special',
    hierarchy: ['Bank Fees'],
  })
})

test('every answer has its own request_id, also when two ask the same at once and when they are refused', async () => {
  const good = Array.from({ length: 10 }, () => bank.plaid.accountsGet({ access_token }))
  const bad = Array.from({ length: 10 }, () =>
    refusalOf(bank.plaid.itemGet({ access_token: 'invalid_token' })),
  )
  const ids = [
    ...(await Promise.all(good)).map(({ data }) => data.request_id),
    ...(await Promise.all(bad)).map(({ requestId }) => requestId),
  ]
  expect(new Set(ids).size).toBe(20)
})

test('a path that is not there is 404 NOT_FOUND, and a body that is no JSON is INVALID_BODY', async () => {
  expect(await bank.post('/no/such/operation', {})).toMatchObject({
    status: 404,
    body: { error_type: 'INVALID_REQUEST', error_code: 'NOT_FOUND' },
  })
  expect(await bank.post('/item/get', '{')).toMatchObject({
    status: 400,
    body: { error_code: 'INVALID_BODY' },
  })
})

test('an empty options object, null for what is optional and hidden fields are accepted', async () => {
  const days = { start_date: '2026-01-01', end_date: '2026-11-20' }
  const calls: [string, Record<string, unknown>][] = [
    ['/accounts/get', { access_token, options: {} }],
    ['/accounts/get', { access_token, options: null }],
    ['/accounts/get', { access_token, options: { account_ids: null } }],
    ['/accounts/balance/get', { access_token, options: { min_last_updated_datetime: null } }],
    ['/auth/get', { access_token, options: {} }],
    ['/identity/get', { access_token, options: {} }],
    ['/identity/match', { access_token, user: null, options: {} }],
    ['/item/webhook/update', { access_token, webhook: null }],
    ['/institutions/search', { query: 'plat', country_codes: ['US'], products: null, options: {} }],
    ['/institutions/get', { count: 1, offset: 0, country_codes: ['US'], options: { products: null } }],
    ['/transactions/sync', { access_token, cursor: null, count: null, options: {} }],
    ['/transactions/sync', { access_token, cursor: '', options: null }],
    ['/transactions/sync', { access_token, options: { include_personal_finance_category: true } }],
    ['/transactions/sync', { access_token, options: { include_logo_and_counterparty_beta: true } }],
    ['/investments/holdings/get', { access_token, options: {} }],
    ['/investments/transactions/get', { access_token, ...days, options: { async_update: null } }],
    ['/liabilities/get', { access_token, options: {} }],
    [
      '/signal/evaluate',
      {
        access_token,
        account_id,
        amount: 1,
        client_transaction_id: crypto.randomUUID(),
        is_recurring: null,
        ruleset_key: null,
        user_present: null,
        default_payment_method: null,
      },
    ],
    [
      '/link/token/create',
      {
        client_name: 'Paddock',
        language: 'en',
        country_codes: ['US'],
        user: { client_user_id: 'user-1' },
        products: ['auth'],
        access_token: null,
        required_if_supported_products: null,
        optional_products: null,
        additional_consented_products: null,
        hosted_link: null,
      },
    ],
  ]
  for (const [path, body] of calls) {
    const answer = await bank.post(path, body)
    expect([path, body, answer.status, answer.body.error_message]).toEqual([path, body, 200, undefined])
  }
})

test('a field that nobody knows is 400 UNKNOWN_FIELDS with its name, nested ones too', async () => {
  for (const body of [
    { access_token, shoe_size: 43 },
    { access_token, options: { shoe_size: 43 } },
  ]) {
    const answer = await bank.post('/accounts/get', body)
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'UNKNOWN_FIELDS' } })
    expect(answer.body.error_message).toContain('shoe_size')
  }
})
