import { expect, test } from 'vitest'
import { type BrokerWorld, brokerWorld } from './broker-world.ts'
import { booksAreRight } from './funding-facts.ts'
import { hasVendorDocument, readVendorDocument } from './vendor-document.ts'
import { ABROAD_BANK, banksOf, HOME_BANK, wire, wireAccount } from './wire-world.ts'

const UNKNOWN = '0b0e4f4e-0000-4000-8000-000000000000'

const stored = (world: BrokerWorld) => world.db.selectFrom('recipient_banks').selectAll().execute()

async function stepsOf(world: BrokerWorld, bankId: string) {
  const rows = await world.db
    .selectFrom('events')
    .select(['status_from', 'status_to'])
    .where('stream', '=', 'wire_bank')
    .where('entity_id', '=', bankId)
    .orderBy('id')
    .execute()
  return rows.map(({ status_from, status_to }) => `${status_from}>${status_to}`)
}

test('a bank at home is known by its number, and approved two seconds later', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const noAddress = { country: '', state_province: '', postal_code: '', city: '', street_address: '' }
  const { status, body } = await world.call('POST', banksOf(id), HOME_BANK)
  expect([status, body]).toMatchObject([
    200,
    { ...HOME_BANK, ...noAddress, account_id: id, status: 'QUEUED' },
  ])

  await world.advance({ seconds: 1 })
  expect((await world.call('GET', banksOf(id))).body).toMatchObject([{ status: 'SENT_TO_CLEARING' }])
  await world.advance({ seconds: 1 })
  expect((await world.call('GET', banksOf(id))).body).toMatchObject([
    { ...HOME_BANK, ...noAddress, id: body.id, status: 'APPROVED' },
  ])
  expect(await stepsOf(world, body.id)).toEqual([
    '>QUEUED',
    'QUEUED>SENT_TO_CLEARING',
    'SENT_TO_CLEARING>APPROVED',
  ])
  expect(JSON.stringify(await stored(world))).not.toContain(HOME_BANK.account_number)
  await booksAreRight(world)
})

test('a bank abroad has a BIC and an address', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  expect(await world.call('POST', banksOf(id), ABROAD_BANK)).toMatchObject({ status: 200, body: ABROAD_BANK })
})

const spoiled: readonly [field: string, bank: object][] = [
  ['name', { ...HOME_BANK, name: '' }],
  ['name', { ...HOME_BANK, name: undefined }],
  ['name', { ...HOME_BANK, name: 5 }],
  ['bank_code_type', { ...HOME_BANK, bank_code_type: undefined }],
  ['bank_code_type', { ...HOME_BANK, bank_code_type: 'IBAN' }],
  ['bank_code_type', { ...HOME_BANK, bank_code_type: [] }],
  ['bank_code', { ...HOME_BANK, bank_code: '121000359' }],
  ['bank_code', { ...HOME_BANK, bank_code: 'DEUTDEFF' }],
  ['account_number', { ...HOME_BANK, account_number: '' }],
  ['account_number', { ...HOME_BANK, account_number: 'x'.repeat(18) }],
  ['country', { ...HOME_BANK, country: 'USA' }],
  ['city', { ...HOME_BANK, city: 'San Mateo' }],
  ['bank_code', { ...ABROAD_BANK, bank_code: '121000358' }],
  ['country', { ...ABROAD_BANK, country: '' }],
  ['state_province', { ...ABROAD_BANK, state_province: undefined }],
  ['postal_code', { ...ABROAD_BANK, postal_code: '20' }],
  ['city', { ...ABROAD_BANK, city: null }],
  ['street_address', { ...ABROAD_BANK, street_address: ' ' }],
  ['account_number', { ...ABROAD_BANK, account_number: 'x'.repeat(35) }],
]

test('a bank with one wrong field is a bad request that names the field, and adds nothing', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  for (const [field, bank] of spoiled) {
    const answer = await world.call('POST', banksOf(id), bank)
    expect([bank, answer.status, answer.body.code]).toEqual([bank, 400, 40010001])
    expect(answer.body.message).toContain(field)
  }
  expect(await stored(world)).toEqual([])
})

