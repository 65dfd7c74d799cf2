import { BankBody, RelationshipBody, TransferBody } from '@paddock/broker-wire'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { activeAccount, fundedAccount, NOBODY } from '../support/cast.ts'
import { CheckedApi } from '../support/checked-api.ts'
import { checkingAccount, wireBank } from '../support/people.ts'
import { openTarget, type Target } from '../support/target.ts'

let target: Target
let api: CheckedApi
let rich: { account_id: string; relationship_id: string }

beforeAll(async () => {
  target = await openTarget()
  api = new CheckedApi(target)
  rich = await fundedAccount(target, api)
})
afterAll(async () => target?.[Symbol.asyncDispose]())

const relationships = '/v1/accounts/{account_id}/ach_relationships'
const transfers = '/v1/accounts/{account_id}/transfers'
const banks = '/v1/accounts/{account_id}/recipient_banks'

test('a bank account is linked once, listed by status, and let go', async () => {
  const path = { account_id: await activeAccount(target, api) }
  const linked = await api.accept(`POST ${relationships}`, 200, RelationshipBody, {
    path,
    body: checkingAccount,
  })
  await api.refuse(`POST ${relationships}`, 409, 40910000, { path, body: checkingAccount })
  const rows = z.array(RelationshipBody)
  expect(await api.accept(`GET ${relationships}`, 200, rows, { path })).toHaveLength(1)
  const query = 'statuses=QUEUED,APPROVED'
  expect(await api.accept(`GET ${relationships}`, 200, rows, { path, query })).toHaveLength(1)
  const known = { ...path, relationship_id: linked.id }
  await api.accept(`DELETE ${relationships}/{relationship_id}`, 204, undefined, { path: known })
  expect(await api.accept(`GET ${relationships}`, 200, rows, { path })).toEqual([])
  const unknown = { ...path, relationship_id: NOBODY }
  await api.refuse(`DELETE ${relationships}/{relationship_id}`, 404, 40410000, { path: unknown })
  const malformed = { ...path, relationship_id: 'x' }
  await api.refuse(`DELETE ${relationships}/{relationship_id}`, 400, 40010001, { path: malformed })
})

test.for([
  { what: 'a routing number that does not add up', change: { bank_routing_number: '121000359' } },
  { what: 'a routing number of eight digits', change: { bank_routing_number: '12100035' } },
  { what: 'no owner', change: { account_owner_name: '' } },
  { what: 'an unknown type of account', change: { bank_account_type: 'PIGGY' } },
  { what: 'no number', change: { bank_account_number: undefined } },
])('a bank account with $what is refused', async ({ change }) => {
  const path = { account_id: await activeAccount(target, api) }
  const { status, body } = await api.call(`POST ${relationships}`, {
    path,
    body: { ...checkingAccount, ...change },
  })
  expect([status, body.code]).toEqual([expect.toBeOneOf([400, 422]), 40010001])
})

test('a bank for wires: one at a time, its address by its kind', async () => {
  const path = { account_id: await activeAccount(target, api) }
  const bank = await api.accept(`POST ${banks}`, 200, BankBody, { path, body: wireBank })
  expect(bank).toMatchObject({ country: '', street_address: '', bank_code_type: 'ABA' })
  await api.refuse(`POST ${banks}`, 409, 40910000, { path, body: wireBank })
  expect(await api.accept(`GET ${banks}`, 200, z.array(BankBody), { path })).toHaveLength(1)
  await api.accept(`DELETE ${banks}/{bank_id}`, 204, undefined, { path: { ...path, bank_id: bank.id } })
  await api.refuse(`DELETE ${banks}/{bank_id}`, 404, 40410000, { path: { ...path, bank_id: NOBODY } })
  const { status } = await api.call(`POST ${banks}`, { path, body: { ...wireBank, bank_code_type: 'BIC' } })
  expect([400, 422]).toContain(status)
})

const ach = (amount: unknown, direction = 'INCOMING') => ({
  transfer_type: 'ach',
  relationship_id: rich.relationship_id,
  amount,
  direction,
  timing: 'immediate',
})

