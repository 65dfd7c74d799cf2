import { expect, test } from 'vitest'
import { FIRM_ACCOUNT_ID } from '../src/firm/firm-account.ts'
import { type BrokerWorld, brokerWorld, NUMBERS } from './broker-world.ts'
import { booksAreRight } from './funding-facts.ts'
import {
  advanced,
  advanceFigures,
  ask,
  buyFor,
  FUNDING,
  linesOf,
  numberedAccount,
  settle,
  statusOf,
  TRANSMITTER,
} from './instant-funding-world.ts'
import { banksOf, HOME_BANK, wire } from './wire-world.ts'

const UNKNOWN = '0b0e4f4e-0000-4000-8000-000000000000'
/** The Monday after the Friday on which every world begins: one in the afternoon, after the close, and eight in the evening. */
const DUE = '2026-11-23T18:00:00Z'
const AFTER_CLOSE = '2026-11-23T22:00:00Z'
const LAST_HOUR = '2026-11-24T01:00:00Z'

const settlements = async (world: BrokerWorld) => (await world.call('GET', `${FUNDING}/settlements`)).body

const SALE = { symbol: 'SPY', side: 'sell', type: 'market', time_in_force: 'day' }

const gift = (to: string) => ({
  entry_type: 'JNLC',
  from_account: FIRM_ACCOUNT_ID,
  to_account: to,
  amount: '40',
})

/** Leaves the firm's account with ten dollars less the fee of a wire. */
async function emptyFirm(world: BrokerWorld) {
  const bank = await world.must(world.call('POST', banksOf(FIRM_ACCOUNT_ID), HOME_BANK))
  await world.advance({ seconds: 3 })
  const firm = { id: FIRM_ACCOUNT_ID, bankId: bank.id }
  return world.must(wire(world, firm, '49990', { fee_payment_method: 'user' }))
}

test('an advance that is called off goes as it came', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  const { body: early } = await ask(world, alice, '100')
  expect(await world.call('DELETE', `${FUNDING}/${early.id}`)).toMatchObject({
    status: 200,
    body: { status: 'CANCELED', remaining_payable: '0' },
  })
  const late = await advanced(world, alice, '200')
  expect((await world.call('DELETE', `${FUNDING}/${late}`)).body.status).toBe('CANCELED')
  expect(await world.call('DELETE', `${FUNDING}/${late}`)).toMatchObject({
    status: 422,
    body: { code: 42210000 },
  })
  const nothing = { cash: '0', memo: '0', power: '0', withdrawable: '0' }
  expect(await advanceFigures(world, alice.id)).toEqual(nothing)
  expect(await linesOf(world, alice.id)).toEqual(['MEM 20000', 'MEM -20000'])
  await booksAreRight(world)
})

test('what nobody pays for by eight on its deadline is called off, a day’s interest included', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  const id = await advanced(world, alice, '1000')
  await world.advance({ to: '2026-11-23T17:59:59Z' })
  expect((await world.call('GET', `${FUNDING}/${id}`)).body).toMatchObject({ interests: [] })
  await world.advance({ to: DUE })
  expect((await world.call('GET', `${FUNDING}/${id}`)).body).toMatchObject({
    status: 'EXECUTED',
    total_interest: '0.34',
    interests: [{ date: '2026-11-23', amount: '0.34', status: 'PENDING', reconciled_at: null }],
  })
  await world.advance({ to: LAST_HOUR })
  expect((await world.call('GET', `${FUNDING}/${id}`)).body).toMatchObject({
    status: 'CANCELED',
    interests: [{ status: 'RECONCILED' }],
  })
  expect(await advanceFigures(world, alice.id)).toMatchObject({ cash: '0', memo: '0', power: '0' })
  expect(await linesOf(world, FIRM_ACCOUNT_ID)).toEqual(['CSD 5000000', 'INT -34'])
  await world.advance({ days: 3 })
  await booksAreRight(world)
})

