import { statementName } from '@paddock/ach-drop'
import { expect, test } from 'vitest'
import { achBankWorld } from './ach-bank-world.ts'
import { type AchWorld, achWorld } from './ach-world.ts'
import { booksAreRight } from './funding-facts.ts'

type Line = { kind: 'batch' | 'return' | 'other'; file: string | null; batch: number | null; minor: bigint }

/** The bank's statement of a day, as it would lie in the drop. */
async function state(world: AchWorld, day: string, openingMinor: bigint, lines: readonly Line[]) {
  const closing = lines.reduce((sum, { minor }) => sum + minor, openingMinor)
  await world.deliver(
    statementName(day),
    JSON.stringify({
      kind: 'statement',
      day,
      opening_minor: String(openingMinor),
      lines: lines.map(({ kind, file, batch, minor }, index) => ({
        id: `${day}-${index}`,
        posted_at: world.clock.now().toString(),
        kind,
        file,
        batch_number: batch,
        amount_minor: String(minor),
        description: 'PADDOCK',
      })),
      closing_minor: String(closing),
    }),
  )
  return closing
}

const latest = async (world: Pick<AchWorld, 'call'>, date = '') =>
  (await world.call('GET', `/_ops/reconciliation${date}`)).body

const kinds = (run: { breaks: { kind: string }[] }) => run.breaks.map(({ kind }) => kind)