test('money comes and goes, and a transfer that waits can be called off', async () => {
  const path = { account_id: rich.account_id }
  // A fresh deposit may not leave again before some days have gone by.
  await target.pass({ days: 10 })
  const out = await api.accept(`POST ${transfers}`, 200, TransferBody, {
    path,
    body: ach('0.01', 'OUTGOING'),
  })
  const one = await api.accept(`POST ${transfers}`, 200, TransferBody, { path, body: ach('12.34') })
  expect(one).toMatchObject({ type: 'ach', amount: '12.34', direction: 'INCOMING' })
  await api.accept(`POST ${transfers}`, 200, TransferBody, { path, body: ach(0.01) })
  const rows = await api.accept(`GET ${transfers}`, 200, z.array(TransferBody), {
    path,
    query: 'direction=OUTGOING',
  })
  expect(rows.map(({ id }) => id)).toEqual([out.id])
  const page = await api.accept(`GET ${transfers}`, 200, z.array(TransferBody), {
    path,
    query: 'limit=1&offset=1',
  })
  expect(page).toHaveLength(1)
  expect(
    await api.accept(`GET ${transfers}`, 200, z.array(TransferBody), { path, query: 'offset=1000' }),
  ).toEqual([])
  const known = { ...path, transfer_id: one.id }
  await api.accept(`DELETE ${transfers}/{transfer_id}`, 204, undefined, { path: known })
  const again = await api.call(`DELETE ${transfers}/{transfer_id}`, { path: known })
  expect(again).toMatchObject({ status: 422 })
  await api.refuse(`DELETE ${transfers}/{transfer_id}`, 404, 40410000, {
    path: { ...path, transfer_id: NOBODY },
  })
})

test.for([
  { what: 'of nothing', amount: '0', status: 422, code: 40010001 },
  { what: 'of less than nothing', amount: '-1', status: 422, code: 40010001 },
  { what: 'of half a cent', amount: '0.005', status: 422, code: 40010001 },
  { what: 'of words', amount: 'ten', status: 422, code: 40010001 },
  { what: 'of too many digits', amount: '9'.repeat(30), status: 422, code: 40010001 },
  { what: 'without an amount', amount: undefined, status: 422, code: 40010001 },
  { what: 'of something that is no number', amount: '[1]', status: 422, code: 40010001 },
])('a transfer $what is refused', async ({ amount, status, code }) => {
  await api.refuse(`POST ${transfers}`, status, code, {
    path: { account_id: rich.account_id },
    body: ach(amount),
  })
})

test('what does not fit together is refused, with the vendor’s words', async () => {
  const path = { account_id: rich.account_id }
  const refuse = (body: object, message: RegExp) =>
    api
      .refuse(`POST ${transfers}`, 422, 40010001, { path, body })
      .then((said) => expect(said.message).toMatch(message))
  await refuse({ ...ach('1'), relationship_id: NOBODY }, /invalid relationship_id/)
  await refuse({ ...ach('1'), bank_id: NOBODY }, /bank_id should be empty/)
  await refuse({ transfer_type: 'wire', amount: '1', direction: 'OUTGOING' }, /bank_id required/)
  await refuse(
    { transfer_type: 'wire', amount: '1', direction: 'INCOMING', bank_id: NOBODY },
    /incoming wire/,
  )
  await refuse({ ...ach('1'), direction: 'SIDEWAYS' }, /direction/)
  await refuse({ ...ach('1'), transfer_type: 'pigeon' }, /transfer_type/)
  await refuse({ ...ach('1'), additional_information: 'hello' }, /additional information/)
  const { status, body } = await api.call(`POST ${transfers}`, { path, body: ach('6000', 'OUTGOING') })
  expect([status, body.code]).toEqual([403, 40310000])
  await api.refuse(`POST ${transfers}`, 401, 40110000, { path: { account_id: NOBODY }, body: ach('1') })
})
