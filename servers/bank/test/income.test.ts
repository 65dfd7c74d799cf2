import { CountryCode, type CreditBankIncome, Products } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { PLATYPUS } from './linking.ts'
import { refusalOf } from './refusal.ts'
import { hasVendorDocument, readVendorDocument } from './vendor-document.ts'
import { webhookReceiver } from './webhook-receiver.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await bankWith()
})
afterAll(() => bank[Symbol.asyncDispose]())

async function newUser(name: string) {
  const { data } = await bank.client.userCreate({ client_user_id: name })
  return { user_id: data.user_id ?? '', user_token: data.user_token ?? '' }
}

async function linkFor(user: { user_token: string }, username: string, options: object = {}) {
  const { data } = await bank.client.sandboxPublicTokenCreate({
    institution_id: PLATYPUS,
    initial_products: [Products.IncomeVerification],
    user_token: user.user_token,
    options: { override_username: username, override_password: '{}', ...options },
  })
  return (await bank.client.itemPublicTokenExchange({ public_token: data.public_token })).data
}

const incomeOf = async (user: { user_token: string }, options?: object) =>
  (await bank.client.creditBankIncomeGet({ user_token: user.user_token, ...(options && { options }) })).data

const sourcesOf = (income: CreditBankIncome | undefined) => income?.items?.[0]?.bank_income_sources ?? []

test('income is read from what the bank has: each source, how often it pays, and the months', async () => {
  const user = await newUser('paid in several ways')
  const { item_id } = await linkFor(user, 'user_bank_income')
  const { bank_income } = await incomeOf(user)
  expect(bank_income).toHaveLength(1)
  const [income] = bank_income ?? []
  expect(income).toMatchObject({ days_requested: 365, warnings: [], items: [{ item_id }] })

  const sources = sourcesOf(income)
  const told = sources.map(({ income_description, income_category, pay_frequency }) => [
    income_description,
    income_category,
    pay_frequency,
  ])
  expect(told).toEqual(
    expect.arrayContaining([
      ['LARKSPUR LOGISTICS PAYROLL', 'SALARY', 'BIWEEKLY'],
      ['GULL COTTAGE RENTALS PAYOUT', 'RENTAL', 'MONTHLY'],
      ['BASKET DASH EARNINGS', 'GIG_ECONOMY', 'WEEKLY'],
      ['OREGON CHILD SUPPORT', 'CHILD_SUPPORT', 'MONTHLY'],
      ['INTEREST PAYMENT', 'BANK_INTEREST', 'MONTHLY'],
    ]),
  )
  // Transfers between own accounts are no income.
  expect(told.flat().join()).not.toMatch(/TRANSFER/)

  const salary = sources.find(({ income_category }) => income_category === 'SALARY')
  // Every second Friday of 366 days, of which the first and the last are such Fridays.
  expect(salary?.transaction_count).toBe(27)
  expect(salary?.total_amount).toBeCloseTo(27 * 1421.6, 2)
  const summary = income?.bank_income_summary
  const cents = (amounts: (number | undefined)[]) =>
    amounts.reduce<number>((sum, amount) => sum + Math.round((amount ?? 0) * 100), 0)
  const total = cents([summary?.total_amount])
  expect(cents(sources.map(({ total_amount }) => total_amount))).toBe(total)
  const months = summary?.historical_summary ?? []
  expect(months).toHaveLength(13)
  expect(cents(months.map(({ total_amount }) => total_amount))).toBe(total)
  expect(months.flatMap(({ transactions }) => transactions ?? [])).toHaveLength(
    summary?.income_transactions_count ?? -1,
  )
  expect(summary).toMatchObject({ income_sources_count: sources.length, iso_currency_code: 'USD' })
})

test('a report has the days that were asked for; there is one for each linking, the newest first', async () => {
  const user = await newUser('two banks')
  const first = await linkFor(user, 'user_bank_income')
  bank.clock.moveTo(bank.clock.now().add({ seconds: 1 }))
  const bank_income = { days_requested: 30 }
  const second = await linkFor(user, 'user_gig_worker', { income_verification: { bank_income } })
  expect((await incomeOf(user)).bank_income).toHaveLength(1)
  const { bank_income: both = [] } = await incomeOf(user, { count: 5 })
  expect(both.map(({ items }) => items?.[0]?.item_id)).toEqual([second.item_id, first.item_id])
  expect(both[0]).toMatchObject({ days_requested: 30 })
  for (const { start_date } of sourcesOf(both[0])) expect((start_date ?? '') >= '2026-10-21').toBe(true)
  await bank.client.itemRemove({ access_token: second.access_token })
  expect((await incomeOf(user, { count: 5 })).bank_income).toHaveLength(1)
})

test('nobody without the product or of another client has income here', async () => {
  const user = await newUser('nobody paid')
  await bank.client.sandboxPublicTokenCreate({
    institution_id: PLATYPUS,
    initial_products: [Products.Auth],
    user_token: user.user_token,
  })
  expect((await incomeOf(user)).bank_income).toEqual([])
  expect(await refusalOf(bank.stranger.creditBankIncomeGet(user))).toMatchObject({
    code: 'INVALID_USER_TOKEN',
  })
  const link = {
    client_name: 'Paddock',
    language: 'en',
    country_codes: [CountryCode.Us],
    products: [Products.IncomeVerification],
    income_verification: { income_source_types: ['bank'], bank_income: { days_requested: 60 } },
  }
  const unnamed = { ...link, user: { client_user_id: 'x' } }
  expect(await refusalOf(bank.client.linkTokenCreate(unnamed as never))).toMatchObject({
    code: 'MISSING_FIELDS',
  })
  const { data } = await bank.client.linkTokenCreate({ ...link, user_token: user.user_token } as never)
  expect(data.link_token).toMatch(/^link-sandbox-/)
})

test('the webhook of a refreshed report can be fired, and goes where the item or the caller says', async () => {
  await using receiver = await webhookReceiver()
  const user = await newUser('listening')
  const webhook_fields = { user_id: user.user_id }
  const fire = (more: object) =>
    bank.post('/sandbox/bank_income/fire_webhook', {
      webhook_code: 'BANK_INCOME_REFRESH_COMPLETE',
      webhook_fields,
      ...more,
    })
  expect((await fire({})).body.error_code).toBe('SANDBOX_WEBHOOK_INVALID')
  await fire({ webhook_override: receiver.url, webhook_code: 'BANK_INCOME_REFRESH_UPDATE' })
  await linkFor(user, 'user_bank_income', { webhook: receiver.url })
  await fire({})
  await bank.clock.advanceTo(bank.clock.now().add({ seconds: 1 }))
  const told = receiver.received
    .map(({ body }) => body)
    .filter(({ webhook_type }) => webhook_type === 'INCOME')
  const event = { webhook_type: 'INCOME', user_id: user.user_id, environment: 'sandbox' }
  expect(told).toEqual([
    { ...event, webhook_code: 'BANK_INCOME_REFRESH_UPDATE' },
    { ...event, webhook_code: 'BANK_INCOME_REFRESH_COMPLETE', result: 'SUCCESS' },
  ])
})

test.skipIf(!hasVendorDocument)('a report has the shape that the vendor describes', async () => {
  const user = await newUser('looked at')
  await linkFor(user, 'user_small_business')
  const { body } = await bank.post('/credit/bank_income/get', { user_id: user.user_id })
  expect(readVendorDocument().problemsOf('/credit/bank_income/get', body)).toBeNull()
  expect(sourcesOf((body.bank_income as CreditBankIncome[])[0])).not.toEqual([])
})