test('an account that has spent its advance owes it, and pays with the next money that comes', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  const id = await advanced(world, alice, '500')
  expect((await buyFor(world, alice.id, '400')).status).toBe(200)
  await world.advance({ to: LAST_HOUR })
  expect(await statusOf(world, id)).toBe('CANCELED')
  const owed = await advanceFigures(world, alice.id)
  expect(owed).toMatchObject({ memo: '0', power: '0', withdrawable: '0' })
  expect(Number(owed.cash)).toBeCloseTo(-400, 0)
  await booksAreRight(world)

  const link = await world.must(world.call('POST', `/v1/accounts/${alice.id}/ach_relationships`, NUMBERS))
  await world.advance({ seconds: 2 })
  const deposit = async (amount: string) => {
    const account = { id: alice.id, relationshipId: link.id }
    const { id: transferId } = await world.must(world.transfer(account, amount))
    await world.must(world.call('POST', `/_sim/transfers/${transferId}/settle`, {}))
    await world.advance({ seconds: 1 })
    return advanceFigures(world, alice.id)
  }
  const less = await deposit('100')
  expect(less.power).toBe('0')
  expect(Number(less.cash)).toBeCloseTo(-300, 0)
  const enough = await deposit('1000')
  expect(Number(enough.cash)).toBeCloseTo(700, 0)
  expect(enough.power).toBe(enough.cash)
  await booksAreRight(world)
})

test('what an order that is canceled frees is not spent again while the account owes', async () => {
  await using world = await brokerWorld({ marketHours: 'exchange' })
  const alice = await numberedAccount(world)
  await advanced(world, alice, '500')
  await world.advance({ to: AFTER_CLOSE })
  const { body: waiting } = await buyFor(world, alice.id, '400')
  await world.advance({ to: LAST_HOUR })
  await world.call('DELETE', `/v1/trading/accounts/${alice.id}/orders/${waiting.id}`)
  expect(await advanceFigures(world, alice.id)).toMatchObject({ cash: '0', power: '0' })
  const again = await buyFor(world, alice.id, '50')
  expect(again).toMatchObject({ status: 403, body: { code: 40310000, buying_power: '0' } })
  await booksAreRight(world)
})

test.for([
  {
    what: 'what a sale brings',
    gives: (world: BrokerWorld, to: string) =>
      world.call('POST', `/v1/trading/accounts/${to}/orders`, { ...SALE, notional: '40' }),
  },
  {
    what: 'a journal',
    gives: (world: BrokerWorld, to: string) => world.call('POST', '/v1/journals', gift(to)),
  },
  {
    what: 'an advance of today',
    gives: (world: BrokerWorld, to: string) =>
      world.balances(to).then(({ account_number: number }) => ask(world, { number: number as string }, '40')),
  },
])('$what comes to an account that owes and is taken at once', async ({ gives }) => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  await advanced(world, alice, '500')
  await world.must(buyFor(world, alice.id, '400'))
  await world.advance({ to: LAST_HOUR })
  const debit = async () => {
    const [row] = await world.db
      .selectFrom('ledger_accounts')
      .select('posted')
      .where('id', '=', `${alice.id}:debit:USD`)
      .execute()
    return row?.posted ?? 0n
  }
  const owed = await debit()
  await world.must(gives(world, alice.id))
  await world.advance({ seconds: 3 })
  expect(Number((await debit()) - owed)).toBeCloseTo(40_00, -1)
  await booksAreRight(world)
})

test('a settlement that is a day late pays its interest too', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  const id = await advanced(world, alice, '1000')
  await world.advance({ to: DUE })
  expect((await world.must(settle(world, [id]))).interest_amount).toBe('0.34')
  await world.advance({ seconds: 1 })
  expect(await settlements(world)).toMatchObject([{ status: 'COMPLETED', interest_amount: '0.34' }])
  expect(await linesOf(world, FIRM_ACCOUNT_ID)).toEqual(['CSD 5000000', 'CSW -100000', 'INT -34'])
  await booksAreRight(world)
})

test('a settlement waits for money, one at a time, and completes when it is there', async () => {
  await using world = await brokerWorld()
  const [alice, bob] = [await numberedAccount(world), await numberedAccount(world)]
  const [first, second] = [await advanced(world, alice, '500'), await advanced(world, bob, '5')]
  const out = await emptyFirm(world)
  await world.must(settle(world, [first]))
  await world.advance({ seconds: 1 })
  expect(await settlements(world)).toMatchObject([{ status: 'AWAITING_ADDITIONAL_FUNDS' }])
  expect(await settle(world, [second])).toMatchObject({ status: 422, body: { code: 40010001 } })
  expect((await world.call('DELETE', `${FUNDING}/${first}`)).status).toBe(422)
  expect(await statusOf(world, first)).toBe('EXECUTED')

  await world.must(world.call('DELETE', `/v1/accounts/${FIRM_ACCOUNT_ID}/transfers/${out.id}`))
  await world.advance({ seconds: 60 * 60 })
  expect(await settlements(world)).toMatchObject([{ status: 'COMPLETED' }])
  expect((await settle(world, [first])).status).toBe(422)
  expect((await settle(world, [second])).status).toBe(200)
  await booksAreRight(world)
})

