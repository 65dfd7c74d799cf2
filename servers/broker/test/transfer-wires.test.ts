import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FIRM_ACCOUNT_ID } from '../src/firm/firm-account.ts'
import { type BrokerWorld, brokerWorld } from './broker-world.ts'
import { booksAreRight, eventsOf, figures } from './funding-facts.ts'
import { banksOf, HOME_BANK, wire, wireAccount } from './wire-world.ts'

/** The lines of an account's statement beside its first deposit: type and amount in cents. */
async function linesOf(world: BrokerWorld, accountId: string) {
  const rows = await world.db
    .selectFrom('activities')
    .select(['activity_type', 'net_amount_minor'])
    .where('account_id', '=', accountId)
    .where('activity_type', '<>', 'CSD')
    .orderBy('at')
    .orderBy('activity_type')
    .execute()
  return rows.map((row) => `${row.activity_type} ${row.net_amount_minor}`)
}

/** Monday morning in New York: `seasonedAccount` ends on a Monday at noon. */
const MONDAY = '2026-11-30'

test('a wire whose fee the customer pays leaves at four and arrives at six on the same day', async () => {
  await using world = await brokerWorld()
  const alice = await wireAccount(world, '500')
  const { body } = await wire(world, alice, '200', {
    fee_payment_method: 'user',
    additional_information: 'ref 2291',
  })
  expect(body).toMatchObject({
    type: 'wire',
    bank_id: alice.bankId,
    status: 'QUEUED',
    amount: '175',
    requested_amount: '200',
    fee: '25',
    fee_payment_method: 'user',
    additional_information: 'ref 2291',
    cutoff_at: `${MONDAY}T21:00:00Z`,
    settles_on: MONDAY,
  })
  expect(body).not.toHaveProperty('relationship_id')
  expect(await figures(world, alice.id)).toMatchObject({ cash: '500', withdrawable: '300', out: '200' })

  await world.advance({ to: `${MONDAY}T21:00:00Z` })
  expect(await world.transfers(alice.id)).toMatchObject([{ status: 'SENT_TO_CLEARING' }, {}])
  await world.advance({ to: `${MONDAY}T23:00:00Z` })
  expect(await world.transfers(alice.id)).toMatchObject([{ status: 'COMPLETE' }, {}])
  expect(await figures(world, alice.id)).toMatchObject({ cash: '300', withdrawable: '300', out: '0' })
  expect(await linesOf(world, alice.id)).toEqual(['CSW -17500', 'FEE -2500'])
  expect(await eventsOf(world, body.id)).toEqual(['QUEUED', 'SENT_TO_CLEARING', 'COMPLETE'])
  await booksAreRight(world)
})

test('a wire on invoice arrives whole, and the firm pays its fee', async () => {
  await using world = await brokerWorld()
  const alice = await wireAccount(world, '500')
  const { body } = await wire(world, alice, '200')
  expect(body).toMatchObject({
    amount: '200',
    requested_amount: '200',
    fee: '0',
    fee_payment_method: 'invoice',
  })
  await world.advance({ days: 1 })
  expect(await figures(world, alice.id)).toMatchObject({ cash: '300' })
  expect(await linesOf(world, alice.id)).toEqual(['CSW -20000'])
  expect(await linesOf(world, FIRM_ACCOUNT_ID)).toEqual(['FEE -2500'])
  expect((await figures(world, FIRM_ACCOUNT_ID)).cash).toBe('49975')
  await booksAreRight(world)
})

test('a firm with an empty account pays from its bank, so that no wire waits for it', async () => {
  await using world = await brokerWorld()
  const alice = await wireAccount(world, '500')
  const firm = { id: FIRM_ACCOUNT_ID as string, bankId: '' }
  const bank = await world.must(world.call('POST', banksOf(firm.id), HOME_BANK))
  await world.advance({ seconds: 3 })
  const all = await world.must(
    wire(world, { ...firm, bankId: bank.id }, '49990', { fee_payment_method: 'user' }),
  )
  expect(all.amount).toBe('49965')
  await world.must(wire(world, alice, '100'))
  await world.advance({ days: 1 })
  expect((await world.transfers(alice.id))[0].status).toBe('COMPLETE')
  expect((await figures(world, FIRM_ACCOUNT_ID)).cash).toBe('10')
  await booksAreRight(world)
})

