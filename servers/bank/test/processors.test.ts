import { ProcessorTokenCreateRequestProcessorEnum as Processor, Products } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { linkedItem } from './linking.ts'
import { refusalOf } from './refusal.ts'
import { linkUser } from './transaction-steps.ts'
import { webhookReceiver } from './webhook-receiver.ts'

let bank: TestBank
let access_token: string
/** Processor tokens by the last digits of their account. */
const tokens: Record<string, string> = {}

beforeAll(async () => {
  bank = await bankWith()
  const products = [Products.Auth, Products.Liabilities, Products.Investments]
  const linked = await linkedItem(bank.client, products)
  access_token = linked.accessToken
  for (const { mask, account_id } of linked.accounts) {
    if (['0000', '3333', '5555', '8888'].includes(mask ?? '')) {
      tokens[mask ?? ''] = await tokenFor(access_token, account_id)
    }
  }
})
afterAll(() => bank[Symbol.asyncDispose]())

async function tokenFor(accessToken: string, account_id: string) {
  const request = { access_token: accessToken, account_id, processor: Processor.Alpaca }
  return (await bank.client.processorTokenCreate(request)).data.processor_token
}

const tokenOf = (mask: string) => ({ processor_token: tokens[mask] ?? '' })
const pass = (seconds: number) => bank.clock.advanceTo(bank.clock.now().add({ seconds }))

test('a card, a loan and an investment account get a token only where the item has what they are good for', async () => {
  expect(Object.keys(tokens)).toHaveLength(4)
  const bare = await linkedItem(bank.client)
  for (const { account_id, type } of bare.accounts.filter((one) => one.type !== 'depository')) {
    const refused = await refusalOf(tokenFor(bare.accessToken, account_id))
    expect(refused, type).toMatchObject({ code: 'PRODUCTS_NOT_SUPPORTED' })
  }
  const auth = bank.partner.processorAuthGet(tokenOf('3333'))
  expect(await refusalOf(auth)).toMatchObject({ code: 'NO_AUTH_ACCOUNTS' })
})

test('a processor reads what its account owes, and no other account of the item', async () => {
  const { data: card } = await bank.partner.processorLiabilitiesGet(tokenOf('3333'))
  expect(card.account.mask).toBe('3333')
  expect(card.liabilities).toMatchObject({
    credit: [{ account_id: card.account.account_id }],
    mortgage: null,
    student: null,
  })
  const { data: loan } = await bank.partner.processorLiabilitiesGet(tokenOf('8888'))
  expect(loan.liabilities).toMatchObject({ credit: [], student: null })
  expect(loan.liabilities.mortgage).toHaveLength(1)
  const ours = await bank.client.liabilitiesGet({ access_token })
  expect(loan.liabilities.mortgage).toEqual(ours.data.liabilities.mortgage)
  expect(await refusalOf(bank.partner.processorLiabilitiesGet(tokenOf('0000')))).toMatchObject({
    type: 'ITEM_ERROR',
    code: 'NO_LIABILITY_ACCOUNTS',
  })
})

test('a processor reads the holdings, trades and transfer numbers of its account', async () => {
  const token = tokenOf('5555')
  const { data: held } = await bank.partner.processorInvestmentsHoldingsGet(token)
  const { account_id } = held.account
  const ours = await bank.client.investmentsHoldingsGet({
    access_token,
    options: { account_ids: [account_id] },
  })
  expect(held.holdings).toEqual(ours.data.holdings)
  expect(held.account.balances).toHaveProperty('margin_loan_amount', null)
  const days = { start_date: '2026-01-01', end_date: '2026-11-20' }
  const { data: trades } = await bank.partner.processorInvestmentsTransactionsGet({
    ...token,
    ...days,
    options: { count: 3 },
  })
  expect(trades.investment_transactions).toHaveLength(3)
  expect(trades.total_investment_transactions).toBe(11)
  const foreign = { ...token, ...days, options: { account_ids: ['other'] } }
  expect(await refusalOf(bank.partner.processorInvestmentsTransactionsGet(foreign))).toMatchObject({
    code: 'INVALID_ACCOUNT_ID',
  })
  const { data: transfer } = await bank.partner.processorInvestmentsAuthGet(token)
  expect(transfer).toMatchObject({
    owners: [{ account_id, names: ['Nora Quill'] }],
    numbers: { acats: [{ account_id, account: expect.stringMatching(/^\d{5}5555$/) }], retirement_401k: [] },
  })
  expect(transfer.holdings).toEqual(held.holdings)
  const cash = tokenOf('0000')
  expect(await refusalOf(bank.partner.processorInvestmentsHoldingsGet(cash))).toMatchObject({
    code: 'NO_INVESTMENT_ACCOUNTS',
  })
  expect(await refusalOf(bank.partner.processorInvestmentsAuthGet(cash))).toMatchObject({
    code: 'NO_INVESTMENT_AUTH_ACCOUNTS',
  })
})

