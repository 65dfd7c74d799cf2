import { Products } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { PLATYPUS } from './linking.ts'
import { hasVendorDocument, readVendorDocument } from './vendor-document.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await bankWith()
})
afterAll(() => bank[Symbol.asyncDispose]())

const create = (override_password: string, products: Products[]) =>
  bank.post('/sandbox/public_token/create', {
    institution_id: PLATYPUS,
    initial_products: products,
    options: { override_username: 'user_custom', override_password },
  })

async function linkCustom(user: object, products = [Products.Transactions]) {
  const { body } = await create(JSON.stringify(user), products)
  const { data } = await bank.client.itemPublicTokenExchange({ public_token: String(body.public_token) })
  bank.clock.moveTo(bank.clock.now().add({ seconds: 10 }))
  return data.access_token
}

test('a modelled income is paid on top of the rest, and goes on as time does', async () => {
  const inflow_model = { type: 'monthly-income', income_amount: 2500, payment_day_of_month: 25 }
  const accounts = [
    { starting_balance: 500, inflow_model: { ...inflow_model, transaction_name: 'ACME PAY' } },
  ]
  const access_token = await linkCustom({ override_accounts: accounts })
  const days = { start_date: '2026-01-01', end_date: '2027-12-31' }
  const list = async () =>
    (await bank.client.transactionsGet({ access_token, ...days, options: { count: 500 } })).data
  const paid = ({ transactions }: Awaited<ReturnType<typeof list>>) =>
    transactions.filter(({ name }) => name === 'ACME PAY').map(({ date, amount }) => [date, amount])
  const before = await list()
  expect(paid(before)).toEqual([
    ['2026-10-25', -2500],
    ['2026-09-25', -2500],
    ['2026-08-25', -2500],
  ])
  expect(before.transactions.length).toBeGreaterThan(20)
  expect(before.accounts[0]?.balances.current).toBe(500)
  bank.clock.moveTo(Temporal.Instant.from('2026-12-26T15:00:00Z'))
  const after = await list()
  expect(paid(after).slice(0, 2)).toEqual([
    ['2026-12-25', -2500],
    ['2026-11-25', -2500],
  ])
  expect(after.accounts[0]?.balances.current).toBe(5500)
})

test('a JSON that cannot be read is refused where it is wrong', async () => {
  const wrong = await create('{"override_accounts":[{"meta":{"mask":"12345"}}]}', [Products.Auth])
  expect(wrong).toMatchObject({ status: 400, body: { error_code: 'INVALID_FIELD' } })
  expect(wrong.body.error_message).toContain('override_accounts.0.meta.mask')
})

test('holdings, trades and debts are those of the JSON; what it leaves out is made up', async () => {
  const security = { ticker_symbol: 'ACME', isin: 'US0000000001', currency: 'USD' }
  const brokerage = {
    type: 'investment',
    subtype: 'brokerage',
    holdings: [{ institution_price: 10.55, quantity: 2.5, cost_basis: 20, currency: 'USD', security }],
    // One in place of a list, as the vendor's schema has it.
    investment_transactions: {
      date: '2026-10-02',
      name: 'BUY ACME',
      quantity: 2.5,
      price: 8,
      fees: 1.5,
      type: 'buy',
      currency: 'USD',
      security,
    },
  }
  const credit = { type: 'credit', purchase_apr: 12.5, cash_apr: 30, is_overdue: true }
  const student = { type: 'student', principal: 9000, nominal_apr: 4.1, loan_status: { type: 'in school' } }
  const user = {
    override_accounts: [
      brokerage,
      { type: 'credit', subtype: 'credit card', liability: credit },
      { type: 'loan', subtype: 'student', liability: student },
    ],
  }
  const products = [Products.Investments, Products.Liabilities]
  const access_token = await linkCustom(user, products)
  const held = (await bank.post('/investments/holdings/get', { access_token })).body
  expect(held).toMatchObject({
    holdings: [{ institution_price: 10.55, quantity: 2.5, institution_value: 26.38, cost_basis: 20 }],
    securities: [{ ticker_symbol: 'ACME', isin: 'US0000000001', close_price: 10.55 }],
  })
  const days = { start_date: '2026-01-01', end_date: '2026-12-31' }
  const traded = (await bank.post('/investments/transactions/get', { access_token, ...days })).body
  expect(traded).toMatchObject({
    total_investment_transactions: 1,
    investment_transactions: [{ name: 'BUY ACME', amount: 21.5, fees: 1.5, type: 'buy', subtype: 'buy' }],
  })
  const owed = (await bank.post('/liabilities/get', { access_token })).body
  expect(owed.liabilities).toMatchObject({
    credit: [
      {
        aprs: [
          { apr_type: 'purchase_apr', apr_percentage: 12.5 },
          { apr_type: 'cash_apr', apr_percentage: 30 },
        ],
        is_overdue: true,
        minimum_payment_amount: 25,
      },
    ],
    student: [
      {
        origination_principal_amount: 9000,
        interest_rate_percentage: 4.1,
        loan_status: { type: 'in school', end_date: null },
        repayment_plan: { type: 'standard' },
      },
    ],
  })
  if (!hasVendorDocument) return
  const vendor = readVendorDocument()
  expect(vendor.problemsOf('/investments/holdings/get', held)).toBeNull()
  expect(vendor.problemsOf('/investments/transactions/get', traded)).toBeNull()
  expect(vendor.problemsOf('/liabilities/get', owed)).toBeNull()
})

test.for([
  ['INSTITUTION_NOT_RESPONDING', 400, 'INSTITUTION_NOT_RESPONDING'],
  ['INSTITUTION_NO_LONGER_SUPPORTED', 400, 'INSTITUTION_NO_LONGER_SUPPORTED'],
  ['INVALID_CREDENTIALS', 400, 'INVALID_CREDENTIALS'],
  ['INVALID_MFA', 400, 'INVALID_MFA'],
  ['ITEM_LOCKED', 400, 'ITEM_LOCKED'],
  ['ITEM_LOGIN_REQUIRED', 400, 'ITEM_LOGIN_REQUIRED'],
  ['ITEM_NOT_SUPPORTED', 400, 'ITEM_NOT_SUPPORTED'],
  ['INVALID_LINK_TOKEN', 400, 'INVALID_LINK_TOKEN'],
  ['MFA_NOT_SUPPORTED', 400, 'MFA_NOT_SUPPORTED'],
  ['NO_ACCOUNTS', 400, 'NO_ACCOUNTS'],
  ['PLAID_ERROR', 500, 'INTERNAL_SERVER_ERROR'],
  ['USER_INPUT_TIMEOUT', 400, 'USER_INPUT_TIMEOUT'],
  ['USER_SETUP_REQUIRED', 400, 'USER_SETUP_REQUIRED'],
] as const)('a custom user may force %s', async ([force_error, status, error_code]) => {
  const answer = await create(JSON.stringify({ force_error }), [Products.Auth])
  expect(answer).toMatchObject({ status, body: { error_code } })
})
