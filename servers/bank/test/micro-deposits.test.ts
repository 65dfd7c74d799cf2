import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { refusalOf } from './refusal.ts'
import { type Body, typed, typingAt } from './typed-steps.ts'
import { hasVendorDocument, readVendorDocument } from './vendor-document.ts'

/** Numbers that are typed without signing in, and their codes (contracts/plaid/micro-deposits.md). */
let bank: TestBank
let people: ReturnType<typeof typingAt>

beforeAll(async () => {
  bank = await bankWith()
  people = typingAt(bank)
})
afterAll(() => bank[Symbol.asyncDispose]())

test('typed numbers are an account that waits for its code, and nothing moves by them until then', async () => {
  const item = await people.linkByHand('110000000', '1111222233330000')
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
  expect(await refusalOf(people.processorOf(item))).toMatchObject(notReady)
  const others = { status: 400, code: 'PRODUCTS_NOT_SUPPORTED' }
  expect(await refusalOf(bank.client.identityGet({ access_token }))).toMatchObject(others)
  expect(await refusalOf(bank.client.transactionsSync({ access_token }))).toMatchObject(others)

  const back = await people.backWith(access_token)
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
  const { data: made } = await people.processorOf(item)
  const { data: told } = await bank.partner.processorAuthGet({ processor_token: made.processor_token })
  expect(told).toMatchObject({
    account: { verification_status: 'manually_verified' },
    numbers: { ach: { account: '1111222233330000', routing: '110000000' } },
  })
  // Update mode once more: there is nothing left to type, and the status stays what it is.
  const again = await people.backWith(access_token)
  expect(again.started).toMatchObject({ typed: { deposit: null } })
  expect((await again.finish()).metadata.accounts).toMatchObject([
    { verification_status: 'manually_verified' },
  ])
})

test.skipIf(!hasVendorDocument)('what is told of such an account has the vendor’s shape', async () => {
  const vendor = readVendorDocument()
  const item = await people.linkByHand('110000000', '1111222233330000')
  const { access_token, account_id } = item
  const check = async (path: string, body: Body) => {
    const answer = await bank.post(path, body)
    expect(answer.status, path).toBe(200)
    expect(vendor.problemsOf(path, answer.body), path).toBeNull()
  }
  await check('/accounts/get', { access_token })
  await check('/item/get', { access_token })
  const back = await people.backWith(access_token)
  await back.call('code', { code: 'ABC' })
  await back.finish()
  await check('/link/token/get', { link_token: back.link_token })
  await check('/auth/get', { access_token })
  const { data } = await people.processorOf({ access_token, account_id })
  await check('/processor/auth/get', { processor_token: data.processor_token })
})