test('a token that was restricted reads only those products, until it is given all back', async () => {
  const { checking, accessToken } = await linkedItem(bank.client, [Products.Auth, Products.Transactions])
  await pass(10)
  const processor_token = await tokenFor(accessToken, checking.account_id)
  const days = { start_date: '2026-01-01', end_date: '2026-11-20' }
  const all: Record<string, object> = {
    '/processor/account/get': {},
    '/processor/auth/get': {},
    '/processor/balance/get': {},
    '/processor/identity/get': {},
    '/processor/identity/match': {},
    '/processor/transactions/sync': {},
    '/processor/transactions/get': days,
    '/processor/transactions/refresh': {},
    '/processor/transactions/recurring/get': {},
    '/processor/signal/prepare': {},
    '/processor/signal/evaluate': { client_transaction_id: 'restricted', amount: 1 },
    '/processor/signal/decision/report': { client_transaction_id: 'restricted', initiated: true },
    '/processor/signal/return/report': { client_transaction_id: 'restricted', return_code: 'R01' },
    '/processor/liabilities/get': {},
    '/processor/investments/holdings/get': {},
    '/processor/investments/transactions/get': days,
    '/processor/investments/auth/get': {},
  }
  const refusedNow = async () => {
    const refused: string[] = []
    for (const [path, body] of Object.entries(all)) {
      const { body: told } = await bank.post(path, { processor_token, ...body })
      if (told.error_code !== 'INVALID_PRODUCT') continue
      expect(told).toMatchObject({ error_type: 'INVALID_INPUT' })
      refused.push(path)
    }
    return refused
  }
  const set = (products: Products[]) =>
    bank.client.processorTokenPermissionsSet({ processor_token, products })
  expect(await refusedNow()).toEqual([])
  await set([Products.Auth, Products.Balance, Products.Auth])
  const { data } = await bank.partner.processorTokenPermissionsGet({ processor_token })
  expect(data.products).toEqual(['auth', 'balance'])
  expect(await refusedNow()).toEqual(Object.keys(all).slice(3))
  // What was given to a processor it cannot widen itself.
  const widened = bank.partner.processorTokenPermissionsSet({ processor_token, products: [] })
  expect(await refusalOf(widened)).toMatchObject({ code: 'INVALID_PROCESSOR_TOKEN' })
  await set([])
  expect((await bank.client.processorTokenPermissionsGet({ processor_token })).data.products).toEqual([])
  await bank.partner.processorIdentityGet({ processor_token })
})

