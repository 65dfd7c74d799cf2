import { Products } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { linkedItem, publicTokenOf } from '../../../servers/bank/test/linking.ts'
import { refusalOf } from '../../../servers/bank/test/refusal.ts'
import { type BankTarget, NOWHERE, openBank } from './support/bank-target.ts'

let bank: BankTarget

beforeAll(async () => {
  bank = await openBank()
})
afterAll(() => bank[Symbol.asyncDispose]())

const unknownToken = { status: 400, type: 'INVALID_INPUT', code: 'INVALID_ACCESS_TOKEN' }

test('an item that was just linked tells its products, no error, and that no webhook was sent', async () => {
  const asked = [Products.Auth, Products.Transactions]
  const { accessToken: access_token, itemId } = await linkedItem(bank.plaid, asked)
  expect(access_token).toMatch(/^access-sandbox-/)
  const { data } = await bank.plaid.itemGet({ access_token })
  expect(data.status).toMatchObject({
    transactions: expect.any(Object),
    investments: expect.any(Object),
    last_webhook: null,
  })
  expect(data.item).toMatchObject({ item_id: itemId, error: null, institution_id: 'ins_109508' })
  expect(data.item.billed_products).toEqual(expect.arrayContaining(asked))
  expect(data.item.available_products.filter((one) => data.item.billed_products.includes(one))).toEqual([])
})

test('an access token with another last character, or none at all, is INVALID_ACCESS_TOKEN', async () => {
  const { accessToken } = await linkedItem(bank.plaid)
  const mutated = accessToken.slice(0, -1) + (accessToken.endsWith('0') ? '1' : '0')
  for (const access_token of [mutated, 'invalid_token', accessToken.toUpperCase()]) {
    expect(await refusalOf(bank.plaid.accountsGet({ access_token }))).toMatchObject(unknownToken)
    expect(await refusalOf(bank.plaid.itemGet({ access_token }))).toMatchObject(unknownToken)
  }
})

test('a public token is exchanged once', async () => {
  const public_token = await publicTokenOf(bank.plaid)
  expect(public_token).toMatch(/^public-sandbox-/)
  await bank.plaid.itemPublicTokenExchange({ public_token })
  for (const used of [public_token, 'public-sandbox-none']) {
    expect(await refusalOf(bank.plaid.itemPublicTokenExchange({ public_token: used }))).toMatchObject({
      status: 400,
      type: 'INVALID_INPUT',
      code: 'INVALID_PUBLIC_TOKEN',
    })
  }
})

test('an item is removed once, and every later call says that it is gone', async () => {
  const { accessToken: access_token } = await linkedItem(bank.plaid)
  await bank.plaid.itemRemove({ access_token })
  const gone = { status: 400, type: 'ITEM_ERROR', code: 'ITEM_NOT_FOUND' }
  expect(await refusalOf(bank.plaid.itemRemove({ access_token }))).toMatchObject(gone)
  expect(await refusalOf(bank.plaid.itemGet({ access_token }))).toMatchObject(gone)
  expect(await refusalOf(bank.plaid.authGet({ access_token }))).toMatchObject(gone)
})

test('a rotated access token works in the place of the old one, which is dead', async () => {
  const { accessToken: access_token, itemId } = await linkedItem(bank.plaid)
  const { data } = await bank.plaid.itemAccessTokenInvalidate({ access_token })
  expect(data.new_access_token).not.toBe(access_token)
  const { data: read } = await bank.plaid.itemGet({ access_token: data.new_access_token })
  expect(read.item.item_id).toBe(itemId)
  expect(await refusalOf(bank.plaid.itemGet({ access_token }))).toMatchObject(unknownToken)
})

test('an item tells the webhook address that it was given, and null again', async () => {
  const { accessToken: access_token } = await linkedItem(bank.plaid)
  for (const webhook of [NOWHERE, `${NOWHERE}/two`, null]) {
    const { data } = await bank.plaid.itemWebhookUpdate({ access_token, webhook })
    expect(data.item.webhook).toBe(webhook)
    expect((await bank.plaid.itemGet({ access_token })).data.item.webhook).toBe(webhook)
  }
})

test('a login that was reset refuses every product, is told by item/get, and the item can still be removed', async () => {
  const { accessToken: access_token } = await linkedItem(bank.plaid)
  expect((await bank.plaid.sandboxItemResetLogin({ access_token })).data.reset_login).toBe(true)
  const broken = { status: 400, type: 'ITEM_ERROR', code: 'ITEM_LOGIN_REQUIRED' }
  expect(await refusalOf(bank.plaid.accountsGet({ access_token }))).toMatchObject(broken)
  expect(await refusalOf(bank.plaid.authGet({ access_token }))).toMatchObject(broken)
  const { data } = await bank.plaid.itemGet({ access_token })
  expect(data.item.error).toMatchObject({ error_code: 'ITEM_LOGIN_REQUIRED', display_message: null })
  await bank.plaid.itemWebhookUpdate({ access_token, webhook: NOWHERE })
  await bank.plaid.itemRemove({ access_token })
})

test('two links of one login are two items that share no id', async () => {
  const [one, two] = [await linkedItem(bank.plaid), await linkedItem(bank.plaid)]
  const ids = [one, two].flatMap(({ itemId, accounts }) => [itemId, ...accounts.map((row) => row.account_id)])
  expect(new Set(ids).size).toBe(ids.length)
  expect(one.accounts.map(({ mask }) => mask)).toEqual(two.accounts.map(({ mask }) => mask))
})
