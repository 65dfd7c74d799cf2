import { CountryCode, DepositoryAccountSubtype, Products } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { brokerageLink, linkedItem } from '../../../servers/bank/test/linking.ts'
import { refusalOf } from '../../../servers/bank/test/refusal.ts'
import { type BankTarget, isElsewhere, NOWHERE, openBank } from './support/bank-target.ts'

let bank: BankTarget

beforeAll(async () => {
  bank = await openBank()
})
afterAll(() => bank[Symbol.asyncDispose]())

test('a link token says its environment, and link/token/get echoes what was asked for', async () => {
  const request = {
    ...brokerageLink,
    products: [Products.Auth, Products.Transactions],
    country_codes: [CountryCode.Us, CountryCode.Ca],
    webhook: NOWHERE,
    account_filters: { depository: { account_subtypes: [DepositoryAccountSubtype.Checking] } },
    // A return address must be registered with the vendor first.
    ...(isElsewhere ? {} : { redirect_uri: 'http://localhost:3000/' }),
  }
  const { data } = await bank.plaid.linkTokenCreate(request)
  expect(data.link_token).toMatch(/^link-sandbox-/)
  const { data: read } = await bank.plaid.linkTokenGet({ link_token: data.link_token })
  expect(read).toMatchObject({ link_token: data.link_token, expiration: data.expiration })
  expect(read.metadata).toMatchObject({
    initial_products: ['auth', 'transactions'],
    webhook: request.webhook,
    country_codes: ['US', 'CA'],
    language: 'en',
    client_name: 'Paddock',
    account_filters: request.account_filters,
    redirect_uri: isElsewhere ? null : 'http://localhost:3000/',
  })
})

test('a link token lives four hours, and half an hour in update mode', async () => {
  const hoursOf = ({ created_at, expiration }: { created_at: string | null; expiration: string | null }) =>
    (Date.parse(expiration ?? '') - Date.parse(created_at ?? '')) / 3_600_000
  const { accessToken: access_token } = await linkedItem(bank.plaid)
  const { products: _, ...update } = brokerageLink
  for (const [request, hours] of [
    [brokerageLink, 4],
    [{ ...update, access_token }, 0.5],
  ] as const) {
    const { data } = await bank.plaid.linkTokenCreate(request)
    const { data: read } = await bank.plaid.linkTokenGet({ link_token: data.link_token })
    expect(hoursOf(read)).toBeCloseTo(hours, 1)
  }
})

test('a link token that nobody made is INVALID_LINK_TOKEN', async () => {
  const unknown = bank.plaid.linkTokenGet({ link_token: 'link-sandbox-6ee23553-07cf-4b11-b544-b44f840072be' })
  expect(await refusalOf(unknown)).toMatchObject({
    status: 400,
    type: 'INVALID_INPUT',
    code: 'INVALID_LINK_TOKEN',
  })
})
