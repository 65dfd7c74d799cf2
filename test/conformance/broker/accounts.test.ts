import { AccountBody, TradingAccountBody, TradingConfigurationsBody } from '@paddock/broker-wire'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { activeAccount, NOBODY } from '../support/cast.ts'
import { CheckedApi } from '../support/checked-api.ts'
import { newApplicant, PNG } from '../support/people.ts'
import { openTarget, type Target } from '../support/target.ts'

let target: Target
let api: CheckedApi
let account_id: string

beforeAll(async () => {
  target = await openTarget()
  api = new CheckedApi(target)
  account_id = await activeAccount(target, api)
})
afterAll(async () => target?.[Symbol.asyncDispose]())

const one = '/v1/accounts/{account_id}'

test('an application is accepted, can be read, and its address cannot be used again', async () => {
  const application = newApplicant()
  const created = await api.accept('POST /v1/accounts', 200, AccountBody, { body: application })
  expect(created).toMatchObject({ currency: 'USD', last_equity: '0', contact: { city: 'Chicago' } })
  expect(JSON.stringify(created)).not.toContain('512')
  const path = { account_id: created.id }
  expect(await api.accept(`GET ${one}`, 200, AccountBody, { path })).toMatchObject({ id: created.id })
  await api.refuse('POST /v1/accounts', 409, 40910000, { body: application })
})

test('the list is filtered by words, time, status and parts', async () => {
  const rows = z.array(AccountBody)
  const all = await api.accept('GET /v1/accounts', 200, rows)
  expect(all.map(({ id }) => id)).toContain(account_id)
  const query = 'query=Noor%20Halim&status=ACTIVE&status=SUBMITTED&sort=asc&entities=contact&unknown=True'
  const found = await api.accept('GET /v1/accounts', 200, rows, { query })
  expect(found.length).toBeGreaterThan(0)
  expect(found.every(({ contact, identity }) => contact !== undefined && identity === undefined)).toBe(true)
  expect(
    await api.accept('GET /v1/accounts', 200, rows, { query: 'created_after=2999-01-01T00:00:00Z' }),
  ).toEqual([])
  await api.refuse('GET /v1/accounts', 422, 40010001, { query: 'status=SLEEPING' })
})

const { contact, identity, disclosures } = newApplicant()

test.for([
  { what: 'no contact', change: { contact: undefined }, status: 422 },
  { what: 'no e-mail', change: { contact: { ...contact, email_address: undefined } }, status: 422 },
  { what: 'a P.O. box', change: { contact: { ...contact, street_address: ['P.O. Box 12'] } }, status: 422 },
  { what: 'no state in the USA', change: { contact: { ...contact, state: undefined } }, status: 422 },
  {
    what: 'an e-mail of 61 characters',
    change: { contact: { ...contact, email_address: `${'a'.repeat(49)}@example.org` } },
    status: 422,
  },
  {
    what: 'a street that is no list',
    change: { contact: { ...contact, street_address: 'Lane 1' } },
    status: 400,
  },
  { what: 'a child', change: { identity: { ...identity, date_of_birth: '2020-01-01' } }, status: 422 },
  {
    what: 'the 30th of February',
    change: { identity: { ...identity, date_of_birth: '1990-02-30' } },
    status: 422,
  },
  {
    what: 'an unknown kind of tax id',
    change: { identity: { ...identity, tax_id_type: 'MOON_ID' } },
    status: 422,
  },
  {
    what: 'a name with a space before it',
    change: { identity: { ...identity, given_name: ' Noor' } },
    status: 422,
  },
  {
    what: 'disclosures of another type',
    change: { disclosures: { ...disclosures, is_control_person: 'no' } },
    status: 400,
  },
  { what: 'no agreements', change: { agreements: [] }, status: 422 },
  { what: 'an unknown asset class', change: { enabled_assets: ['stamps'] }, status: 422 },
])('an application with $what is refused', async ({ change, status }) => {
  const code = status === 400 ? 40010000 : 40010001
  await api.refuse('POST /v1/accounts', status, code, { body: newApplicant(change) })
})

test('unknown accounts are told nothing, malformed ids are malformed', async () => {
  await api.refuse(`GET ${one}`, 401, 40110000, { path: { account_id: NOBODY } })
  await api.refuse(`GET ${one}`, 400, 40010001, { path: { account_id: 'nobody' } })
  const body = { contact: { city: 'Evanston' } }
  await api.refuse(`PATCH ${one}`, 401, 40110000, { path: { account_id: NOBODY }, body })
  await api.refuse(`DELETE ${one}`, 401, 40110000, { path: { account_id: NOBODY } })
})

test('an account is changed in parts, and what may not change stays', async () => {
  const path = { account_id }
  const body = { contact: { phone_number: '+13125550177' }, trusted_contact: null }
  const changed = await api.accept(`PATCH ${one}`, 200, AccountBody, { path, body })
  expect(changed).toMatchObject({
    status: 'ACTIVE',
    contact: { phone_number: '+13125550177', city: 'Chicago' },
  })
  await api.refuse(`PATCH ${one}`, 400, 40010000, { path, body: [] })
  await api.refuse(`PATCH ${one}`, 422, 40010001, { path, body: { contact: { email_address: 'nonsense' } } })
})

test('balances and settings of the trading account', async () => {
  const path = { account_id }
  const trading = '/v1/trading/accounts/{account_id}/account'
  const balances = await api.accept(`GET ${trading}`, 200, TradingAccountBody, { path })
  expect(balances).toMatchObject({ cash: '0', buying_power: '0', currency: 'USD' })
  await api.refuse(`GET ${trading}`, 401, 40110000, { path: { account_id: NOBODY } })

  const settings = `${trading}/configurations`
  await api.accept(`GET ${settings}`, 200, TradingConfigurationsBody, { path })
  const body = { suspend_trade: true, no_shorting: null }
  const changed = await api.accept(`PATCH ${settings}`, 200, TradingConfigurationsBody, { path, body })
  expect(changed).toMatchObject({ suspend_trade: true })
  await api.accept(`PATCH ${settings}`, 200, TradingConfigurationsBody, {
    path,
    body: { suspend_trade: false },
  })
  await api.refuse(`PATCH ${settings}`, 422, 40010001, { path, body: { trade_confirm_email: 'some' } })
})

test('documents of the owner: a list, known types, by their content', async () => {
  const upload = `POST ${one}/documents/upload` as const
  const path = { account_id }
  const passport = {
    document_type: 'identity_verification',
    document_sub_type: 'passport',
    content: PNG,
    mime_type: 'image/png',
  }
  await api.accept(upload, 204, undefined, { path, body: [passport] })
  await api.refuse(upload, 400, 40010000, { path, body: passport })
  for (const body of [
    [],
    [{ ...passport, document_type: 'love_letter' }],
    [{ ...passport, content: '%%%' }],
  ]) {
    const { status } = await api.call(upload, { path, body })
    expect([400, 422]).toContain(status)
  }
  const { status } = await api.call(upload, { path, body: Array(11).fill(passport) })
  expect([400, 422]).toContain(status)
})

test('an empty account is closed once, and stays readable', async () => {
  const id = await activeAccount(target, api)
  const path = { account_id: id }
  await api.accept(`POST ${one}/actions/close`, 204, undefined, { path })
  expect(await api.accept(`GET ${one}`, 200, AccountBody, { path })).toMatchObject({
    status: 'ACCOUNT_CLOSED',
  })
})
