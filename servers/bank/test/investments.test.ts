import { Products } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { linkedItem, PLATYPUS } from './linking.ts'
import { refusalOf } from './refusal.ts'
import { webhookReceiver } from './webhook-receiver.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await bankWith()
})
afterAll(() => bank[Symbol.asyncDispose]())

async function checkingOnly(client: TestBank['client']) {
  const user = { override_accounts: [{ type: 'depository', subtype: 'checking' }] }
  const options = { override_username: 'user_custom', override_password: JSON.stringify(user) }
  const { data } = await client.sandboxPublicTokenCreate({
    institution_id: PLATYPUS,
    initial_products: [Products.Auth],
    options,
  })
  return (await client.itemPublicTokenExchange({ public_token: data.public_token })).data.access_token
}

test('holdings add up to the balance of each account, cash included, and name their securities', async () => {
  const { accessToken: access_token } = await linkedItem(bank.client)
  const { data } = await bank.client.investmentsHoldingsGet({ access_token })
  expect(data.accounts.map(({ mask }) => mask)).toEqual(['5555', '6666'])
  for (const account of data.accounts) {
    const held = data.holdings.filter(({ account_id }) => account_id === account.account_id)
    const cents = held.map(({ institution_value }) => Math.round(institution_value * 100))
    expect(cents.reduce((sum, value) => sum + value, 0)).toBe(
      Math.round((account.balances.current ?? 0) * 100),
    )
    expect(account.balances).toHaveProperty('margin_loan_amount', null)
  }
  const known = data.securities.map(({ security_id }) => security_id)
  expect(new Set(known).size).toBe(known.length)
  for (const { security_id } of data.holdings) expect(known).toContain(security_id)
  const again = await bank.client.investmentsHoldingsGet({ access_token })
  expect(again.data.holdings).toEqual(data.holdings)
  const { data: item } = await bank.client.itemGet({ access_token })
  expect(item.item.products).toContain('investments')
})

test('investment transactions come newest first and in pages; 2019 has none', async () => {
  const { accessToken: access_token } = await linkedItem(bank.client)
  const get = async (start_date: string, end_date: string, options: object = {}) =>
    (await bank.client.investmentsTransactionsGet({ access_token, start_date, end_date, options })).data
  const all = await get('2024-01-01', '2026-11-20')
  const dates = all.investment_transactions.map(({ date }) => date)
  expect(dates).toEqual(dates.toSorted().reverse())
  expect(all.total_investment_transactions).toBe(48)
  const pages = await Promise.all(
    [0, 30].map((offset) => get('2024-01-01', '2026-11-20', { count: 30, offset })),
  )
  expect(pages.flatMap((page) => page.investment_transactions)).toEqual(all.investment_transactions)
  const none = await get('2019-01-01', '2019-12-31')
  expect(none).toMatchObject({
    investment_transactions: [],
    total_investment_transactions: 0,
    securities: [],
  })
})

test('cards, the mortgage and the student loan are liabilities', async () => {
  const { accessToken: access_token } = await linkedItem(bank.client)
  const { data } = await bank.client.liabilitiesGet({ access_token })
  expect(data.accounts.map(({ mask }) => mask)).toEqual(['3333', '7777', '8888', '9999'])
  const { credit, mortgage, student } = data.liabilities
  expect([credit?.length, mortgage?.length, student?.length]).toEqual([2, 1, 1])
  expect(credit?.[0]).toMatchObject({
    is_overdue: false,
    last_payment_date: '2026-11-12',
    next_payment_due_date: '2026-12-12',
  })
  const { account_id } = data.accounts[0] ?? { account_id: '' }
  const one = await bank.client.liabilitiesGet({ access_token, options: { account_ids: [account_id] } })
  expect(one.data.liabilities).toMatchObject({ credit: [{ account_id }], mortgage: null, student: null })
})

