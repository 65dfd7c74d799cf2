import { Products } from 'plaid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { refusalOf } from './refusal.ts'
import { type Body, typingAt } from './typed-steps.ts'
import { webhookReceiver } from './webhook-receiver.ts'

/** Numbers that are typed after signing in, at a bank that tells none (contracts/plaid/micro-deposits.md). */
const HOUNDSTOOTH = 'ins_109512'
type Auth = Record<string, boolean>

let bank: TestBank
let hooks: Awaited<ReturnType<typeof webhookReceiver>>
let people: ReturnType<typeof typingAt>

beforeAll(async () => {
  bank = await bankWith()
  hooks = await webhookReceiver()
  people = typingAt(bank, hooks.url)
})
afterAll(async () => {
  await bank[Symbol.asyncDispose]()
  await hooks[Symbol.asyncDispose]()
})

async function signedInAt(auth: Auth, password = 'pass_good') {
  const link = await people.session({ auth })
  await link.call('institution', { institution_id: HOUNDSTOOTH })
  const { body } = await link.call('credentials', { username: 'user_good', password })
  expect(body).toMatchObject({ selection: 'one', asks_numbers: true })
  return link
}

const CHECKING = { account_key: '0', routing_number: '021000021', account_number: '1111222233330000' }
const SAVINGS = { account_key: '1', routing_number: '021000021', account_number: '1111222233331111' }
const STRANGE = { ...SAVINGS, account_number: '1111222233339999' }

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
    const { call } = await people.session({ auth })
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
  const repair = await people.backWith(access_token)
  await repair.call('credentials', { username: 'user_good', password: 'microdeposits_good' })
  expect((await repair.finish()).metadata.accounts).toMatchObject([
    { verification_status: 'pending_automatic_verification' },
  ])
  // Friday afternoon: Monday morning is the next banking day.
  await bank.clock.advanceTo(Temporal.Instant.from('2026-11-23T13:29:00Z'))
  expect(await people.statusOf(access_token)).toBe('pending_automatic_verification')
  await bank.clock.advanceTo(Temporal.Instant.from('2026-11-23T13:31:00Z'))
  expect(await people.statusOf(access_token)).toBe('automatically_verified')
  expect(toldOf(item.item_id)).toContainEqual({
    webhook_type: 'AUTH',
    webhook_code: 'AUTOMATICALLY_VERIFIED',
    item_id: item.item_id,
    account_id: item.account_id,
    error: null,
    environment: 'sandbox',
  })
  expect((await bank.client.authGet({ access_token })).data.numbers.ach).toHaveLength(1)
  await people.processorOf(item)
})

test('deposits to numbers that are not the account’s are never found', async () => {
  const item = await linkAutomatically(STRANGE, '1', 'pass_good')
  await bank.clock.advanceTo(bank.clock.now().add({ hours: 6 * 24 }))
  expect(await people.statusOf(item.access_token)).toBe('pending_automatic_verification')
  await bank.clock.advanceTo(bank.clock.now().add({ hours: 2 * 24 }))
  expect(await people.statusOf(item.access_token)).toBe('verification_expired')
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
  const byHand = pick(await people.linkByHand('110000000', '1111222233330000'))
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