test('a settlement that waits in vain fails, and its advances are called off', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  const id = await advanced(world, alice, '500')
  await emptyFirm(world)
  await world.must(settle(world, [id]))
  await world.advance({ to: LAST_HOUR })
  expect(await settlements(world)).toMatchObject([
    { status: 'FAILED', reason: 'not enough money by the deadline', completed_at: null },
  ])
  expect(await statusOf(world, id)).toBe('CANCELED')
  await world.advance({ days: 1 })
  expect(await settlements(world)).toMatchObject([{ status: 'FAILED' }])
  await booksAreRight(world)
})

test('of several settlements of one advance at once one is made', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  const id = await advanced(world, alice, '500')
  const answers = await Promise.all(Array.from({ length: 5 }, () => settle(world, [id])))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  await world.advance({ seconds: 2 })
  expect((await advanceFigures(world, alice.id)).cash).toBe('500')
  await booksAreRight(world)
})

test('a settlement names executed advances once, and who sent the money, which is kept encrypted', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  const { body: pending } = await ask(world, alice, '10')
  expect((await settle(world, [pending.id])).status).toBe(422)
  await world.advance({ seconds: 1 })
  for (const ids of [[], [UNKNOWN], [pending.id, pending.id], [pending.id, UNKNOWN], ['x']]) {
    expect([ids, (await settle(world, ids)).status]).toEqual([ids, 422])
  }
  for (const name of Object.keys(TRANSMITTER)) {
    const transmitter_info = { ...TRANSMITTER, [name]: 'x'.repeat(300) }
    const transfers = [{ instant_transfer_id: pending.id, transmitter_info }]
    const answer = await world.call('POST', `${FUNDING}/settlements`, { transfers })
    expect([name, answer.status]).toEqual([name, 422])
    expect(answer.body.message).toContain(name)
  }
  expect(await settlements(world)).toEqual([])
  await world.must(settle(world, [pending.id]))
  const kept = await world.db.selectFrom('instant_settlement_items').selectAll().execute()
  expect(JSON.stringify(kept)).not.toContain(TRANSMITTER.originator_bank_account_number)
})

test('a job that runs twice advances and pays once', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  const id = await advanced(world, alice, '100')
  const { body } = await settle(world, [id])
  await world.advance({ seconds: 1 })
  for (const [queue, payload] of [
    ['execute-instant-funding', { id, accountId: alice.id }],
    ['run-instant-settlement', { id: body.id }],
    ['collect-instant-debit', { accountId: alice.id }],
  ] as const) {
    await world.db
      .insertInto('agenda')
      .values({ queue, key: 'again', run_at: world.clock.now(), payload: JSON.stringify(payload) })
      .execute()
  }
  await world.advance({ seconds: 1 })
  expect(await advanceFigures(world, alice.id)).toMatchObject({ cash: '100', power: '100' })
  await booksAreRight(world)
})

test('of a cancellation and a settlement at once one wins, and the books agree', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  for (let round = 0; round < 4; round += 1) {
    const id = await advanced(world, alice, '100')
    const [settled, ...canceled] = await Promise.all([
      settle(world, [id]),
      world.call('DELETE', `${FUNDING}/${id}`),
      world.call('DELETE', `${FUNDING}/${id}`),
    ])
    const won = [settled, ...canceled].filter(({ status }) => status === 200)
    expect(won).toHaveLength(1)
    await world.advance({ seconds: 2 })
    expect(await statusOf(world, id)).toBe(settled.status === 200 ? 'COMPLETED' : 'CANCELED')
  }
  await booksAreRight(world)
})

test('an account with an advance stays open until the advance has ended', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  const id = await advanced(world, alice, '100')
  const close = () => world.call('POST', `/v1/accounts/${alice.id}/actions/close`)
  expect((await close()).status).toBe(422)
  await world.must(world.call('DELETE', `${FUNDING}/${id}`))
  expect((await close()).status).toBe(204)
  await booksAreRight(world)
})
