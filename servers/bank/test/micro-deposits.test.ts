import { ProcessorTokenCreateRequestProcessorEnum as Processor, Products } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { brokerageLink } from './linking.ts'
import { refusalOf } from './refusal.ts'
import { hasVendorDocument, readVendorDocument } from './vendor-document.ts'
import { webhookReceiver } from './webhook-receiver.ts'

/** Numbers that people type, and how it is shown that they are theirs (contracts/plaid/micro-deposits.md). */
let bank: TestBank
let hooks: Awaited<ReturnType<typeof webhookReceiver>>

beforeAll(async () => {
  bank = await bankWith()
  hooks = await webhookReceiver()
})
afterAll(async () => {
  await bank[Symbol.asyncDispose]()
  await hooks[Symbol.asyncDispose]()
})

const HOUNDSTOOTH = 'ins_109512'
type Body = Record<string, unknown>
type Auth = Record<string, boolean>

/** A session of Link, and its calls. */
async function session(changes: Body = {}) {
  const asked = { ...brokerageLink, webhook: hooks.url, ...changes }
  const { data } = await bank.client.linkTokenCreate(asked as never)
  const link_token = data.link_token
  const { body: started } = await bank.post('/link/session/start', { link_token })
  const key = { link_token, link_session_id: started.link_session_id }
  const call = (name: string, body: Body = {}) => bank.post(`/link/session/${name}`, { ...key, ...body })
  const finish = async (account_keys: string[] = []) => {
    const { status, body } = await call('finish', { account_keys })
    expect(status, JSON.stringify(body)).toBe(200)
    const metadata = body.metadata as { accounts: Body[]; institution: Body; account_id: string }
    return { public_token: String(body.public_token), metadata }
  }
  return { started, call, finish, link_token }
}

const sameDay = (auth: Auth = {}) => session({ auth: { same_day_microdeposits_enabled: true, ...auth } })
const typed = (routing_number: string, account_number: string) => ({
  routing_number,
  account_number,
  subtype: 'checking',
  holder_name: 'Nora Quill',
})

/** Links typed numbers and exchanges the public token. */
async function linkByHand(routing: string, account: string) {
  const link = await sameDay()
  const { status, body } = await link.call('numbers', typed(routing, account))
  expect(status, JSON.stringify(body)).toBe(200)
  const { public_token, metadata } = await link.finish()
  const { data } = await bank.client.itemPublicTokenExchange({ public_token })
  return { access_token: data.access_token, account_id: metadata.account_id, metadata }
}

/** Link again, with the item's token and no products, for the code. */
const backWith = (access_token: string) => session({ access_token, products: [] })
const statusOf = async (access_token: string) =>
  (await bank.client.accountsGet({ access_token })).data.accounts[0]?.verification_status
const processorOf = (item: { access_token: string; account_id: string }) =>
  bank.client.processorTokenCreate({
    access_token: item.access_token,
    account_id: item.account_id,
    processor: Processor.Alpaca,
  })

async function signedInAt(auth: Auth, password = 'pass_good') {
  const link = await session({ auth })
  await link.call('institution', { institution_id: HOUNDSTOOTH })
  const { body } = await link.call('credentials', { username: 'user_good', password })
  expect(body).toMatchObject({ selection: 'one', asks_numbers: true })
  return link
}

const CHECKING = { account_key: '0', routing_number: '021000021', account_number: '1111222233330000' }
const SAVINGS = { account_key: '1', routing_number: '021000021', account_number: '1111222233331111' }
const STRANGE = { ...SAVINGS, account_number: '1111222233339999' }

