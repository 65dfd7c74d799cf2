import { expect, test } from 'vitest'
import { FIRM_ACCOUNT_ID, FIRM_ACCOUNT_NUMBER } from '../src/firm/firm-account.ts'
import { brokerWorld } from './broker-world.ts'
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
} from './instant-funding-world.ts'

const UNKNOWN = '0b0e4f4e-0000-4000-8000-000000000000'

test('an advance may buy at once, but is neither cash nor may it leave', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  const { status, body } = await ask(world, alice, '500.50')
  expect([status, body]).toMatchObject([
    200,
    {
      account_no: alice.number,
      source_account_no: FIRM_ACCOUNT_NUMBER,
      amount: '500.5',
      remaining_payable: '500.5',
      total_interest: '0',
      fees: [],
      interests: [],
      status: 'PENDING',
      system_date: '2026-11-20',
      deadline: '2026-11-23',
    },
  ])
  expect(await advanceFigures(world, alice.id)).toMatchObject({ memo: '0', power: '0' })
  await world.advance({ seconds: 1 })
  expect(await statusOf(world, body.id)).toBe('EXECUTED')
  const figures = { cash: '0', memo: '500.5', power: '500.5', withdrawable: '0' }
  expect(await advanceFigures(world, alice.id)).toEqual(figures)
  expect(await world.balances(alice.id)).toMatchObject({ equity: '0', non_marginable_buying_power: '0' })
  expect(await linesOf(world, alice.id)).toEqual(['MEM 50050'])
  await booksAreRight(world)

  expect((await buyFor(world, alice.id, '200')).status).toBe(200)
  const { cash, power } = await advanceFigures(world, alice.id)
  expect(Number(cash)).toBeCloseTo(-200, 0)
  expect(Number(power)).toBeCloseTo(300.5, 0)
  await booksAreRight(world)
})

test('a settlement puts a deposit in the place of the memo, and the firm pays', async () => {
  await using world = await brokerWorld()
  const [alice, bob] = [await numberedAccount(world), await numberedAccount(world)]
  const ids = [await advanced(world, alice, '500'), await advanced(world, bob, '300')]
  const { body } = await settle(world, ids)
  expect(body).toMatchObject({
    status: 'PENDING',
    total_amount: '800',
    interest_amount: '0',
    source_account_number: FIRM_ACCOUNT_NUMBER,
    reason: null,
    completed_at: null,
  })
  await world.advance({ seconds: 1 })
  expect((await world.call('GET', `${FUNDING}/settlements/${body.id}`)).body.status).toBe('COMPLETED')
  expect((await world.call('GET', `${FUNDING}/${ids[0]}`)).body).toMatchObject({
    status: 'COMPLETED',
    remaining_payable: '0',
  })
  const figures = { cash: '500', memo: '0', power: '500', withdrawable: '500' }
  expect(await advanceFigures(world, alice.id)).toEqual(figures)
  expect(await linesOf(world, alice.id)).toEqual(['MEM 50000', 'CSD 50000', 'MEM -50000'])
  expect(await linesOf(world, FIRM_ACCOUNT_ID)).toEqual(['CSD 5000000', 'CSW -80000'])
  expect((await world.balances(FIRM_ACCOUNT_ID)).cash).toBe('49200')
  expect((await world.call('GET', `${FUNDING}/settlements`)).body).toHaveLength(1)
  expect((await world.balances(alice.id)).intraday_adjustments).toBe('500')
  await world.advance({ days: 4 })
  expect(await advanceFigures(world, alice.id)).toEqual(figures)
  await booksAreRight(world)
})

test('a repeated Idempotency-Key gets the first answer before any other rule', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  const headers = { 'idempotency-key': 'first' }
  const first = await world.must(ask(world, alice, '1000', headers))
  await world.must(world.call('POST', `/_sim/accounts/${alice.id}/status`, { status: 'DISABLED' }))
  expect(await world.must(ask(world, alice, '1000.00', headers))).toEqual(first)
  expect((await ask(world, alice, '999', headers)).status).toBe(422)
  expect((await world.call('GET', FUNDING)).body).toHaveLength(1)
  await world.advance({ seconds: 1 })
  expect(await statusOf(world, first.id)).toBe('FAILED')
  await booksAreRight(world)
})

test('requests with one key at the same time make one advance', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => ask(world, alice, '10', { 'idempotency-key': 'k' })),
  )
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  expect((await world.call('GET', FUNDING)).body).toHaveLength(1)
})

test('an account has a thousand dollars of credit, also when many ask at once', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  expect(await ask(world, alice, '1000.01')).toMatchObject({
    status: 422,
    body: { code: 40010001, limit: '1000.00', available: '1000.00' },
  })
  const answers = await Promise.all(Array.from({ length: 6 }, () => ask(world, alice, '300')))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
  await world.advance({ seconds: 1 })
  expect((await ask(world, alice, '100.01')).status).toBe(422)
  const { body: last } = await ask(world, alice, '100')

  const limits = async (numbers: string) =>
    (await world.call('GET', `${FUNDING}/limits/accounts?account_numbers=${numbers}`)).body
  const full = {
    account_no: alice.number,
    amount_limit: '1000',
    amount_in_use: '1000',
    amount_available: '0',
  }
  expect(await limits(`${alice.number},999`)).toEqual([full])
  expect((await world.call('GET', `${FUNDING}/limits`)).body).toEqual({
    amount_limit: '100000',
    amount_in_use: '1000',
    amount_available: '99000',
  })
  expect((await world.call('GET', `${FUNDING}/limits/accounts`)).status).toBe(422)
  await world.must(world.call('DELETE', `${FUNDING}/${last.id}`))
  expect((await limits(alice.number))[0].amount_available).toBe('100')
})