test.for([
  { at: '2026-11-30T20:59:59Z', settles: '2026-11-30', why: 'a second before four' },
  { at: '2026-11-30T21:00:00Z', settles: '2026-12-01', why: 'at four' },
  { at: '2026-12-05T15:00:00Z', settles: '2026-12-07', why: 'on a Saturday' },
  { at: '2026-12-24T21:00:00Z', settles: '2026-12-28', why: 'at four on Christmas Eve, a Thursday' },
  { at: '2026-12-25T15:00:00Z', settles: '2026-12-28', why: 'on Christmas Day' },
])('a wire asked for $why settles on $settles', async ({ at, settles }) => {
  await using world = await brokerWorld()
  const alice = await wireAccount(world, '100')
  await world.advance({ to: at })
  const { body } = await wire(world, alice, '50')
  expect(body.settles_on).toBe(settles)
  await world.advance({ to: `${settles}T22:59:59Z` })
  expect((await world.transfers(alice.id))[0].status).toBe('SENT_TO_CLEARING')
  await world.advance({ seconds: 1 })
  expect((await world.transfers(alice.id))[0].status).toBe('COMPLETE')
})

test.for([
  { amount: '25.01', method: 'user' },
  { amount: '0.01', method: 'invoice' },
  { amount: '100', method: 'user' },
  { amount: '100', method: 'invoice' },
])('of 100, a wire of $amount with the fee on $method is taken', async ({ amount, method }) => {
  await using world = await brokerWorld()
  const alice = await wireAccount(world, '100')
  expect((await wire(world, alice, amount, { fee_payment_method: method })).status).toBe(200)
  await booksAreRight(world)
})

describe('of 100', () => {
  let world: BrokerWorld
  let alice: Awaited<ReturnType<typeof wireAccount>>
  beforeAll(async () => {
    world = await brokerWorld()
    alice = await wireAccount(world, '100')
  })
  afterAll(() => world[Symbol.asyncDispose]())

  test.for([
    { amount: '25.00', method: 'user', answer: 422 },
    { amount: '24.99', method: 'user', answer: 422 },
    { amount: '100.01', method: 'user', answer: 403 },
    { amount: '100.01', method: 'invoice', answer: 403 },
    { amount: '0', method: 'invoice', answer: 422 },
    { amount: '10.001', method: 'invoice', answer: 422 },
  ])('a wire of $amount with the fee on $method is refused with $answer and takes nothing', async (row) => {
    const { status, body } = await wire(world, alice, row.amount, { fee_payment_method: row.method })
    expect(status).toBe(row.answer)
    if (row.answer === 422 && row.method === 'user') {
      expect(body).toMatchObject({ code: 40010001, message: 'withdrawal amount must be greater than 25.00' })
    }
    expect(await figures(world, alice.id)).toMatchObject({ withdrawable: '100', out: '0' })
    await booksAreRight(world)
  })
})

test('wires and withdrawals at the same time never take more than there is', async () => {
  await using world = await brokerWorld()
  const alice = await wireAccount(world, '100')
  const answers = await Promise.all([
    ...Array.from({ length: 4 }, () => wire(world, alice, '30', { fee_payment_method: 'user' })),
    ...Array.from({ length: 4 }, () => world.transfer(alice, '30', 'OUTGOING')),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 403, 403, 403, 403, 403])
  expect(await figures(world, alice.id)).toMatchObject({ withdrawable: '10', out: '90' })
  await world.advance({ days: 3 })
  expect(await figures(world, alice.id)).toMatchObject({ cash: '10', out: '0' })
  await booksAreRight(world)
})

test('a wire is called back until it leaves, and its fee is free again', async () => {
  await using world = await brokerWorld()
  const alice = await wireAccount(world, '100')
  const { body } = await wire(world, alice, '60', { fee_payment_method: 'user' })
  const path = `/v1/accounts/${alice.id}/transfers/${body.id}`
  expect((await world.call('DELETE', path)).status).toBe(204)
  expect(await figures(world, alice.id)).toMatchObject({ withdrawable: '100', out: '0' })
  expect(await world.call('DELETE', path)).toMatchObject({ status: 422, body: { code: 42210000 } })
  await booksAreRight(world)
})

test('a wire that comes back brings its amount, not its fee', async () => {
  await using world = await brokerWorld()
  const alice = await wireAccount(world, '100')
  const { body } = await wire(world, alice, '60', { fee_payment_method: 'user' })
  await world.advance({ days: 1 })
  const answer = await world.call('POST', `/_sim/transfers/${body.id}/return`, { code: 'R03' })
  expect(answer.body).toMatchObject({ status: 'RETURNED', reason: 'returned by the receiving bank' })
  expect((await figures(world, alice.id)).cash).toBe('75')
  expect(await linesOf(world, alice.id)).toEqual(['CSW -3500', 'FEE -2500', 'CSW 3500'])
  await booksAreRight(world)
})