test('typed numbers are an account that waits for its code, and nothing moves by them until then', async () => {
  const item = await linkByHand('110000000', '1111222233330000')
  expect(item.metadata).toMatchObject({
    institution: { name: 'First Platypus Bank', institution_id: 'ins_109508' },
    accounts: [{ mask: '0000', subtype: 'checking', verification_status: 'pending_manual_verification' }],
  })
  const { access_token } = item
  const { data } = await bank.client.accountsGet({ access_token })
  expect(data.item).toMatchObject({
    institution_id: null,
    institution_name: null,
    auth_method: 'SAME_DAY_MICRODEPOSITS',
    products: ['auth'],
    available_products: [],
  })
  expect(data.accounts[0]).toMatchObject({
    balances: { current: null, available: null },
    verification_status: 'pending_manual_verification',
    verification_name: 'Nora Quill',
  })
  const notReady = { status: 400, type: 'ITEM_ERROR', code: 'PRODUCT_NOT_READY' }
  expect(await refusalOf(bank.client.authGet({ access_token }))).toMatchObject(notReady)
  expect(await refusalOf(processorOf(item))).toMatchObject(notReady)
  const others = { status: 400, code: 'PRODUCTS_NOT_SUPPORTED' }
  expect(await refusalOf(bank.client.identityGet({ access_token }))).toMatchObject(others)
  expect(await refusalOf(bank.client.transactionsSync({ access_token }))).toMatchObject(others)

  const back = await backWith(access_token)
  expect(back.started).toMatchObject({ typed: { deposit: { mask: '0000', hint: 'ABC' } }, by_hand: null })
  // Nothing ends before the code is right.
  expect((await back.call('finish', { account_keys: [] })).status).toBe(400)
  expect(await back.call('code', { code: ' abc ' })).toMatchObject({ status: 200 })
  const done = await back.finish()
  expect(done.metadata.accounts).toMatchObject([
    { id: item.account_id, verification_status: 'manually_verified' },
  ])

  const { data: auth } = await bank.client.authGet({ access_token })
  expect(auth.accounts[0]?.verification_status).toBe('manually_verified')
  expect(auth.numbers.ach).toMatchObject([{ account: '1111222233330000', routing: '110000000' }])
  const { data: made } = await processorOf(item)
  const { data: told } = await bank.partner.processorAuthGet({ processor_token: made.processor_token })
  expect(told).toMatchObject({
    account: { verification_status: 'manually_verified' },
    numbers: { ach: { account: '1111222233330000', routing: '110000000' } },
  })
  // Update mode once more: there is nothing left to type, and the status stays what it is.
  const again = await backWith(access_token)
  expect(again.started).toMatchObject({ typed: { deposit: null } })
  expect((await again.finish()).metadata.accounts).toMatchObject([
    { verification_status: 'manually_verified' },
  ])
})

test.skipIf(!hasVendorDocument)('what is told of such an account has the vendor’s shape', async () => {
  const vendor = readVendorDocument()
  const item = await linkByHand('110000000', '1111222233330000')
  const { access_token, account_id } = item
  const check = async (path: string, body: Body) => {
    const answer = await bank.post(path, body)
    expect(answer.status, path).toBe(200)
    expect(vendor.problemsOf(path, answer.body), path).toBeNull()
  }
  await check('/accounts/get', { access_token })
  await check('/item/get', { access_token })
  const back = await backWith(access_token)
  await back.call('code', { code: 'ABC' })
  await back.finish()
  await check('/link/token/get', { link_token: back.link_token })
  await check('/auth/get', { access_token })
  const { data } = await processorOf({ access_token, account_id })
  await check('/processor/auth/get', { processor_token: data.processor_token })
})

