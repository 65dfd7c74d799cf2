import { Products } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { linkedItem } from '../../../servers/bank/test/linking.ts'
import { type BankTarget, openBank } from './support/bank-target.ts'
import { onceReady } from './support/ready.ts'

let bank: BankTarget
let access_token: string

beforeAll(async () => {
  bank = await openBank()
  access_token = (await linkedItem(bank.plaid, [Products.Transactions])).accessToken
})
afterAll(() => bank[Symbol.asyncDispose]())

test('transactions are PRODUCT_NOT_READY at first, and then come by the page, newest first', async () => {
  const { accessToken: access_token } = await linkedItem(bank.plaid, [Products.Transactions])
  const days = { start_date: '2000-01-01', end_date: '2100-01-01' }
  const early = await bank.post('/transactions/get', { access_token, ...days })
  expect([200, 400]).toContain(early.status)
  if (early.status === 400) {
    expect(early.body).toMatchObject({ error_type: 'ITEM_ERROR', error_code: 'PRODUCT_NOT_READY' })
  }
  await onceReady(bank, () => bank.plaid.transactionsGet({ access_token, ...days }))
  await bank.pass(10)
  const { data: all } = await bank.plaid.transactionsGet({
    access_token,
    ...days,
    options: { count: 500 },
  })
  const { data: page } = await bank.plaid.transactionsGet({
    access_token,
    ...days,
    options: { count: 2, offset: 1 },
  })
  expect(page.transactions).toHaveLength(2)
  expect(page.total_transactions).toBe(all.total_transactions)
  expect(page.transactions).toEqual(all.transactions.slice(1, 3))
  const dates = all.transactions.map(({ date }) => date)
  expect(dates).toEqual(dates.toSorted().toReversed())
})

test('every account has an owner with all keys of an address', async () => {
  const { data } = await bank.plaid.identityGet({ access_token })
  expect(data.accounts.length).toBeGreaterThan(1)
  for (const { owners } of data.accounts) {
    expect(owners.length).toBeGreaterThanOrEqual(1)
    for (const { addresses } of owners) {
      expect(addresses.length).toBeGreaterThanOrEqual(1)
      for (const { data: address } of addresses) {
        expect(Object.keys(address).toSorted()).toEqual([
          'city',
          'country',
          'postal_code',
          'region',
          'street',
        ])
      }
    }
  }
})

test('checking and savings have ACH numbers whose end is the mask', async () => {
  const { data } = await bank.plaid.authGet({ access_token })
  for (const subtype of ['checking', 'savings']) {
    const account = data.accounts.find((one) => one.subtype === subtype)
    const numbers = data.numbers.ach.find(({ account_id }) => account_id === account?.account_id)
    expect(numbers?.routing).toMatch(/^\d{9}$/)
    expect(numbers?.account.endsWith(account?.mask ?? 'none')).toBe(true)
  }
})

test('a product that the item lacks is added by its first call, and told by item/get', async () => {
  const { accessToken: access_token } = await linkedItem(bank.plaid, [Products.Transactions])
  const before = (await bank.plaid.itemGet({ access_token })).data.item
  for (const product of ['identity', 'liabilities', 'auth', 'investments']) {
    expect(before.available_products).toContain(product)
  }
  await bank.plaid.identityGet({ access_token })
  await bank.plaid.liabilitiesGet({ access_token })
  await bank.plaid.authGet({ access_token })
  await onceReady(bank, () => bank.plaid.investmentsHoldingsGet({ access_token }))
  const after = (await bank.plaid.itemGet({ access_token })).data.item
  for (const product of [Products.Identity, Products.Liabilities, Products.Auth, Products.Investments]) {
    expect(after.billed_products).toContain(product)
    expect(after.available_products).not.toContain(product)
  }
})

test('investment transactions of a year before there were any are an empty list', async () => {
  const days = { start_date: '2019-03-01', end_date: '2019-04-30' }
  const { data } = await onceReady(bank, () =>
    bank.plaid.investmentsTransactionsGet({ access_token, ...days }),
  )
  expect(data).toMatchObject({ investment_transactions: [], total_investment_transactions: 0 })
})

test('every holding has its security and its account, and cards have their liabilities', async () => {
  const { data } = await onceReady(bank, () => bank.plaid.investmentsHoldingsGet({ access_token }))
  const securities = new Set(data.securities.map(({ security_id }) => security_id))
  const accounts = new Set(data.accounts.map(({ account_id }) => account_id))
  expect(data.holdings.length).toBeGreaterThan(0)
  for (const { security_id, account_id } of data.holdings) {
    expect([securities.has(security_id), accounts.has(account_id)]).toEqual([true, true])
  }
  const { data: owed } = await bank.plaid.liabilitiesGet({ access_token })
  const cards = owed.accounts.filter(({ type }) => type === 'credit')
  expect(owed.liabilities.credit?.map(({ account_id }) => account_id)).toEqual(
    expect.arrayContaining(cards.map(({ account_id }) => account_id)),
  )
})

test('identity is compared: the same name scores 100, and what was not given is null', async () => {
  const { data: known } = await bank.plaid.identityGet({ access_token })
  const legal_name = known.accounts[0]?.owners[0]?.names[0] ?? ''
  const { data } = await bank.plaid.identityMatch({ access_token, user: { legal_name } })
  for (const account of data.accounts) {
    expect(account.legal_name?.score).toBe(100)
    expect(account.email_address).toEqual({ score: null })
  }
})

test('recurring streams keep the sign of their transactions', async () => {
  const { data } = await onceReady(bank, () => bank.plaid.transactionsRecurringGet({ access_token }))
  for (const { average_amount } of data.outflow_streams) expect(average_amount.amount).toBeGreaterThan(0)
  for (const { average_amount } of data.inflow_streams) expect(average_amount.amount).toBeLessThan(0)
})

test('a risk is told once for each of the client’s own ids', async () => {
  const { data } = await bank.plaid.accountsGet({ access_token })
  const account_id = data.accounts.find(({ subtype }) => subtype === 'checking')?.account_id ?? ''
  const client_transaction_id = crypto.randomUUID()
  const question = { access_token, account_id, client_transaction_id, amount: 20 }
  const told = await onceReady(bank, () => bank.plaid.signalEvaluate(question))
  expect(told.data.ruleset?.result ?? 'ACCEPT').toMatch(/^(?:ACCEPT|REVIEW|REROUTE)$/)
  await bank.plaid.signalDecisionReport({ client_transaction_id, initiated: true })
  await bank.plaid.signalReturnReport({ client_transaction_id, return_code: 'R01' })
  expect(await bank.post('/signal/evaluate', question)).toMatchObject({
    status: 400,
    body: { error_type: 'SIGNAL_ERROR', error_code: 'CLIENT_TRANSACTION_ID_ALREADY_IN_USE' },
  })
  const unknown = { client_transaction_id: crypto.randomUUID(), initiated: true }
  expect((await bank.post('/signal/decision/report', unknown)).body.error_code).toBe('INVALID_FIELD')
})
