import { ProcessorTokenCreateRequestProcessorEnum as Processor } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrokerWorld, brokerWorld } from '../../../../servers/broker/test/broker-world.ts'
import { type BankTarget, json, NOWHERE, openBank } from '../support/bank-target.ts'
import { throughLink } from '../support/through-link.ts'

/** The calls of the public applications that this product grew from, with the bodies that they send. */
let bank: BankTarget
let broker: BrokerWorld

beforeAll(async () => {
  bank = await openBank()
  const { clientId, secret } = bank.partnerKeys
  broker = await brokerWorld({ bank: { baseUrl: bank.url, clientId, secret } })
})
afterAll(async () => {
  await broker[Symbol.asyncDispose]()
  await bank[Symbol.asyncDispose]()
})

/** The broker redeems the token with its own keys, and approves what it found. */
async function relationshipOf(processor_token: string) {
  const account = await broker.activeAccount()
  const path = `/v1/accounts/${account}/ach_relationships`
  const created = await broker.must(broker.call('POST', path, { processor_token }))
  expect(created).toMatchObject({ account_id: account, status: 'QUEUED', bank_account_type: 'CHECKING' })
  expect((await broker.call('POST', path, { processor_token })).status).toBe(409)
  await broker.must(broker.advance({ seconds: 2 }))
  const { body } = await broker.call('GET', `${path}?statuses=APPROVED`)
  expect(body).toHaveLength(1)
  expect((await broker.call('DELETE', `${path}/${created.id}`)).status).toBe(204)
  return body[0]
}

test('the brokerage with a React page: Link, exchange, a token for alpaca, an approved relationship', async () => {
  const { data: link } = await bank.plaid.linkTokenCreate({
    products: ['auth'],
    client_name: 'Brokerage',
    country_codes: ['US'],
    language: 'en',
    webhook: NOWHERE,
    user: { client_user_id: 'b2d2a4a2-6f4e-4a8e-9d0c-3f7e3c1d5b11' },
  } as never)
  const { public_token, metadata } = await throughLink(bank.url, link.link_token)
  const account_id = metadata.accounts[0]?.id ?? ''
  const { data: item } = await bank.plaid.itemPublicTokenExchange({ public_token })
  const { data } = await bank.plaid.processorTokenCreate({
    access_token: item.access_token,
    account_id,
    processor: Processor.Alpaca,
  })
  expect(await relationshipOf(data.processor_token)).toMatchObject({ status: 'APPROVED' })
})

test('the documentation’s curl: the same with the keys in the body, and by the sandbox’s short way', async () => {
  const { clientId: client_id, secret } = bank.keys
  const call = async (path: string, body: object) => {
    const answer = await bank.post(path, { client_id, secret, ...body }, json)
    expect([path, answer.status, answer.body.error_message]).toEqual([path, 200, undefined])
    return answer.body
  }
  const made = await call('/sandbox/public_token/create', {
    institution_id: 'ins_109508',
    initial_products: ['auth'],
    options: { webhook: NOWHERE },
  })
  const { access_token } = await call('/item/public_token/exchange', { public_token: made.public_token })
  const { accounts } = await call('/accounts/get', { access_token })
  const { processor_token } = await call('/processor/token/create', {
    access_token,
    account_id: accounts[0].account_id,
    processor: 'alpaca',
  })
  await relationshipOf(processor_token)

  // The short way names no processor: the partner asks for itself.
  const { data } = await bank.partner.sandboxProcessorTokenCreate({ institution_id: 'ins_109508' })
  await relationshipOf(data.processor_token)
})

test('the old Python client: keys in the body of every call, empty options, pages by the date', async () => {
  const { clientId: client_id, secret } = bank.keys
  const headers = { ...json, 'User-Agent': 'Plaid Python v7.4.0', 'Plaid-Version': '2020-09-14' }
  const call = async (path: string, body: object) => {
    const answer = await bank.post(path, { ...body, client_id, secret }, headers)
    expect([path, answer.status, answer.body.error_message]).toEqual([path, 200, undefined])
    return answer.body
  }
  const made = await call('/sandbox/public_token/create', {
    institution_id: 'ins_109508',
    initial_products: ['transactions', 'identity'],
    options: {},
  })
  const { access_token } = await call('/item/public_token/exchange', { public_token: made.public_token })
  await bank.pass(10)

  const identity = await call('/identity/get', { access_token })
  for (const { owners, balances } of identity.accounts) {
    expect(owners[0].names[0]).toMatch(/\S/)
    expect(balances).toEqual(
      expect.objectContaining({ available: balances.available, current: balances.current }),
    )
  }
  const { accounts } = await call('/accounts/get', { access_token, options: {} })
  const account_ids = [accounts[0].account_id]
  await call('/accounts/balance/get', { access_token, options: { account_ids } })
  const listed = await call('/transactions/get', {
    access_token,
    start_date: '2026-10-21',
    end_date: '2026-11-20',
    options: { account_ids, count: 500, offset: 0 },
  })
  expect(listed.transactions.length).toBeGreaterThan(0)
  for (const { account_id, category, amount, date } of listed.transactions) {
    expect(account_id).toBe(account_ids[0])
    // It shows the first word of the category, unguarded, and colours by the sign.
    expect([typeof category[0], typeof amount, date.length]).toEqual(['string', 'number', 10])
  }
  const categories = await bank.post('/categories/get', {}, headers)
  expect(categories.body.categories.length).toBeGreaterThan(12)
})
