import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankWith, type TestBank } from './bank-with.ts'
import { brokerageLink, PLATYPUS } from './linking.ts'

/** What Link's server says without its page: the rules hold for whoever speaks to it. */
let bank: TestBank

beforeAll(async () => {
  bank = await bankWith()
})
afterAll(() => bank[Symbol.asyncDispose]())

type Body = Record<string, unknown>

/** A session at a bank, and its calls. */
async function sessionAt(institutionId: string, changes: Body = {}) {
  const { data } = await bank.client.linkTokenCreate({ ...brokerageLink, ...changes })
  const { body: started } = await bank.post('/link/session/start', { link_token: data.link_token })
  const key = { link_token: data.link_token, link_session_id: started.link_session_id }
  const call = (name: string, body: Body = {}) => bank.post(`/link/session/${name}`, { ...key, ...body })
  await call('institution', { institution_id: institutionId })
  return { call, linkToken: data.link_token }
}

const signIn = (password: string, username = 'user_good') => ({ username, password })

/** The page's own rule for what comes after a refusal. */
const { paneAfter, needsBankSite } = (await import(
  new URL('../src/link/after-failure.js', import.meta.url).href
)) as Record<'paneAfter' | 'needsBankSite', (error: Body) => unknown>

const LIST = 'SELECT_INSTITUTION'

test.for([
  ['COUNTRY_NOT_SUPPORTED', 400, 'INSTITUTION_NO_LONGER_SUPPORTED', LIST],
  ['INSTITUTION_DOWN', 400, 'INSTITUTION_DOWN', LIST],
  ['INSTITUTION_NOT_RESPONDING', 400, 'INSTITUTION_NOT_RESPONDING', LIST],
  ['INSTITUTION_NO_LONGER_SUPPORTED', 400, 'INSTITUTION_NO_LONGER_SUPPORTED', LIST],
  ['INSUFFICIENT_CREDENTIALS', 400, 'INSUFFICIENT_CREDENTIALS', LIST],
  ['INTERNAL_SERVER_ERROR', 500, 'INTERNAL_SERVER_ERROR', LIST],
  ['INVALID_CREDENTIALS', 400, 'INVALID_CREDENTIALS', 'CREDENTIAL'],
  ['INVALID_SEND_METHOD', 400, 'INVALID_SEND_METHOD', LIST],
  ['ITEM_LOCKED', 400, 'ITEM_LOCKED', LIST],
  ['ITEM_LOGIN_REQUIRED', 400, 'ITEM_LOGIN_REQUIRED', LIST],
  ['ITEM_NOT_SUPPORTED', 400, 'ITEM_NOT_SUPPORTED', LIST],
  ['MFA_NOT_SUPPORTED', 400, 'MFA_NOT_SUPPORTED', LIST],
  ['NO_ACCOUNTS', 400, 'NO_ACCOUNTS', LIST],
  ['USER_SETUP_REQUIRED', 400, 'USER_SETUP_REQUIRED', LIST],
  ['nothing that is known', 400, 'INVALID_CREDENTIALS', 'CREDENTIAL'],
] as const)(
  'the password error_%s answers %i %s, and leads to %s',
  async ([code, status, answered, pane]) => {
    const { call } = await sessionAt(PLATYPUS)
    const refused = await call('credentials', signIn(`error_${code}`))
    expect(refused).toMatchObject({ status, body: { error_code: answered } })
    expect(paneAfter(refused.body)).toBe(pane)
    const isForTheBank = code === 'ITEM_LOCKED' || code === 'USER_SETUP_REQUIRED'
    expect(needsBankSite(refused.body)).toBe(isForTheBank)
    expect((await call('finish', { account_keys: ['0'] })).status).toBe(400)
  },
)

test('the password error_INVALID_MFA asks for a second step, to which no answer is right', async () => {
  const { call } = await sessionAt(PLATYPUS)
  expect((await call('credentials', signIn('error_INVALID_MFA'))).body).toMatchObject({
    mfa: { type: 'code' },
  })
  for (const answer of ['1234', '']) {
    const { body } = await call('mfa', { answers: [answer] })
    expect([body.error_code, paneAfter(body)]).toEqual(['INVALID_MFA', 'MFA'])
  }
})

test.for(['user_good', 'user_custom'])(
  '%s may have to show first that a person signs in',
  async (username) => {
    const { call } = await sessionAt(PLATYPUS)
    const asked = await call('credentials', signIn('{"recaptcha":"good"}', username))
    expect(asked.body).toMatchObject({ mfa: { type: 'recaptcha' }, accounts: [] })
    expect((await call('mfa', { answers: ['checked'] })).body).toMatchObject({ mfa: null, selection: 'one' })
    expect((await call('finish', { account_keys: ['0'] })).status).toBe(200)

    const bad = await sessionAt(PLATYPUS)
    await bad.call('credentials', signIn('{"recaptcha":"bad"}', username))
    const { status, body } = await bad.call('mfa', { answers: ['checked'] })
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { error_type: 'RECAPTCHA_ERROR', error_code: 'RECAPTCHA_BAD' },
    })
    expect(paneAfter(body)).toBe(LIST)
  },
)