const spoiled: readonly [change: object, status: number][] = [
  [{ amount: '0' }, 422],
  [{ amount: '-1' }, 422],
  [{ amount: '1.001' }, 422],
  [{ amount: undefined }, 422],
  [{ amount: [] }, 400],
  [{ account_no: '999999999' }, 422],
  [{ account_no: FIRM_ACCOUNT_NUMBER }, 422],
  [{ account_no: 5 }, 400],
  [{ account_no: '' }, 422],
  [{ source_account_no: '999999999' }, 422],
  [{ source_account_no: undefined }, 422],
]

test('an advance with one wrong field is refused and leaves nothing', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  const good = { account_no: alice.number, source_account_no: FIRM_ACCOUNT_NUMBER, amount: '10' }
  for (const [change, status] of spoiled) {
    expect([change, (await world.call('POST', FUNDING, { ...good, ...change })).status]).toEqual([
      change,
      status,
    ])
  }
  const bob = await numberedAccount(world)
  expect((await world.call('POST', FUNDING, { ...good, source_account_no: bob.number })).status).toBe(422)
  expect((await world.call('GET', FUNDING)).body).toEqual([])
})

test.for([
  {
    at: '2026-11-21T00:59:59Z',
    batch: '2026-11-20',
    due: '2026-11-23',
    why: 'a second before eight on a Friday',
  },
  { at: '2026-11-21T01:00:00Z', batch: '2026-11-23', due: '2026-11-24', why: 'at eight on a Friday' },
  { at: '2026-11-25T17:00:00Z', batch: '2026-11-25', due: '2026-11-27', why: 'on the eve of Thanksgiving' },
  { at: '2026-11-26T17:00:00Z', batch: '2026-11-27', due: '2026-11-30', why: 'on Thanksgiving' },
])('an advance asked for $why is due on $due', async ({ at, batch, due }) => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  await world.advance({ to: at })
  expect((await ask(world, alice, '10')).body).toMatchObject({ system_date: batch, deadline: due })
})

test('advances are listed in the order that was asked for', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  for (const amount of ['1', '2', '3']) await advanced(world, alice, amount)
  const amounts = async (query: string) =>
    (await world.call('GET', `${FUNDING}?${query}`)).body.map(({ amount }: { amount: string }) => amount)
  expect(await amounts('')).toEqual(['3', '2', '1'])
  expect(await amounts('sort_by=created_at&sort_order=DESC')).toEqual(['3', '2', '1'])
  expect(await amounts('sort_by=created_at&sort_order=asc&page=9')).toEqual(['1', '2', '3'])
  expect((await world.call('GET', `${FUNDING}?sort_by=amount`)).status).toBe(422)
  expect((await world.call('GET', `${FUNDING}/${UNKNOWN}`)).status).toBe(404)
  expect((await world.call('GET', `${FUNDING}/x`)).status).toBe(400)
  expect((await world.call('DELETE', `${FUNDING}/${UNKNOWN}`)).status).toBe(404)
  expect((await world.call('GET', `${FUNDING}/settlements/${UNKNOWN}`)).status).toBe(404)
})

test('a report tells of one day’s batch', async () => {
  await using world = await brokerWorld()
  const alice = await numberedAccount(world)
  const paid = await advanced(world, alice, '100')
  await advanced(world, alice, '50')
  const gone = await advanced(world, alice, '25')
  await world.must(settle(world, [paid]))
  await world.must(world.call('DELETE', `${FUNDING}/${gone}`))
  await world.advance({ seconds: 1 })
  const report = (query: string) => world.call('GET', `${FUNDING}/reports?${query}`)
  const summary = {
    report_type: 'summary',
    system_date: '2026-11-20',
    deadline: '2026-11-23',
    count: 3,
    total_amount: '175',
    settled_amount: '100',
    canceled_amount: '25',
    remaining_payable: '50',
    total_interest: '0',
  }
  expect((await report('')).body).toEqual(summary)
  const { body: detail } = await report('report_type=detail&system_date=2026-11-20')
  expect(detail).toMatchObject({ ...summary, report_type: 'detail' })
  expect(detail.transfers.map(({ status }: { status: string }) => status)).toEqual([
    'COMPLETED',
    'EXECUTED',
    'CANCELED',
  ])
  expect((await report('system_date=2026-11-19')).body).toMatchObject({ count: 0, total_amount: '0' })
  for (const query of ['report_type=all', 'system_date=soon', 'system_date=0000-01-01']) {
    expect((await report(query)).status).toBe(422)
  }
})