test('a processor is told of its account under its account id, until it may not read it or is not told any more', async () => {
  await using receiver = await webhookReceiver()
  await using others = await webhookReceiver()
  const accessToken = await linkUser(bank, { username: 'user_transactions_dynamic', password: 'any' })
  const { data } = await bank.client.accountsGet({ access_token: accessToken })
  const account_id = data.accounts.find(({ subtype }) => subtype === 'checking')?.account_id ?? ''
  const processor_token = await tokenFor(accessToken, account_id)
  const unheard = await tokenFor(accessToken, account_id)
  await bank.partner.processorTokenWebhookUpdate({ processor_token, webhook: receiver.url })
  await bank.partner.processorTokenWebhookUpdate({ processor_token: unheard, webhook: others.url })
  await bank.client.processorTokenPermissionsSet({ processor_token: unheard, products: [Products.Auth] })
  await pass(1)
  expect(receiver.received[0]?.body).toEqual({
    webhook_type: 'PROCESSOR_TOKEN',
    webhook_code: 'WEBHOOK_UPDATE_ACKNOWLEDGED',
    account_id,
    new_webhook_url: receiver.url,
    error: null,
    environment: 'sandbox',
  })
  const { data: now } = await bank.partner.processorTransactionsSync({ processor_token, cursor: 'now' })
  const cursor = now.next_cursor
  const refresh = async () => {
    await bank.partner.processorTransactionsRefresh({ processor_token })
    await pass(1)
  }
  await refresh()
  expect(receiver.codes().slice(1, 3)).toEqual(['SYNC_UPDATES_AVAILABLE', 'DEFAULT_UPDATE'])
  for (const { body } of receiver.received) {
    expect(body).toMatchObject({ account_id })
    expect(body).not.toHaveProperty('item_id')
  }
  expect(others.codes()).toEqual(['WEBHOOK_UPDATE_ACKNOWLEDGED'])
  const { data: page } = await bank.partner.processorTransactionsSync({ processor_token, cursor })
  expect(receiver.received.find(({ body }) => body.webhook_code === 'DEFAULT_UPDATE')?.body).toMatchObject({
    new_transactions: page.added.length,
  })
  const removed = receiver.received.find(({ body }) => body.webhook_code === 'TRANSACTIONS_REMOVED')
  expect(removed?.body.removed_transactions ?? []).toEqual(page.removed.map((one) => one.transaction_id))
  // What the processor was told is not the last webhook of the item.
  expect((await bank.client.itemGet({ access_token: accessToken })).data.status?.last_webhook).toBeNull()

  await bank.partner.processorTokenWebhookUpdate({ processor_token, webhook: null })
  const before = receiver.received.length
  await refresh()
  expect(receiver.received).toHaveLength(before)
})

test('what waits for a processor is not sent once the item is removed', async () => {
  await using receiver = await webhookReceiver()
  receiver.answerWith(500)
  const { accessToken, checking } = await linkedItem(bank.client)
  const processor_token = await tokenFor(accessToken, checking.account_id)
  await bank.partner.processorTokenWebhookUpdate({ processor_token, webhook: receiver.url })
  await pass(1)
  await bank.client.itemRemove({ access_token: accessToken })
  await pass(600)
  expect(receiver.received).toHaveLength(1)
  const gone = bank.partner.processorTokenWebhookUpdate({ processor_token, webhook: receiver.url })
  expect(await refusalOf(gone)).toMatchObject({ code: 'INVALID_PROCESSOR_TOKEN' })
})

test('recurring streams of a processor are those of its account', async () => {
  const accessToken = await linkUser(bank, { username: 'user_salaried', password: 'any' })
  const { data: all } = await bank.client.transactionsRecurringGet({ access_token: accessToken })
  const account_id = all.inflow_streams[0]?.account_id ?? ''
  const processor_token = await tokenFor(accessToken, account_id)
  const { data } = await bank.partner.processorTransactionsRecurringGet({ processor_token })
  const its = <One extends { account_id: string }>(streams: One[]) =>
    streams.filter((stream) => stream.account_id === account_id)
  expect(data.inflow_streams).toEqual(its(all.inflow_streams))
  expect(data.outflow_streams).toEqual(its(all.outflow_streams))
  expect(data.outflow_streams.length).toBeGreaterThan(0)
})

test('Stripe gets a token for an account that can be paid', async () => {
  const { accounts, accessToken } = await linkedItem(bank.client)
  const ask = (mask: string) => {
    const account_id = accounts.find((account) => account.mask === mask)?.account_id ?? mask
    return bank.client.processorStripeBankAccountTokenCreate({ access_token: accessToken, account_id })
  }
  const [first, second] = [await ask('0000'), await ask('0000')]
  expect(first.data.stripe_bank_account_token).toMatch(/^btok_[0-9A-Za-z]{24}$/)
  expect(second.data.stripe_bank_account_token).not.toBe(first.data.stripe_bank_account_token)
  expect(await refusalOf(ask('3333'))).toMatchObject({ code: 'PRODUCTS_NOT_SUPPORTED' })
  expect(await refusalOf(ask('other'))).toMatchObject({ code: 'INVALID_ACCOUNT_ID' })
})
