import { ProcessorTokenCreateRequestProcessorEnum as Processor, Products } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PLATYPUS } from '../../../servers/bank/test/linking.ts'
import { refusalOf } from '../../../servers/bank/test/refusal.ts'
import { type BankTarget, hasPartner, json, openBank } from './support/bank-target.ts'
import { readCoverage } from './support/coverage-table.ts'
import { onceReady } from './support/ready.ts'

let bank: BankTarget
let access_token: string
let tokens: Record<string, { processor_token: string; account_id: string; mask: string }>

const days = { start_date: '2026-01-01', end_date: '2026-11-20' }
const evaluation = crypto.randomUUID()
const signalCall = { client_transaction_id: evaluation }

/** What a partner sends besides the token, and the kind of account that the token is for. */
const calls: [path: string, subtype: string, body: Record<string, unknown>][] = [
  ['/processor/account/get', 'checking', {}],
  ['/processor/auth/get', 'checking', {}],
  ['/processor/balance/get', 'checking', { options: {} }],
  ['/processor/identity/get', 'checking', {}],
  ['/processor/identity/match', 'checking', { user: { legal_name: 'Nora Quill' } }],
  ['/processor/token/permissions/get', 'checking', {}],
  ['/processor/token/permissions/set', 'checking', { products: [] }],
  ['/processor/token/webhook/update', 'checking', { webhook: null }],
  ['/processor/transactions/get', 'checking', { ...days, options: { count: 5 } }],
  ['/processor/transactions/sync', 'checking', { cursor: null, options: {} }],
  ['/processor/transactions/recurring/get', 'checking', {}],
  ['/processor/transactions/refresh', 'checking', {}],
  ['/processor/signal/prepare', 'checking', {}],
  ['/processor/signal/evaluate', 'checking', { ...signalCall, amount: 12.5, ruleset_key: null }],
  ['/processor/signal/decision/report', 'checking', { ...signalCall, initiated: true }],
  ['/processor/signal/return/report', 'checking', { ...signalCall, return_code: 'R01' }],
  ['/processor/liabilities/get', 'credit card', {}],
  ['/processor/investments/holdings/get', 'ira', {}],
  ['/processor/investments/transactions/get', 'ira', days],
  ['/processor/investments/auth/get', 'ira', {}],
]
/** A partner does not widen what it was given. */
const OWNERS = '/processor/token/permissions/set'
const served = readCoverage()
  .filter(({ path, state }) => path.startsWith('/processor/') && state === 'served')
  .map(({ path }) => path)

beforeAll(async () => {
  bank = await openBank()
  const { data: made } = await bank.plaid.sandboxPublicTokenCreate({
    institution_id: PLATYPUS,
    initial_products: [Products.Auth, Products.Transactions, Products.Liabilities, Products.Investments],
  })
  const { data } = await bank.plaid.itemPublicTokenExchange({ public_token: made.public_token })
  access_token = data.access_token
  const { accounts } = (await bank.plaid.accountsGet({ access_token })).data
  await onceReady(bank, () => bank.plaid.transactionsGet({ access_token, ...days }))
  await bank.pass(10)
  const kinds = new Set(calls.filter(([path]) => served.includes(path)).map(([, subtype]) => subtype))
  tokens = {}
  for (const subtype of kinds) {
    const { account_id = '', mask = '' } = accounts.find((one) => one.subtype === subtype) ?? {}
    const { data: token } = await bank.plaid.processorTokenCreate({
      access_token,
      account_id,
      processor: Processor.Alpaca,
    })
    tokens[subtype] = { processor_token: token.processor_token, account_id, mask: mask ?? '' }
  }
})
afterAll(() => bank[Symbol.asyncDispose]())

const ofChecking = () => ({ processor_token: tokens.checking?.processor_token ?? '' })