test('the deposit comes the same day, and the code stands on the statement of the account', async () => {
  // Savings of user_good at Tartan Bank, which nobody has linked.
  const numbers = { routing_number: '061990078', account_number: '1111222233331111' }
  const item = await linkByHand(numbers.routing_number, numbers.account_number)
  const back = await backWith(item.access_token)
  expect(back.started).toMatchObject({ typed: { deposit: { hint: null } } })
  const statement = async () => {
    const { body } = await bank.post('/_sim/bank-accounts/find', numbers, {
      'content-type': 'application/json',
    })
    return body.entries as { amount: string; description: string; kind: string }[]
  }
  expect((await statement()).filter(({ kind }) => kind === 'micro_deposit')).toEqual([])
  await bank.clock.advanceTo(Temporal.Instant.from('2026-11-20T18:30:00Z'))
  const [deposit] = await statement()
  expect(deposit).toMatchObject({ amount: '0.01', kind: 'micro_deposit' })
  expect(deposit?.description).toMatch(/^#[A-Z]{3} PADDOCK ACCTVERIFY$/)
  const code = deposit?.description.slice(1, 4)
  const later = await backWith(item.access_token)
  expect(await later.call('code', { code })).toMatchObject({ status: 200 })
  expect(await statusOf(item.access_token)).toBe('manually_verified')
})

test('the third wrong code ends the trying, also when two come at once', async () => {
  const item = await linkByHand('110000000', '1111222233330000')
  const { access_token } = item
  const back = await backWith(access_token)
  const wrong = {
    status: 400,
    body: { error_type: 'INVALID_INPUT', error_code: 'INCORRECT_DEPOSIT_VERIFICATION' },
  }
  const over = {
    status: 400,
    body: { error_type: 'INVALID_INPUT', error_code: 'TOO_MANY_VERIFICATION_ATTEMPTS' },
  }
  expect(await back.call('code', { code: 'XYZ' })).toMatchObject(wrong)
  expect(await statusOf(access_token)).toBe('pending_manual_verification')
  const both = await Promise.all(['AAA', 'BBB'].map((code) => back.call('code', { code })))
  expect(both.map(({ body }) => body.error_code).sort()).toEqual([
    'INCORRECT_DEPOSIT_VERIFICATION',
    'TOO_MANY_VERIFICATION_ATTEMPTS',
  ])
  expect(await back.call('code', { code: 'ABC' })).toMatchObject(over)
  expect(await statusOf(access_token)).toBe('verification_failed')
  expect((await back.call('finish', { account_keys: [] })).status).toBe(400)
  expect(await bank.post('/link/session/start', { link_token: back.link_token })).toMatchObject(over)
  const refused = { status: 400, code: 'NO_AUTH_ACCOUNTS' }
  expect(await refusalOf(bank.client.authGet({ access_token }))).toMatchObject(refused)
  expect(await refusalOf(processorOf(item))).toMatchObject(refused)
})

test('numbers that cannot be, or that nobody has at a bank that is known, are refused', async () => {
  const link = await sameDay()
  const invalid = { status: 400, body: { error_code: 'INVALID_ACCOUNT_NUMBER' } }
  for (const [routing, account] of [
    ['110000001', '1111222233330000'],
    ['11000000', '1111222233330000'],
    ['110000000', '12'],
    ['110000000', '9999'],
    ['061990078', '1111222233330001'],
  ] as const) {
    expect(await link.call('numbers', typed(routing, account)), `${routing} ${account}`).toMatchObject(
      invalid,
    )
  }
  expect((await link.call('finish', { account_keys: [] })).status).toBe(400)
  // Elsewhere any number may be an account.
  const { metadata } = await linkByHand('026009593', '000123456789')
  expect(metadata.institution).toEqual({ name: 'Other bank', institution_id: 'ins_900000' })
  const known = await link.call('routing', { routing_number: '061990078' })
  expect(known.body).toMatchObject({ bank_name: 'Tartan Bank' })
  expect((await link.call('routing', { routing_number: '026009593' })).body).toMatchObject({
    bank_name: null,
  })
})

test.for<[string, Body, object | null]>([
  ['no option', {}, null],
  ['the option', { auth: { same_day_microdeposits_enabled: true } }, { offered_first: false }],
  [
    'the choice asked for first',
    { auth: { same_day_microdeposits_enabled: true, auth_type_select_enabled: true } },
    { subtypes: ['checking', 'savings'], offered_first: true },
  ],
  ['only the choice', { auth: { auth_type_select_enabled: true } }, null],
  [
    'a filter',
    {
      auth: { same_day_microdeposits_enabled: true },
      account_filters: { depository: { account_subtypes: ['savings'] } },
    },
    { subtypes: ['savings'] },
  ],
  [
    'another product besides',
    { auth: { same_day_microdeposits_enabled: true }, products: ['auth', 'identity'] },
    null,
  ],
  ['another country', { auth: { same_day_microdeposits_enabled: true }, country_codes: ['CA'] }, null],
])('with %s numbers may be typed as the client allows', async ([, changes, byHand]) => {
  const { started, call } = await session(changes)
  if (byHand === null) {
    expect(started.by_hand).toBe(null)
    expect((await call('numbers', typed('110000000', '1111222233330000'))).status).toBe(400)
  } else expect(started.by_hand).toMatchObject(byHand)
})

test('at a bank that tells no numbers those that are typed must fit the chosen account', async () => {
  const link = await signedInAt({})
  const failed = { status: 400, body: { error_code: 'INSTANT_MATCH_FAILED' } }
  expect((await link.call('finish', { account_keys: ['1'] })).status).toBe(400)
  expect(await link.call('match', STRANGE)).toMatchObject(failed)
  expect(await link.call('match', { ...SAVINGS, routing_number: '011401533' })).toMatchObject(failed)
  expect((await link.call('match', SAVINGS)).body).toMatchObject({ matched: true })
  // The numbers are those of one account, and no other is shared by them.
  expect((await link.call('finish', { account_keys: ['0'] })).status).toBe(400)
  const { public_token, metadata } = await link.finish(['1'])
  expect(metadata.accounts).toMatchObject([{ mask: '1111', verification_status: null }])
  const { data } = await bank.client.itemPublicTokenExchange({ public_token })
  const { data: auth } = await bank.client.authGet({ access_token: data.access_token })
  expect(auth.item.auth_method).toBe('INSTANT_MATCH')
  expect(auth.accounts[0]).not.toHaveProperty('verification_status')
  expect(auth.accounts[0]?.balances.current).toBe(210)
  // The bank's own number, so that transfers find it.
  expect(auth.numbers.ach).toMatchObject([{ account: '1111222233331111', routing: '051990091' }])
})

test('another login forgets the numbers that were typed for the one before', async () => {
  const link = await signedInAt({})
  await link.call('match', SAVINGS)
  await link.call('credentials', { username: 'user_good', password: 'pass_good' })
  expect((await link.call('finish', { account_keys: ['1'] })).status).toBe(400)
})

test('without a way to check typed numbers that bank is not offered', async () => {
  const listed = async (auth: Auth) => {
    const { call } = await session({ auth })
    const { body } = await call('institutions', { query: 'Houndstooth' })
    const chosen = await call('institution', { institution_id: HOUNDSTOOTH })
    return [(body.institutions as unknown[]).length, chosen.status]
  }
  expect(await listed({ instant_match_enabled: false })).toEqual([0, 400])
  expect(await listed({ instant_match_enabled: false, automated_microdeposits_enabled: true })).toEqual([
    1, 200,
  ])
  expect(await listed({})).toEqual([1, 200])
})

async function linkAutomatically(numbers: Body, key: string, password = 'microdeposits_good') {
  const link = await signedInAt({ automated_microdeposits_enabled: true }, password)
  expect((await link.call('match', numbers)).body).toMatchObject({ matched: false })
  const { public_token, metadata } = await link.finish([key])
  expect(metadata.accounts).toMatchObject([{ verification_status: 'pending_automatic_verification' }])
  const { data } = await bank.client.itemPublicTokenExchange({ public_token })
  return { access_token: data.access_token, item_id: data.item_id, account_id: metadata.account_id }
}
const toldOf = (item_id: string) =>
  hooks.received.filter(({ body }) => body.item_id === item_id).map(({ body }) => body)

test('deposits that the bank finds verify an account on the next banking day, and its client is told', async () => {
  const item = await linkAutomatically(CHECKING, '0')
  const { access_token } = item
  const { data } = await bank.client.accountsGet({ access_token })
  expect(data.item.auth_method).toBe('AUTOMATED_MICRODEPOSITS')
  expect(data.accounts[0]?.balances.current).toBe(110)
  expect(await refusalOf(bank.client.authGet({ access_token }))).toMatchObject({ code: 'PRODUCT_NOT_READY' })
  // A login that is repaired meanwhile changes nothing.
  await bank.client.sandboxItemResetLogin({ access_token })
  const repair = await backWith(access_token)
  await repair.call('credentials', { username: 'user_good', password: 'microdeposits_good' })
  expect((await repair.finish()).metadata.accounts).toMatchObject([
    { verification_status: 'pending_automatic_verification' },
  ])
  // Friday afternoon: Monday morning is the next banking day.
  await bank.clock.advanceTo(Temporal.Instant.from('2026-11-23T13:29:00Z'))
  expect(await statusOf(access_token)).toBe('pending_automatic_verification')
  await bank.clock.advanceTo(Temporal.Instant.from('2026-11-23T13:31:00Z'))
  expect(await statusOf(access_token)).toBe('automatically_verified')
  expect(toldOf(item.item_id)).toContainEqual({
    webhook_type: 'AUTH',
    webhook_code: 'AUTOMATICALLY_VERIFIED',
    item_id: item.item_id,
    account_id: item.account_id,
    error: null,
    environment: 'sandbox',
  })
  expect((await bank.client.authGet({ access_token })).data.numbers.ach).toHaveLength(1)
  await processorOf(item)
})

test('deposits to numbers that are not the account’s are never found', async () => {
  const item = await linkAutomatically(STRANGE, '1', 'pass_good')
  await bank.clock.advanceTo(bank.clock.now().add({ hours: 6 * 24 }))
  expect(await statusOf(item.access_token)).toBe('pending_automatic_verification')
  await bank.clock.advanceTo(bank.clock.now().add({ hours: 2 * 24 }))
  expect(await statusOf(item.access_token)).toBe('verification_expired')
  expect(toldOf(item.item_id)).toMatchObject([{ webhook_code: 'VERIFICATION_EXPIRED' }])
  const { access_token } = item
  expect(await refusalOf(bank.client.authGet({ access_token }))).toMatchObject({ code: 'NO_AUTH_ACCOUNTS' })
})

test('the sandbox ends the waiting at once, either way, once, and only where something waits', async () => {
  const set = (item: { access_token: string; account_id: string }, verification_status: string) =>
    bank.client.sandboxItemSetVerificationStatus({ ...item, verification_status } as never)
  const pick = ({ access_token, account_id }: { access_token: string; account_id: string }) => ({
    access_token,
    account_id,
  })
  const { data: made } = await bank.client.sandboxPublicTokenCreate({
    institution_id: HOUNDSTOOTH,
    initial_products: [Products.Auth],
    options: { override_password: 'microdeposits_good', webhook: hooks.url },
  })
  const { data } = await bank.client.itemPublicTokenExchange({ public_token: made.public_token })
  const { access_token } = data
  const { data: listed } = await bank.client.accountsGet({ access_token })
  const waiting = listed.accounts.filter((account) => account.verification_status !== undefined)
  expect(waiting.map(({ mask }) => mask)).toEqual(['0000', '1111', '9002'])
  const [checking, savings] = waiting.map(({ account_id }) => ({ access_token, account_id }))
  if (checking === undefined || savings === undefined) throw new Error('no accounts')
  await set(checking, 'automatically_verified')
  await set(savings, 'verification_expired')
  await bank.clock.advanceTo(bank.clock.now().add({ seconds: 1 }))
  expect(toldOf(data.item_id).map(({ webhook_code, account_id }) => [webhook_code, account_id])).toEqual([
    ['AUTOMATICALLY_VERIFIED', checking.account_id],
    ['VERIFICATION_EXPIRED', savings.account_id],
  ])
  const not = { status: 400, type: 'INVALID_REQUEST', code: 'INVALID_FIELD' }
  expect(await refusalOf(set(savings, 'automatically_verified'))).toMatchObject(not)
  expect(await refusalOf(set(checking, 'manually_verified'))).toMatchObject(not)
  const byHand = pick(await linkByHand('110000000', '1111222233330000'))
  expect(await refusalOf(set(byHand, 'automatically_verified'))).toMatchObject(not)
  const unknown = { status: 400, code: 'INVALID_ACCOUNT_ID' }
  expect(
    await refusalOf(set({ ...checking, account_id: byHand.account_id }, 'automatically_verified')),
  ).toMatchObject(unknown)
  const stranger = bank.stranger.sandboxItemSetVerificationStatus({
    ...checking,
    verification_status: 'automatically_verified',
  } as never)
  expect(await refusalOf(stranger)).toMatchObject({ status: 400, code: 'INVALID_ACCESS_TOKEN' })
})

test('where deposits arrive at once the code is asked for before the end', async () => {
  const auth = { instant_microdeposits_enabled: true }
  const link = await session({ auth })
  const { body } = await link.call('numbers', typed('333333334', '1111222233330000'))
  expect(body).toMatchObject({ institution: { name: 'Windowpane Bank' }, deposit: { hint: 'ABC' } })
  expect((await link.call('finish', { account_keys: [] })).status).toBe(400)
  const wrong = { status: 400, body: { error_code: 'INCORRECT_DEPOSIT_VERIFICATION' } }
  expect(await link.call('code', { code: 'NOT' })).toMatchObject(wrong)
  expect(await link.call('code', { code: 'ABC' })).toMatchObject({ status: 200 })
  const { public_token, metadata } = await link.finish()
  expect(metadata.accounts).toMatchObject([{ verification_status: 'manually_verified' }])
  const { data } = await bank.client.itemPublicTokenExchange({ public_token })
  const { data: told } = await bank.client.authGet({ access_token: data.access_token })
  expect(told.item.auth_method).toBe('INSTANT_MICRODEPOSITS')

  const hasty = await session({ auth })
  await hasty.call('numbers', typed('333333334', '1111222233330000'))
  for (const code of ['A', 'B', 'C']) await hasty.call('code', { code })
  // Typing the numbers again gives no new tries.
  await hasty.call('numbers', typed('333333334', '1111222233330000'))
  const over = { status: 400, body: { error_code: 'TOO_MANY_VERIFICATION_ATTEMPTS' } }
  expect(await hasty.call('code', { code: 'ABC' })).toMatchObject(over)
  // Other banks need the slower way, which this client does not allow.
  const slow = { status: 400, body: { error_code: 'INVALID_ACCOUNT_NUMBER' } }
  expect(await hasty.call('numbers', typed('110000000', '1111222233330000'))).toMatchObject(slow)
})