test('books, files and bank agree at the end of each day, and the figures say on what', async () => {
  await using world = await achBankWorld()
  expect((await world.ops('reconciliation')).status).toBe(404)
  const alice = await world.tokenAccount()
  await world.must(world.transfer(alice, '60'))
  await world.advance({ to: '2026-12-02T20:00:00Z' })
  await world.must(world.transfer(alice, '15.50', 'OUTGOING'))
  await world.advance({ to: '2026-12-04T05:00:00Z' })
  const run = await latest(world)
  expect(run).toMatchObject({ day: '2026-12-03', reason: 'daily', agrees: true, breaks: [] })
  expect(run.told).toMatch(/^Everything agrees as of 2026-12-03 23:50 ET \(\d+ accounts, 2 files, 2 entries/)
  expect(run.figures).toMatchObject({
    bank_balance: '60',
    settlement_in_books: '60',
    clearing: '0',
    in_transit: '0',
  })
  expect(run.checks).toHaveLength(10)
  // Not on Thanksgiving, nor at a weekend.
  expect((await world.ops('reconciliation?date=2026-11-26')).status).toBe(404)
  expect((await world.ops('reconciliation?date=2026-11-24')).body).toMatchObject({ agrees: true })
  await world.advance({ to: '2026-12-05T05:00:00Z' })
  expect(await latest(world)).toMatchObject({ agrees: true, figures: { bank_balance: '44.5' } })
  const runs = (await world.ops('reconciliation/runs?limit=3')).body
  expect(runs.map(({ day }: { day: string }) => day)).toEqual(['2026-12-04', '2026-12-03', '2026-12-02'])
  await booksAreRight(world)
})

test('a deposit that the bank returns leaves nothing open once its money has gone back', async () => {
  await using world = await achBankWorld()
  const alice = await world.tokenAccount()
  // An amount that its bank sends back as R01 (docs/magic-values.md).
  const { id } = await world.must(world.transfer(alice, '4040.01'))
  await world.advance({ days: 12 })
  const [deposit] = await world.transfers(alice.id)
  expect(deposit).toMatchObject({ id, status: 'RETURNED' })
  expect(await latest(world)).toMatchObject({ agrees: true, breaks: [], figures: { bank_balance: '0' } })
  expect((await world.ops('ach/return-rates')).body.groups).toMatchObject([
    { sec_code: 'WEB', entries: 1, overall: { returned: 1, percent: '100.00', level: 'ok' } },
  ])
  await booksAreRight(world)
})

test('what the bank does not say becomes older each day, and is cleared when it says it', async () => {
  await using world = await achWorld()
  const alice = await world.linkedAccount()
  await world.must(world.transfer(alice, '250'))
  await world.advance({ to: '2026-11-24T05:00:00Z' })
  const monday = await latest(world)
  expect(monday).toMatchObject({ day: '2026-11-23', agrees: false })
  expect(kinds(monday)).toEqual(['file_unanswered'])
  await world.advance({ to: '2026-11-25T05:00:00Z' })
  const tuesday = await latest(world)
  expect(tuesday.told).toMatch(/^2 things do not agree/)
  expect(tuesday.breaks).toMatchObject([
    { kind: 'file_unanswered', age_banking_days: 2 },
    { kind: 'settlement_missing', amount: '-250', since: '2026-11-23', age_banking_days: 1 },
  ])
  expect(await world.ops('alarms')).toContainEqual(
    expect.objectContaining({ kind: 'reconciliation', cleared_at: null }),
  )

  const [file] = await world.sent()
  await world.acknowledge(file?.name ?? '')
  await state(world, '2026-11-24', 0n, [{ kind: 'batch', file: file?.name ?? '', batch: 1, minor: 250_00n }])
  const now = await world.must(world.call('POST', '/_ops/reconciliation/run', {}))
  expect(now).toMatchObject({ reason: 'asked', agrees: true, breaks: [] })
  // What was open then is still told of that day.
  expect(kinds(await latest(world, '?date=2026-11-23'))).toEqual(['file_unanswered'])
  expect(await world.ops('alarms')).not.toContainEqual(
    expect.objectContaining({ kind: 'reconciliation', cleared_at: null }),
  )
})

test('a statement that differs is found line by line', async () => {
  await using world = await achWorld()
  const alice = await world.linkedAccount()
  const { body: deposit } = await world.transfer(alice, '250')
  await world.advance({ to: '2026-11-23T22:00:00Z' })
  const [file] = await world.sent()
  const name = file?.name ?? ''
  await world.acknowledge(name)
  const closing = await state(world, '2026-11-23', 0n, [
    { kind: 'batch', file: name, batch: 1, minor: 249_00n },
    { kind: 'batch', file: 'ACH_of_somebody_else.ach', batch: 3, minor: 5_00n },
    { kind: 'other', file: null, batch: null, minor: -1_25n },
  ])
  await world.advance({ to: '2026-11-25T21:00:00Z' })
  await state(world, '2026-11-25', closing + 1n, [])
  await world.answer({ individualId: await world.referenceOf(deposit.id), code: 'R01' })
  const run = await world.must(world.call('POST', '/_ops/reconciliation/run', {}))
  const byKind = new Map(run.breaks.map((one: { kind: string }) => [one.kind, one]))
  expect([...byKind.keys()].sort()).toEqual([
    'bank_balance_differs',
    'clearing_unexplained',
    'line_unknown',
    'settlement_differs',
    'statement_gap',
    'statement_missing',
  ])
  expect(byKind.get('settlement_differs')).toMatchObject({
    amount: '-1',
    facts: { in_the_file: '250.00', on_the_statement: '249.00' },
    guess: expect.stringContaining('left entries out'),
  })
  expect(byKind.get('line_unknown')).toMatchObject({ amount: '5' })
  expect(byKind.get('statement_missing')).toMatchObject({ subject: '2026-11-24' })
  expect(byKind.get('statement_gap')).toMatchObject({ amount: '0.01' })
  // The return waits for its line for two banking days.
  await world.advance({ to: '2026-11-30T23:00:00Z' })
  expect(kinds(await world.must(world.call('POST', '/_ops/reconciliation/run', {})))).toContain(
    'return_not_settled',
  )
})

test('a person resolves a break by a journal or by a note, once; what was accepted is not told again', async () => {
  await using world = await achWorld()
  await world.advance({ to: '2026-11-23T22:00:00Z' })
  await state(world, '2026-11-23', 0n, [
    { kind: 'batch', file: 'ACH_of_somebody_else.ach', batch: 1, minor: 5_00n },
  ])
  const run = await world.must(world.call('POST', '/_ops/reconciliation/run', {}))
  const find = (kind: string) => run.breaks.find((one: { kind: string }) => one.kind === kind)
  const resolve = (id: string, body: object) =>
    world.call('POST', `/_ops/reconciliation/breaks/${id}/resolve`, body)
  const unknown = find('line_unknown')
  const booked = await world.must(
    resolve(unknown.id, {
      resolution: 'journal',
      note: 'the bank corrects it next week',
      from: 'ach_clearing',
      to: 'bank',
    }),
  )
  expect(booked).toMatchObject({
    state: 'RESOLVED',
    resolution: 'journal',
    ledger_transaction: `reconciliation:${unknown.id}:resolve`,
  })
  expect((await resolve(unknown.id, { resolution: 'note', note: 'again' })).status).toBe(422)
  const clearing = find('clearing_unexplained')
  await world.must(resolve(clearing.id, { resolution: 'note', note: 'see the line' }))
  expect(
    (await resolve('0b0e4f4e-0000-4000-8000-000000000000', { resolution: 'note', note: 'x' })).status,
  ).toBe(404)
  for (const body of [
    { resolution: 'note' },
    { resolution: 'journal', note: 'x', from: 'ach_clearing', to: 'ach_settlement' },
    { resolution: 'journal', note: 'x', from: 'bank', to: 'bank' },
  ]) {
    expect((await resolve(clearing.id, body)).status).toBeGreaterThanOrEqual(400)
  }
  const again = await world.must(world.call('POST', '/_ops/reconciliation/run', {}))
  expect(again.breaks).toEqual([])
  await booksAreRight(world)
})

test('returns that reach half of a level, then the level, raise an alarm and tell the admin stream', async () => {
  await using world = await achWorld({ risk: { returnsIn30Days: 100 } })
  const deposits: string[] = []
  for (let count = 0; count < 4; count += 1) {
    const account = await world.linkedAccount()
    deposits.push((await world.must(world.transfer(account, '10'))).id)
  }
  await world.advance({ to: '2026-11-24T20:00:00Z' })
  const back = async (id: string, code: string) =>
    world.answer({ individualId: await world.referenceOf(id), code })
  await back(deposits[0] ?? '', 'R10')
  await back(deposits[1] ?? '', 'R07')
  await world.advance({ to: '2026-11-25T13:00:00Z' })
  expect(await world.ops('return-rates')).toMatchObject({
    groups: [
      {
        company_id: '1987654321',
        sec_code: 'WEB',
        purpose: 'transfers',
        entries: 4,
        unauthorized: { returned: 2, percent: '50.00', alarm_at: '0.25', level_at: '0.50', level: 'half' },
        administrative: { returned: 0, level: 'ok' },
        overall: { returned: 2, level: 'ok' },
      },
    ],
  })
  const rateAlarms = async () =>
    (await world.ops('alarms')).filter(({ kind }: { kind: string }) => kind === 'return_rate')
  expect(await rateAlarms()).toMatchObject([
    { subject: '1987654321 WEB unauthorized half', cleared_at: null },
  ])
  await back(deposits[2] ?? '', 'R29')
  await world.advance({ to: '2026-11-26T13:00:00Z' })
  expect(await rateAlarms()).toMatchObject([
    { subject: '1987654321 WEB unauthorized over', cleared_at: null },
    { subject: '1987654321 WEB unauthorized half', cleared_at: expect.any(String) },
  ])
  const told = await world.db.selectFrom('events').select('payload').where('stream', '=', 'admin').execute()
  expect(told.filter(({ payload }) => JSON.stringify(payload).includes('return rate'))).toHaveLength(2)
  expect((await world.ops('return-rates?date=2026-11-25')).groups[0].unauthorized.returned).toBe(2)
  // After sixty days the window has passed over them.
  await world.advance({ days: 62 })
  expect((await world.ops('return-rates')).groups).toEqual([])
  expect((await rateAlarms()).every(({ cleared_at }: { cleared_at: string | null }) => cleared_at)).toBe(true)
}, 90_000)