test('a refresh tells of the trades since the last one, and the item of when it was', async () => {
  await using bank = await bankWith()
  await using receiver = await webhookReceiver()
  const { accessToken: access_token } = await linkedItem(bank.client, [Products.Auth, Products.Investments])
  const pass = (time: Temporal.DurationLike) => bank.clock.advanceTo(bank.clock.now().add(time))
  await bank.client.itemWebhookUpdate({ access_token, webhook: receiver.url })
  await pass({ hours: 20 * 24 })
  const readAt = async () =>
    (await bank.client.itemGet({ access_token })).data.status?.investments?.last_successful_update
  expect(await readAt()).toBe('2026-11-20T15:00:00.000Z')
  await bank.client.investmentsRefresh({ access_token })
  await pass({ seconds: 1 })
  expect(await readAt()).toBe('2026-12-10T15:00:00.000Z')
  await bank.client.investmentsRefresh({ access_token })
  await pass({ seconds: 1 })
  const told = receiver.received.slice(1).map(({ body }) => body)
  expect(told).toMatchObject([
    { webhook_type: 'HOLDINGS', webhook_code: 'DEFAULT_UPDATE', new_holdings: 0, updated_holdings: 6 },
    { webhook_type: 'INVESTMENTS_TRANSACTIONS', new_investments_transactions: 2 },
    { webhook_type: 'HOLDINGS' },
    {
      webhook_type: 'INVESTMENTS_TRANSACTIONS',
      webhook_code: 'DEFAULT_UPDATE',
      new_investments_transactions: 0,
      cancelled_investments_transactions: 0,
    },
  ])
})

test('who would rather be told waits for the webhook, and is then answered', async () => {
  await using receiver = await webhookReceiver()
  const { accessToken: access_token } = await linkedItem(bank.client)
  await bank.client.itemWebhookUpdate({ access_token, webhook: receiver.url })
  const get = (async_update: boolean) =>
    bank.client.investmentsTransactionsGet({
      access_token,
      start_date: '2024-01-01',
      end_date: '2026-12-31',
      options: { async_update },
    })
  for (const seconds of [0, 4]) {
    await bank.clock.advanceTo(bank.clock.now().add({ seconds }))
    expect(await refusalOf(get(true))).toMatchObject({ type: 'ITEM_ERROR', code: 'PRODUCT_NOT_READY' })
  }
  await get(false)
  await bank.clock.advanceTo(bank.clock.now().add({ seconds: 1 }))
  const { data } = await get(true)
  await bank.clock.advanceTo(bank.clock.now().add({ hours: 1 }))
  expect(receiver.received.slice(1).map(({ body }) => body)).toMatchObject([
    {
      webhook_type: 'INVESTMENTS_TRANSACTIONS',
      webhook_code: 'HISTORICAL_UPDATE',
      new_investments_transactions: data.total_investment_transactions,
      cancelled_investments_transactions: 0,
    },
  ])
})

test('holdings can be moved elsewhere by ACATS, those of a workplace plan by the plan', async () => {
  const { accessToken: access_token } = await linkedItem(bank.client)
  const { data } = await bank.client.investmentsAuthGet({ access_token })
  const [ira, plan] = data.accounts
  expect(data.numbers).toMatchObject({
    acats: [{ account_id: ira?.account_id, account: expect.stringMatching(/^\d{5}5555$/) }],
    aton: [],
    retirement_401k: [{ account_id: plan?.account_id, account: expect.stringMatching(/^\d{5}6666$/) }],
  })
  expect(data.owners).toEqual(
    [ira, plan].map((one) => ({ account_id: one?.account_id, names: ['Nora Quill'] })),
  )
  expect(data.data_sources).toEqual({
    numbers: 'INSTITUTION',
    owners: 'INSTITUTION',
    holdings: 'INSTITUTION',
  })
  expect(data.holdings).toEqual((await bank.client.investmentsHoldingsGet({ access_token })).data.holdings)
  expect((await bank.client.itemGet({ access_token })).data.item.products).toContain('investments_auth')
})

test('without a fitting account they are refused', async () => {
  const access_token = await checkingOnly(bank.client)
  expect(await refusalOf(bank.client.investmentsHoldingsGet({ access_token }))).toMatchObject({
    status: 400,
    type: 'ITEM_ERROR',
    code: 'NO_INVESTMENT_ACCOUNTS',
  })
  expect(await refusalOf(bank.client.investmentsAuthGet({ access_token }))).toMatchObject({
    type: 'ITEM_ERROR',
    code: 'NO_INVESTMENT_AUTH_ACCOUNTS',
  })
  expect(await refusalOf(bank.client.liabilitiesGet({ access_token }))).toMatchObject({
    code: 'NO_LIABILITY_ACCOUNTS',
  })
})