test('the deposit comes the same day, and the code stands on the statement of the account', async () => {
  // Savings of user_good at Tartan Bank, which nobody has linked.
  const numbers = { routing_number: '061990078', account_number: '1111222233331111' }
  const item = await people.linkByHand(numbers.routing_number, numbers.account_number)
  const back = await people.backWith(item.access_token)
  expect(back.started).toMatchObject({ typed: { deposit: { hint: null } } })
  const statement = async () => {
    const { body } = await bank.post('/_sim/bank-accounts/find', numbers, {
      'content-type': 'application/json',
    })
    return body.entries as { amount: string; description: string; kind: string }[]
  }
  expect((await statement()).filter(({ kind }) => kind === 'ach_micro_deposit')).toEqual([])
  await bank.clock.advanceTo(Temporal.Instant.from('2026-11-20T18:30:00Z'))
  const [deposit] = await statement()
  expect(deposit).toMatchObject({ amount: '0.01', kind: 'ach_micro_deposit' })
  expect(deposit?.description).toMatch(/^#[A-Z]{3} PADDOCK ACCTVERIFY$/)
  const code = deposit?.description.slice(1, 4)
  const later = await people.backWith(item.access_token)
  expect(await later.call('code', { code })).toMatchObject({ status: 200 })
  expect(await people.statusOf(item.access_token)).toBe('manually_verified')
})

test('the third wrong code ends the trying, also when two come at once', async () => {
  const item = await people.linkByHand('110000000', '1111222233330000')
  const { access_token } = item
  const back = await people.backWith(access_token)
  const wrong = {
    status: 400,
    body: { error_type: 'INVALID_INPUT', error_code: 'INCORRECT_DEPOSIT_VERIFICATION' },
  }
  const over = {
    status: 400,
    body: { error_type: 'INVALID_INPUT', error_code: 'TOO_MANY_VERIFICATION_ATTEMPTS' },
  }
  expect(await back.call('code', { code: 'XYZ' })).toMatchObject(wrong)
  expect(await people.statusOf(access_token)).toBe('pending_manual_verification')
  const both = await Promise.all(['AAA', 'BBB'].map((code) => back.call('code', { code })))
  expect(both.map(({ body }) => body.error_code).sort()).toEqual([
    'INCORRECT_DEPOSIT_VERIFICATION',
    'TOO_MANY_VERIFICATION_ATTEMPTS',
  ])
  expect(await back.call('code', { code: 'ABC' })).toMatchObject(over)
  expect(await people.statusOf(access_token)).toBe('verification_failed')
  expect((await back.call('finish', { account_keys: [] })).status).toBe(400)
  expect(await bank.post('/link/session/start', { link_token: back.link_token })).toMatchObject(over)
  const refused = { status: 400, code: 'NO_AUTH_ACCOUNTS' }
  expect(await refusalOf(bank.client.authGet({ access_token }))).toMatchObject(refused)
  expect(await refusalOf(people.processorOf(item))).toMatchObject(refused)
})

test('numbers that cannot be, or that nobody has at a bank that is known, are refused', async () => {
  const link = await people.sameDay()
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
  const { metadata } = await people.linkByHand('026009593', '000123456789')
  expect(metadata.institution).toEqual({ name: 'Other bank', institution_id: 'ins_900000' })
  // What ACH sends there goes to a bank that is not here, also when the server starts again.
  await bank.restart()
  const sent = { routing_number: '026009593', account_number: '000123456789' }
  const found = await bank.post('/_sim/bank-accounts/find', sent, { 'content-type': 'application/json' })
  expect(found.status).toBe(404)
  const known = await link.call('routing', { routing_number: '061990078' })
  expect(known.body).toMatchObject({ bank_name: 'Tartan Bank' })
  expect((await link.call('routing', { routing_number: '026009593' })).body).toMatchObject({
    bank_name: null,
  })
})

test('an item of typed numbers belongs to the user of its link token, whose name is filled in', async () => {
  const { data: user } = await bank.client.userCreate({
    client_user_id: 'typist',
    identity: { name: { given_name: 'Ida', family_name: 'Marsh' } },
  } as never)
  const link = await people.sameDay({ user: undefined, user_id: user.user_id })
  await link.call('numbers', typed('110000000', '1111222233330000'))
  const { public_token } = await link.finish()
  const { data } = await bank.client.itemPublicTokenExchange({ public_token })
  const { data: owned } = await bank.client.userItemsGet({ user_id: user.user_id } as never)
  expect(owned.items.map(({ item_id }) => item_id)).toEqual([data.item_id])
  const named = await people.sameDay({ user: { client_user_id: 'a', legal_name: 'Ida Marsh' } })
  expect(named.started).toMatchObject({ by_hand: { holder_name: 'Ida Marsh' } })
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
  const { started, call } = await people.session(changes)
  if (byHand === null) {
    expect(started.by_hand).toBe(null)
    expect((await call('numbers', typed('110000000', '1111222233330000'))).status).toBe(400)
  } else expect(started.by_hand).toMatchObject(byHand)
})

test('where deposits arrive at once the code is asked for before the end', async () => {
  const auth = { instant_microdeposits_enabled: true }
  const link = await people.session({ auth })
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

  const hasty = await people.session({ auth })
  await hasty.call('numbers', typed('333333334', '1111222233330000'))
  for (const code of ['A', 'B', 'C']) await hasty.call('code', { code })
  const over = { status: 400, body: { error_code: 'TOO_MANY_VERIFICATION_ATTEMPTS' } }
  expect(await hasty.call('code', { code: 'ABC' })).toMatchObject(over)
  // The same bank's own number: what is typed again is another deposit with another code.
  const own = { routing_number: '081990113', account_number: '1111222233330000' }
  for (const _time of [1, 2]) await hasty.call('numbers', typed(own.routing_number, own.account_number))
  const statement = await bank.post('/_sim/bank-accounts/find', own, { 'content-type': 'application/json' })
  const [second, first] = statement.body.entries as { description: string }[]
  const codes = [first, second].map((entry) => entry?.description.slice(1, 4))
  expect(await hasty.call('code', { code: codes[0] })).toMatchObject(wrong)
  expect(await hasty.call('code', { code: codes[1] })).toMatchObject({ status: 200 })
  // Other banks need the slower way, which this client does not allow.
  const slow = { status: 400, body: { error_code: 'INVALID_ACCOUNT_NUMBER' } }
  expect(await hasty.call('numbers', typed('110000000', '1111222233330000'))).toMatchObject(slow)
})
