import { expect, test } from 'vitest'
import { bankWith } from './bank-with.ts'
import { linkedItem, processorTokenOf } from './linking.ts'
import { refusalOf } from './refusal.ts'

test('a rotated access token is dead at once, the new one opens the same item, and its processor token lives', async () => {
  await using bank = await bankWith()
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
  await using bank = await bankWith()
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
  await using bank = await bankWith()
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
  await using bank = await bankWith()
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
  await using bank = await bankWith()
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