test.for([
  { wish: 'SENT_TO_CLEARING', statuses: ['QUEUED', 'QUEUED', 'CANCELED'] },
  { wish: 'REJECTED', statuses: ['REJECTED', 'REJECTED', 'REJECTED'] },
])('a wire to a bank that ends as $wish becomes $statuses', async ({ wish, statuses }) => {
  await using world = await brokerWorld()
  const alice = await world.seasonedAccount('100')
  const name = `Trust /fixtures/status=${wish}/fixtures/`
  const bank = await world.must(world.call('POST', banksOf(alice.id), { ...HOME_BANK, name }))
  await world.must(wire(world, { ...alice, bankId: bank.id }, '50', { fee_payment_method: 'user' }))
  const seen: string[] = []
  for (const days of [1, 5, 4]) {
    await world.advance({ days })
    seen.push((await world.transfers(alice.id))[0].status)
  }
  expect(seen).toEqual(statuses)
  expect(await figures(world, alice.id)).toMatchObject({ withdrawable: '100', out: '0' })
  await booksAreRight(world)
})

test('wires are refused in the words of the vendor', async () => {
  await using world = await brokerWorld()
  const alice = await wireAccount(world, '100')
  const { bankId, relationshipId } = alice
  for (const [change, message] of [
    [{ direction: 'INCOMING' }, 'cannot submit incoming wire transfer using this API'],
    [{ relationship_id: relationshipId }, 'relationship_id should be empty for wire transfer'],
    [{ bank_id: undefined }, 'bank_id required for wire transfer'],
    [{ bank_id: relationshipId }, 'invalid bank_id'],
    [{ transfer_type: 'ach', relationship_id: relationshipId }, 'bank_id should be empty for ach transfer'],
    [{ transfer_type: 'ach', bank_id: undefined, relationship_id: bankId }, 'invalid relationship_id'],
    [{ fee_payment_method: 'someone' }, 'fee_payment_method'],
    [{ additional_information: 'x'.repeat(501) }, 'additional_information'],
  ] as const) {
    const answer = await wire(world, alice, '10', change)
    expect([change, answer.status, answer.body.code]).toEqual([change, 422, 40010001])
    expect(answer.body.message).toContain(message)
  }
  await world.must(world.call('POST', `/_sim/accounts/${alice.id}/status`, { status: 'ACCOUNT_UPDATED' }))
  expect(await wire(world, alice, '10')).toMatchObject({
    status: 403,
    body: { message: 'withdrawals are not permitted for this account' },
  })
  expect(await world.transfers(alice.id)).toHaveLength(1)
})

test('a wire’s key stands for its bank and its fee too', async () => {
  await using world = await brokerWorld()
  const alice = await wireAccount(world, '500')
  const ask = (change: object) =>
    world.call(
      'POST',
      `/v1/accounts/${alice.id}/transfers`,
      { transfer_type: 'wire', bank_id: alice.bankId, direction: 'OUTGOING', amount: '50', ...change },
      { headers: { 'idempotency-key': 'rent' } },
    )
  const first = await world.must(ask({}))
  expect(await world.must(ask({ fee_payment_method: 'invoice' }))).toEqual(first)
  expect((await ask({ fee_payment_method: 'user' })).status).toBe(422)
  expect(await world.transfers(alice.id)).toHaveLength(2)
})

test('a wire may ask for its own ending, and any other text goes with it', async () => {
  await using world = await brokerWorld()
  const alice = await wireAccount(world, '500')
  const endings = { CANCELED: 'CANCELED', REJECTED: 'REJECTED', RETURNED: 'RETURNED', APPROVED: 'COMPLETE' }
  for (const wish of Object.keys(endings)) {
    await world.advance({ seconds: 5 })
    const additional_information = `/fixtures/status=${wish}/fixtures/`
    await world.must(wire(world, alice, '50', { additional_information, fee_payment_method: 'user' }))
  }
  await world.advance({ days: 1 })
  const [approved, returned, ...others] = await world.transfers(alice.id)
  expect(others.map(({ status }: { status: string }) => status)).toEqual(['REJECTED', 'CANCELED', 'COMPLETE'])
  expect([approved.status, returned.status]).toEqual(['COMPLETE', 'RETURNED'])
  // What comes back before it has arrived costs nothing.
  expect(await figures(world, alice.id)).toMatchObject({ cash: '450', out: '0' })
  await booksAreRight(world)
})
