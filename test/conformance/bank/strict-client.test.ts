import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { strictProblems } from './support/strict-answers.ts'

const sheet = new URL('../../../../shared/reference/plaid-api.md', import.meta.url)
const isThere = existsSync(sheet)

test.skipIf(!isThere)(
  `our models take every sample answer of the digest${isThere ? '' : ' (skipped: no reference files)'}`,
  () => {
    const text = readFileSync(sheet, 'utf8')
    const samples = [...text.matchAll(/^Response sample (\d+) `(\S+)`:\n\n```json\n([\s\S]*?)```/gm)]
    expect(samples.length).toBeGreaterThan(25)
    for (const [, status, path = '', json = ''] of samples) {
      expect([path, strictProblems(path, Number(status), JSON.parse(json))]).toEqual([path, []])
    }
  },
)

const account = {
  account_id: 'a',
  balances: {
    available: 1,
    current: 1,
    limit: null,
    iso_currency_code: 'USD',
    unofficial_currency_code: null,
  },
  mask: null,
  name: 'Checking',
  official_name: null,
  type: 'depository',
  subtype: 'checking',
}
const item = {
  item_id: 'i',
  webhook: null,
  error: null,
  available_products: [],
  billed_products: [],
  consent_expiration_time: null,
  update_type: 'background',
}
const place = { address: null, city: null, region: null, postal_code: null, country: null }
const payment = { reference_number: null, ppd_id: null, payee: null, by_order_of: null, payer: null }
const transaction = {
  transaction_id: 't',
  account_id: 'a',
  account_owner: null,
  amount: 1,
  iso_currency_code: 'USD',
  unofficial_currency_code: null,
  date: '2026-11-20',
  datetime: null,
  authorized_date: null,
  authorized_datetime: null,
  name: 'Coffee',
  pending: false,
  pending_transaction_id: null,
  payment_channel: 'in store',
  transaction_code: null,
  location: { ...place, lat: null, lon: null, store_number: null },
  payment_meta: { ...payment, payment_method: null, payment_processor: null, reason: null },
}
const accounts = (change: object) => ({ accounts: [{ ...account, ...change }], item, request_id: 'r' })
const sync = (change: object, more: object = {}) => ({
  added: [{ ...transaction, ...change }],
  modified: [],
  removed: [],
  accounts: [account],
  next_cursor: 'c',
  has_more: false,
  transactions_update_status: 'NOT_READY',
  request_id: 'r',
  ...more,
})
const matched = {
  legal_name: {
    score: null,
    is_first_name_or_last_name_match: null,
    is_nickname_match: null,
    is_business_name_detected: null,
  },
  phone_number: { score: null },
  email_address: { score: null },
  address: { score: null, is_postal_code_match: null },
}
const without = (row: Record<string, unknown>, key: string) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== key))

test('they let through what the client lets through', () => {
  for (const [path, answer] of [
    ['/accounts/get', accounts({ new_key: 1, subtype: 'a new word', holder_category: null })],
    ['/accounts/get', { ...accounts({}), item: { ...item, auth_method: null } }],
    ['/identity/match', accounts(matched)],
    ['/transactions/sync', sync({ category: null, amount: 7, transaction_code: 'a new word' })],
  ] as const) {
    expect([path, strictProblems(path, 200, answer)]).toEqual([path, []])
  }
})

test.for([
  ['an answer without its request_id', '/item/remove', {}],
  ['an account without its mask', '/accounts/get', { ...accounts({}), accounts: [without(account, 'mask')] }],
  ['balances without a limit', '/accounts/get', accounts({ balances: without(account.balances, 'limit') })],
  ['a balance that is text', '/accounts/get', accounts({ balances: { ...account.balances, current: '1' } })],
  ['an item without its error', '/accounts/get', { ...accounts({}), item: without(item, 'error') }],
  ['accounts without their item', '/accounts/get', without(accounts({}), 'item')],
  ['verification_status null', '/accounts/get', accounts({ verification_status: null })],
  ['persistent_account_id null', '/accounts/get', accounts({ persistent_account_id: null })],
  ['a name that is null', '/accounts/get', accounts({ name: null })],
  [
    'an investment account without margin_loan_amount',
    '/investments/holdings/get',
    {
      ...accounts({}),
      holdings: [],
      securities: [],
    },
  ],
  ['a match without legal_name', '/identity/match', accounts(without(matched, 'legal_name'))],
  ['a match whose address is null', '/identity/match', accounts({ ...matched, address: null })],
  ['a page without its accounts', '/transactions/sync', without(sync({}), 'accounts')],
  ['a page without its status', '/transactions/sync', without(sync({}), 'transactions_update_status')],
  [
    'a removed row without its account',
    '/transactions/sync',
    sync({}, { removed: [{ transaction_id: 't' }] }),
  ],
  [
    'a transaction without transaction_code',
    '/transactions/sync',
    sync({}, { added: [without(transaction, 'transaction_code')] }),
  ],
  ['an empty location', '/transactions/sync', sync({ location: {} })],
  ['an empty payment_meta', '/transactions/sync', sync({ payment_meta: {} })],
  [
    'a stream without is_user_modified',
    '/transactions/recurring/get',
    { inflow_streams: [{ stream_id: 's' }], outflow_streams: [], updated_datetime: 'u', request_id: 'r' },
  ],
  [
    'a score without its tier',
    '/signal/evaluate',
    { scores: { bank_initiated_return_risk: { score: 1 } }, warnings: [], request_id: 'r' },
  ],
  [
    'an event of Link with a null in it',
    '/link/token/get',
    {
      link_token: 'l',
      created_at: null,
      expiration: null,
      metadata: {
        initial_products: [],
        webhook: null,
        country_codes: [],
        language: null,
        redirect_uri: null,
        client_name: null,
      },
      link_sessions: [
        {
          link_session_id: 's',
          events: [
            { event_name: 'OPEN', timestamp: 't', event_id: 'e', event_metadata: { view_name: null } },
          ],
        },
      ],
      request_id: 'r',
    },
  ],
] as const)('they refuse what breaks it: %s', ([, path, answer]) => {
  expect(strictProblems(path, 200, answer)).not.toEqual([])
})

test('an error wants its four words', () => {
  const error = {
    error_type: 'T',
    error_code: 'C',
    error_message: 'm',
    display_message: null,
    request_id: 'r',
  }
  expect(strictProblems('/item/get', 400, error)).toEqual([])
  for (const name of ['error_type', 'error_code', 'error_message', 'display_message']) {
    expect(strictProblems('/item/get', 400, without(error, name))).not.toEqual([])
  }
})