test('an account has one recipient bank, also when several are asked for at once', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const answers = await Promise.all([1, 2, 3].map(() => world.call('POST', banksOf(id), HOME_BANK)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe(40910000)

  const [bank] = (await world.call('GET', banksOf(id))).body
  expect((await world.call('DELETE', `${banksOf(id)}/${bank.id}`)).status).toBe(204)
  expect(await world.call('DELETE', `${banksOf(id)}/${bank.id}`)).toMatchObject({
    status: 404,
    body: { code: 40410000 },
  })
  await world.advance({ seconds: 5 })
  expect(await stepsOf(world, bank.id)).toEqual(['>QUEUED', 'QUEUED>CANCELED'])
  expect((await world.call('POST', banksOf(id), HOME_BANK)).status).toBe(200)
})

test('the list shows active banks, or inactive ones, or those with a name', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const first = await world.must(world.call('POST', banksOf(id), HOME_BANK))
  await world.call('DELETE', `${banksOf(id)}/${first.id}`)
  const second = await world.must(world.call('POST', banksOf(id), ABROAD_BANK))
  const ids = async (query: string) =>
    (await world.call('GET', `${banksOf(id)}?${query}`)).body.map((one: { id: string }) => one.id)
  expect(await ids('')).toEqual([second.id])
  expect(await ids('status=ACTIVE')).toEqual([second.id])
  expect(await ids('status=inactive')).toEqual([first.id])
  expect(await ids('bank_name=hafen')).toEqual([second.id])
  expect(await ids('bank_name=harbor')).toEqual([])
  expect(await ids('status=INACTIVE&bank_name=Harbor%20Trust')).toEqual([first.id])
  expect((await world.call('GET', `${banksOf(id)}?status=SOON`)).status).toBe(400)
})

test('a name may ask how the bank ends; a rejected one is in no list and leaves its place free', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const wish = (status: string) =>
    world.must(
      world.call('POST', banksOf(id), { ...HOME_BANK, name: `Trust /fixtures/status=${status}/fixtures/` }),
    )
  const rejected = await wish('REJECTED')
  await world.advance({ seconds: 5 })
  expect(await stepsOf(world, rejected.id)).toEqual([
    '>QUEUED',
    'QUEUED>SENT_TO_CLEARING',
    'SENT_TO_CLEARING>REJECTED',
  ])
  expect((await world.call('GET', banksOf(id))).body).toEqual([])
  expect((await world.call('GET', `${banksOf(id)}?status=INACTIVE`)).body).toEqual([])

  await wish('SENT_TO_CLEARING')
  await world.advance({ seconds: 60 })
  expect((await world.call('GET', banksOf(id))).body).toMatchObject([{ status: 'SENT_TO_CLEARING' }])
})

test('a bank to which a wire is on its way stays', async () => {
  await using world = await brokerWorld()
  const alice = await wireAccount(world, '500')
  const out = await world.must(wire(world, alice, '100'))
  const path = `${banksOf(alice.id)}/${alice.bankId}`
  expect(await world.call('DELETE', path)).toMatchObject({ status: 422, body: { code: 40010001 } })
  await world.call('DELETE', `/v1/accounts/${alice.id}/transfers/${out.id}`)
  expect((await world.call('DELETE', path)).status).toBe(204)
  expect(await wire(world, alice, '100')).toMatchObject({ status: 422, body: { message: 'invalid bank_id' } })
})

test("unknown accounts are 401, malformed ids 400, another account's bank 404", async () => {
  await using world = await brokerWorld()
  const alice = await wireAccount(world, '100')
  const bob = await world.activeAccount()
  expect((await world.call('POST', banksOf(UNKNOWN), HOME_BANK)).status).toBe(401)
  expect((await world.call('GET', banksOf(UNKNOWN))).status).toBe(401)
  expect((await world.call('GET', banksOf('x'))).status).toBe(400)
  expect((await world.call('DELETE', `${banksOf(bob)}/x`)).status).toBe(400)
  expect((await world.call('DELETE', `${banksOf(bob)}/${alice.bankId}`)).status).toBe(404)
  expect((await wire(world, { id: bob, bankId: alice.bankId }, '1')).status).toBe(422)
  await world.must(world.call('POST', `/_sim/accounts/${bob}/status`, { status: 'ACCOUNT_CLOSED' }))
  expect((await world.call('POST', banksOf(bob), HOME_BANK)).status).toBe(403)
})

test.skipIf(!hasVendorDocument)(
  'banks and wires are answered in the shape that the vendor describes',
  async () => {
    const vendor = readVendorDocument()
    await using world = await brokerWorld()
    const alice = await wireAccount(world, '500')
    const wired = await world.must(wire(world, alice, '100', { fee_payment_method: 'user' }))
    const bob = await world.activeAccount()
    const added = await world.must(world.call('POST', banksOf(bob), ABROAD_BANK))
    const banks = '/v1/accounts/{account_id}/recipient_banks'
    const transfers = '/v1/accounts/{account_id}/transfers'
    expect(vendor.problemsOf('post', banks, added)).toBeNull()
    expect(vendor.problemsOf('get', banks, (await world.call('GET', banksOf(alice.id))).body)).toBeNull()
    expect(vendor.problemsOf('post', transfers, wired)).toBeNull()
    expect(vendor.problemsOf('get', transfers, await world.transfers(alice.id))).toBeNull()
  },
)
