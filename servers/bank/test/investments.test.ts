import { Products } from 'plaid'
import { expect, test } from 'vitest'
import { bankWith } from './bank-with.ts'
import { linkedItem, PLATYPUS } from './linking.ts'
import { refusalOf } from './refusal.ts'

async function checkingOnly(client: Awaited<ReturnType<typeof bankWith>>['client']) {
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
  await using bank = await bankWith()
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
  await using bank = await bankWith()
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
  await using bank = await bankWith()
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

test('without a fitting account both are refused', async () => {
  await using bank = await bankWith()
  const access_token = await checkingOnly(bank.client)
  expect(await refusalOf(bank.client.investmentsHoldingsGet({ access_token }))).toMatchObject({
    status: 400,
    type: 'ITEM_ERROR',
    code: 'NO_INVESTMENT_ACCOUNTS',
  })
  expect(await refusalOf(bank.client.liabilitiesGet({ access_token }))).toMatchObject({
    code: 'NO_LIABILITY_ACCOUNTS',
  })
})