test('a login with a second step connects nothing before each step was answered', async () => {
  const { call } = await sessionAt(PLATYPUS)
  const first = await call('credentials', signIn('mfa_questions_2_2'))
  expect(first.body).toMatchObject({ mfa: { type: 'questions', round: 1, rounds: 2 }, accounts: [] })
  const early = { status: 400, body: { error_code: 'INVALID_LINK_TOKEN' } }
  expect(await call('finish', { account_keys: ['0'] })).toMatchObject(early)
  const wrong = { status: 400, body: { error_code: 'INVALID_MFA' } }
  expect(await call('mfa', { answers: ['answer_0_1', 'answer_0_0'] })).toMatchObject(wrong)
  expect(await call('mfa', { answers: ['answer_0_0'] })).toMatchObject(wrong)
  const second = await call('mfa', { answers: ['answer_0_0', 'answer_0_1'] })
  expect(second.body).toMatchObject({ mfa: { round: 2 } })
  expect(await call('finish', { account_keys: ['0'] })).toMatchObject(early)
  const done = await call('mfa', { answers: ['answer_1_0', 'answer_1_1'] })
  expect(done.body).toMatchObject({ mfa: null, selection: 'one' })
  expect(await call('mfa', { answers: ['answer_1_0', 'answer_1_1'] })).toMatchObject(early)
  expect(await call('finish', { account_keys: ['0'] })).toMatchObject({ status: 200 })
})

test('a custom user may ask for a second step', async () => {
  const { call } = await sessionAt(PLATYPUS)
  const asked = await call('credentials', signIn(JSON.stringify({ mfa: { type: 'device' } }), 'user_custom'))
  expect(asked.body).toMatchObject({ mfa: { type: 'device' } })
  const [question] = (asked.body.mfa as { questions: { options: string[] }[] }).questions
  const coded = await call('mfa', { answers: [question?.options[0]] })
  expect(coded.body).toMatchObject({ mfa: { type: 'code' } })
  expect((await call('mfa', { answers: ['1234'] })).body).toMatchObject({ mfa: null })
})

test('what was shared on the bank’s own page is what the item gets, and it is decided once', async () => {
  const { call } = await sessionAt('ins_127287')
  const begun = await call('oauth-begin')
  const state = { oauth_state_id: begun.body.oauth_state_id }
  expect((await call('oauth-decision', state)).body).toMatchObject({ decision: 'waiting' })
  const decide = (account_keys: string[] | null) =>
    bank.post('/link/oauth/decide', { ...state, account_keys })
  // 3 is a card, which cannot receive transfers; two are one too many.
  expect(await decide(['3'])).toMatchObject({ status: 400, body: { error_code: 'NO_AUTH_ACCOUNTS' } })
  expect(await decide(['0', '1'])).toMatchObject({ status: 400, body: { error_code: 'NO_AUTH_ACCOUNTS' } })
  expect(await decide([])).toMatchObject({ status: 400, body: { error_code: 'NO_ACCOUNTS' } })
  const both = await Promise.all([decide(['1']), decide(['1'])])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 208])
  expect((await call('oauth-decision', state)).body).toMatchObject({
    decision: 'shared',
    account_keys: ['1'],
  })
  const linked = await call('finish', { account_keys: ['0'] })
  expect(linked.body).toMatchObject({ metadata: { accounts: [{ mask: '1111' }] } })
})

test('the sandbox can share accounts in the page’s place, without keys', async () => {
  const { call } = await sessionAt('ins_127287')
  const begun = await call('oauth-begin')
  const oauth_state_id = String(begun.body.oauth_state_id)
  const json = { 'content-type': 'application/json' }
  const select = (body: Body) => bank.post('/sandbox/oauth/select_accounts', body, json)
  const none = await select({ oauth_state_id: crypto.randomUUID(), accounts: ['1'] })
  expect(none).toMatchObject({ status: 404, body: { error_code: 'OAUTH_STATE_ID_NOT_FOUND' } })
  expect((await select({ oauth_state_id })).body.error_code).toBe('MISSING_FIELDS')
  expect((await select({ oauth_state_id, accounts: ['3'] })).body.error_code).toBe('NO_AUTH_ACCOUNTS')
  expect((await select({ oauth_state_id, accounts: ['1'] })).status).toBe(200)
  expect((await call('oauth-decision', { oauth_state_id })).body).toMatchObject({
    decision: 'shared',
    account_keys: ['1'],
  })
})

test('a state of another session is not found', async () => {
  const one = await sessionAt('ins_127287')
  const other = await sessionAt('ins_127287')
  const begun = await one.call('oauth-begin')
  const state = { oauth_state_id: begun.body.oauth_state_id }
  const unknown = { status: 404, body: { error_code: 'OAUTH_STATE_ID_NOT_FOUND' } }
  expect(await other.call('oauth-decision', state)).toMatchObject(unknown)
  const back = { link_token: other.linkToken, ...state }
  expect(await bank.post('/link/session/start', back)).toMatchObject({
    status: 400,
    body: { error_type: 'OAUTH_ERROR', error_code: 'INCORRECT_LINK_TOKEN' },
  })
})