test('every operation on a processor token that is served is asked for here', () => {
  const asked = calls.map(([path]) => path)
  const others = served.filter((path) => !asked.includes(path))
  expect(others).toEqual(expect.arrayContaining(['/processor/token/create']))
  expect(others.filter((path) => !path.endsWith('/create'))).toEqual([])
})

test.skipIf(!hasPartner)(
  'a token made for alpaca opens its one account to the partner’s own keys, in every operation',
  async () => {
    const { clientId: client_id, secret } = bank.partnerKeys
    for (const [path, subtype, body] of calls.filter(([path]) => served.includes(path) && path !== OWNERS)) {
      const { processor_token, account_id } = tokens[subtype] ?? {}
      const answer = await bank.post(path, { client_id, secret, processor_token, ...body }, json)
      expect([path, answer.status, answer.body.error_message]).toEqual([path, 200, undefined])
      if (answer.body.account) expect([path, answer.body.account.account_id]).toEqual([path, account_id])
    }
    const { data } = await bank.partner.processorAuthGet(ofChecking())
    expect(data.numbers.ach?.account.endsWith(tokens.checking?.mask ?? 'none')).toBe(true)
    expect([data.numbers.eft, data.numbers.international, data.numbers.bacs]).toEqual([null, null, null])
  },
)

test('the client that made a token restricts it, and its partner cannot undo that', async () => {
  const token = ofChecking()
  await bank.plaid.processorTokenPermissionsSet({ ...token, products: [Products.Auth] })
  expect(await refusalOf(bank.plaid.processorIdentityGet(token))).toMatchObject({ code: 'INVALID_PRODUCT' })
  if (hasPartner) {
    const { clientId: client_id, secret } = bank.partnerKeys
    const undone = await bank.post(OWNERS, { client_id, secret, ...token, products: [] }, json)
    expect(undone.body.error_code).toBe('INVALID_PROCESSOR_TOKEN')
  }
  await bank.plaid.processorTokenPermissionsSet({ ...token, products: [] })
  await bank.plaid.processorIdentityGet(token)
})

test('a processor token that nobody made, or the item’s own token, is INVALID_PROCESSOR_TOKEN', async () => {
  for (const processor_token of ['processor-sandbox-none', access_token]) {
    expect(await refusalOf(bank.plaid.processorAuthGet({ processor_token }))).toMatchObject({
      status: 400,
      type: 'INVALID_INPUT',
      code: 'INVALID_PROCESSOR_TOKEN',
    })
  }
})

test('a processor that the vendor does not know, and an account of another item, get no token', async () => {
  const { account_id } = tokens.checking ?? {}
  const ask = async (body: object) =>
    (await bank.post('/processor/token/create', { access_token, account_id, processor: 'alpaca', ...body }))
      .body.error_code
  expect(await ask({ processor: 'nobody' })).toBe('INVALID_FIELD')
  expect(await ask({ account_id: 'sBoqOZpkTEsTDCQeDnTYhbjxw4t83oU4Un3WF' })).toBe('INVALID_ACCOUNT_ID')
})

test('the sandbox makes a processor token without Link', async () => {
  const { data } = await bank.plaid.sandboxProcessorTokenCreate({ institution_id: PLATYPUS })
  const { processor_token } = data
  expect((await bank.plaid.processorBalanceGet({ processor_token })).data.account.type).toBe('depository')
})

test('a broken login is told to the processor too, and a removed item ends its tokens', async () => {
  await bank.plaid.sandboxItemResetLogin({ access_token })
  expect(await refusalOf(bank.plaid.processorAuthGet(ofChecking()))).toMatchObject({
    type: 'ITEM_ERROR',
    code: 'ITEM_LOGIN_REQUIRED',
  })
  await bank.plaid.itemRemove({ access_token })
  expect((await refusalOf(bank.plaid.processorAuthGet(ofChecking()))).code).toMatch(
    /^(?:INVALID_PROCESSOR_TOKEN|ITEM_NOT_FOUND)$/,
  )
})
