import { Products, ProductsTerminateReasonCode as Reason } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { linkedItem, processorTokenOf } from './linking.ts'
import { refusalOf } from './refusal.ts'
import { webhookReceiver } from './webhook-receiver.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await bankWith()
})
afterAll(() => bank[Symbol.asyncDispose]())

test('a rotated access token is dead at once, the new one opens the same item, and its processor token lives', async () => {
  const { accessToken: access_token, processorToken: processor_token } = await processorTokenOf(bank.client)
  const before = await bank.client.itemGet({ access_token })
  const { data } = await bank.client.itemAccessTokenInvalidate({ access_token })
  expect(data.new_access_token).toMatch(/^access-sandbox-[0-9a-f-]{36}$/)
  expect(await refusalOf(bank.client.itemGet({ access_token }))).toMatchObject({
    status: 400,
    code: 'INVALID_ACCESS_TOKEN',
  })
  const after = await bank.client.itemGet({ access_token: data.new_access_token })
  expect(after.data.item).toEqual(before.data.item)
  await bank.partner.processorAuthGet({ processor_token })
})

test('of six rotations at once one gets a token', async () => {
  const { accessToken: access_token } = await linkedItem(bank.client)
  const tries = await Promise.allSettled(
    Array.from({ length: 6 }, () => bank.client.itemAccessTokenInvalidate({ access_token })),
  )
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test.for([
  ['Nora Quill', 100, { is_first_name_or_last_name_match: true }],
  ['nora  QUILL', 100, {}],
  ['Nora B. Quill', 99, {}],
  ['Nora Quil', 90, { is_first_name_or_last_name_match: true }],
  ['Eleanor Quill', 62, { is_nickname_match: true }],
  ['Zed Ottway', 10, { is_first_name_or_last_name_match: false }],
  ['Quill Trading LLC', 35, { is_business_name_detected: true }],
] as const)('the name %s scores about %i', async ([legal_name, score, more]) => {
  const { accessToken: access_token } = await linkedItem(bank.client)
  const { data } = await bank.client.identityMatch({ access_token, user: { legal_name } })
  const [account] = data.accounts
  expect(Math.abs((account?.legal_name?.score ?? -100) - score)).toBeLessThanOrEqual(score >= 99 ? 0 : 15)
  expect(account?.legal_name).toMatchObject(more)
  expect(account).toMatchObject({
    phone_number: { score: null },
    email_address: { score: null },
    address: { score: null, is_postal_code_match: null },
  })
})

test('phone, e-mail and address are compared with all that the bank knows', async () => {
  const { processorToken: processor_token } = await processorTokenOf(bank.client)
  const address = {
    street: '402 Harbor Road',
    city: 'Saltby',
    region: 'WA',
    postal_code: '98101',
    country: 'US',
  }
  const user = { phone_number: '(206) 555-0143', email_address: 'N.Quill@example.com', address }
  const { data } = await bank.partner.processorIdentityMatch({ processor_token, user })
  expect(data.account).toMatchObject({
    phone_number: { score: 100 },
    email_address: { score: 100 },
    address: { score: 100, is_postal_code_match: true },
    legal_name: { score: null },
  })
})

test('Signal follows the balance, wants a new id each time, and a return only of what was initiated', async () => {
  const { accessToken: access_token, checking, accounts } = await linkedItem(bank.client)
  const { account_id } = checking
  const ask = async (client_transaction_id: string, amount: number, more: object = {}) =>
    (await bank.client.signalEvaluate({ access_token, account_id, client_transaction_id, amount, ...more }))
      .data
  const small = await ask('a', 10)
  expect(small.ruleset).toMatchObject({
    ruleset_key: 'default',
    result: 'ACCEPT',
    triggered_rule_details: null,
  })
  expect(small.core_attributes).toMatchObject({ available_balance: 100, current_balance: 110 })
  const large = await ask('b', 100.01)
  expect(large.ruleset?.result).toBe('REROUTE')
  const risk = (data: typeof small) => data.scores?.bank_initiated_return_risk?.score ?? 0
  expect(risk(large)).toBeGreaterThan(risk(small))
  const balances = await ask('c', 95, { ruleset_key: 'balance-only' })
  expect(balances).toMatchObject({ scores: null, ruleset: { result: 'REVIEW' } })
  expect(await refusalOf(ask('c', 1))).toMatchObject({
    type: 'SIGNAL_ERROR',
    code: 'CLIENT_TRANSACTION_ID_ALREADY_IN_USE',
  })
  expect(await refusalOf(ask('d', 1, { ruleset_key: 'ruleset-not-found' }))).toMatchObject({
    code: 'RULESET_NOT_FOUND',
  })
  for (const [ruleset_key, code] of [
    ['addendum-not-signed', 'ADDENDUM_NOT_SIGNED'],
    ['scores-not-enabled', 'NOT_ENABLED_FOR_SIGNAL_TRANSACTION_SCORE_RULESETS'],
  ]) {
    const refused = await refusalOf(ask('d', 1, { ruleset_key }))
    expect(refused).toMatchObject({ status: 403, type: 'SIGNAL_ERROR', code })
  }
  expect(await refusalOf(ask('e', 1.001))).toMatchObject({ code: 'INVALID_FIELD' })
  const card = accounts.find(({ type }) => type === 'credit')?.account_id ?? ''
  expect(await refusalOf(ask('f', 1, { account_id: card }))).toMatchObject({ code: 'PRODUCTS_NOT_SUPPORTED' })

  const back = { client_transaction_id: 'a', return_code: 'R01' }
  expect(await refusalOf(bank.client.signalReturnReport(back))).toMatchObject({
    code: 'SIGNAL_TRANSACTION_NOT_INITIATED',
  })
  await bank.client.signalDecisionReport({ client_transaction_id: 'a', initiated: true })
  await bank.client.signalReturnReport(back)
  const unknown = { client_transaction_id: 'never', initiated: true }
  expect(await refusalOf(bank.client.signalDecisionReport(unknown))).toMatchObject({ code: 'INVALID_FIELD' })
})

test('preparing gives an item Signal, once', async () => {
  const { accessToken: access_token, processorToken: processor_token } = await processorTokenOf(bank.client)
  const products = async () => (await bank.client.itemGet({ access_token })).data.item.products
  expect(await products()).toEqual(['auth'])
  await bank.partner.processorSignalPrepare({ processor_token })
  await bank.client.signalPrepare({ access_token })
  expect(await products()).toEqual(['auth', 'signal'])
})

test('owners that are read anew are told to the item, each account with all of them', async () => {
  await using receiver = await webhookReceiver()
  const { accessToken: access_token, accounts, itemId } = await linkedItem(bank.client)
  await bank.client.itemWebhookUpdate({ access_token, webhook: receiver.url })
  await bank.client.identityRefresh({ access_token })
  await bank.clock.advanceTo(bank.clock.now().add({ seconds: 1 }))
  const all = ['NAMES', 'PHONES', 'EMAILS', 'ADDRESSES']
  expect(receiver.received.at(-1)?.body).toEqual({
    webhook_type: 'IDENTITY',
    webhook_code: 'DEFAULT_UPDATE',
    item_id: itemId,
    account_ids_with_updated_identity: Object.fromEntries(
      accounts.map(({ account_id }) => [account_id, all]),
    ),
    error: null,
    environment: 'sandbox',
  })
  expect((await bank.client.itemGet({ access_token })).data.item.products).toContain('identity')
})

test('a further public token opens the same item, also when its login is broken', async () => {
  const { accessToken: access_token, itemId } = await linkedItem(bank.client)
  await bank.client.sandboxItemResetLogin({ access_token })
  const { data } = await bank.client.itemCreatePublicToken({ access_token })
  expect(Temporal.Instant.from(data.expiration ?? '')).toEqual(bank.clock.now().add({ minutes: 30 }))
  const { public_token } = data
  const again = await bank.client.itemPublicTokenExchange({ public_token })
  expect(again.data.item_id).toBe(itemId)
  expect(await refusalOf(bank.client.itemPublicTokenExchange({ public_token }))).toMatchObject({
    code: 'INVALID_PUBLIC_TOKEN',
  })
  await bank.client.itemGet({ access_token })
})

test('terminating an item ends it like removing it', async () => {
  const { accessToken: access_token, processorToken: processor_token } = await processorTokenOf(bank.client)
  const ended = () => bank.client.itemProductsTerminate({ access_token, reason_code: Reason.UserOffboarding })
  await ended()
  expect(await refusalOf(bank.client.accountsGet({ access_token }))).toMatchObject({ code: 'ITEM_NOT_FOUND' })
  expect(await refusalOf(ended())).toMatchObject({ type: 'ITEM_ERROR', code: 'ITEM_NOT_FOUND' })
  expect(await refusalOf(bank.partner.processorAuthGet({ processor_token }))).toMatchObject({
    code: 'INVALID_PROCESSOR_TOKEN',
  })
})

test('a partner imports a person whom he vouches for, at the bank that he names', async () => {
  const user_auth = { user_id: 'user_id', auth_token: 'auth_token' }
  const imported = async (more: object = {}) =>
    (await bank.client.itemImport({ products: [Products.Auth, Products.Identity], user_auth, ...more })).data
  const { access_token } = await imported()
  expect((await bank.client.itemGet({ access_token })).data.item).toMatchObject({
    institution_id: 'ins_109508',
    products: ['auth', 'identity'],
    webhook: null,
  })
  const webhook = 'http://127.0.0.1:9/hooks'
  const other = await imported({ institution_id: 'ins_109509', options: { webhook } })
  const { data } = await bank.client.itemGet({ access_token: other.access_token })
  expect(data.item).toMatchObject({ institution_id: 'ins_109509', webhook })
  expect(await refusalOf(imported({ institution_id: 'ins_0' }))).toMatchObject({
    code: 'INVALID_INSTITUTION',
  })
})

test('one bank tells how old its balances are, and is asked of cards and loans only how old they may be', async () => {
  const { data: made } = await bank.client.sandboxPublicTokenCreate({
    institution_id: 'ins_128026',
    initial_products: [Products.Auth],
  })
  const { data } = await bank.client.itemPublicTokenExchange({ public_token: made.public_token })
  const { access_token } = data
  const balances = async (min_last_updated_datetime?: string, account_ids?: string[]) => {
    const options = {
      ...(min_last_updated_datetime && { min_last_updated_datetime }),
      ...(account_ids && { account_ids }),
    }
    return (await bank.client.accountsBalanceGet({ access_token, options })).data.accounts
  }
  const openedAt = '2026-11-20T15:00'
  const accounts = (await bank.client.accountsGet({ access_token })).data.accounts
  for (const account of accounts) {
    expect(account.balances.last_updated_datetime?.slice(0, 16)).toBe(openedAt)
  }
  expect(await balances('2026-11-20T10:00:00-05:00')).toEqual(accounts)
  expect(await refusalOf(balances())).toMatchObject({ type: 'INVALID_REQUEST', code: 'INVALID_FIELD' })
  const late = refusalOf(balances('2026-11-20T16:00:00Z'))
  expect(await late).toMatchObject({
    status: 400,
    type: 'INVALID_RESULT',
    code: 'LAST_UPDATED_DATETIME_OUT_OF_RANGE',
  })
  const checking = accounts.find(({ subtype }) => subtype === 'checking')
  const only = [checking?.account_id ?? '']
  expect(await balances(undefined, only)).toEqual([checking])
  const { data: token } = await bank.client.processorTokenCreate({
    access_token,
    account_id: only[0] ?? '',
    processor: 'alpaca' as never,
  })
  const { data: redeemed } = await bank.partner.processorBalanceGet({
    processor_token: token.processor_token,
  })
  expect(redeemed.account).toEqual(checking)
  const { accessToken } = await linkedItem(bank.client)
  const elsewhere = await bank.client.accountsBalanceGet({ access_token: accessToken })
  expect(elsewhere.data.accounts[0]?.balances).not.toHaveProperty('last_updated_datetime')
})

test('Signal names the banking days on which a debit would go through', async () => {
  const { accessToken: access_token, checking, accounts } = await linkedItem(bank.client)
  const ask = async (amount: number, account_id = checking.account_id) =>
    (await bank.client.signalSchedule({ access_token, account_id, client_transaction_id: 'same', amount }))
      .data
  // The Friday before Thanksgiving, whose Thursday no bank works.
  const days = ['11-20', '11-23', '11-24', '11-25', '11-27', '11-30'].map((day) => `2026-${day}`)
  const small = await ask(10)
  expect(small.optimal_date).toBe('2026-11-20')
  expect(small.recommendations).toEqual(
    days.map((date, at) => ({ date, recommendation: 'RECOMMENDED', rank: at + 1 })),
  )
  expect((await ask(95)).recommendations?.map(({ recommendation }) => recommendation)).toEqual([
    'RECOMMENDED',
    ...Array.from({ length: 5 }, () => 'UNKNOWN'),
  ])
  const large = await ask(100.01)
  expect(large.optimal_date).toBeNull()
  expect(new Set(large.recommendations?.map(({ recommendation }) => recommendation))).toEqual(
    new Set(['NOT_RECOMMENDED']),
  )
  bank.clock.moveTo(Temporal.Instant.from('2026-11-21T15:00:00Z'))
  expect((await ask(10)).optimal_date).toBe('2026-11-23')
  const card = accounts.find(({ type }) => type === 'credit')?.account_id ?? ''
  expect(await refusalOf(ask(1, card))).toMatchObject({ code: 'PRODUCTS_NOT_SUPPORTED' })
  expect(await refusalOf(ask(1.001))).toMatchObject({ code: 'INVALID_FIELD' })
})
