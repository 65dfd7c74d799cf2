import { type AchFact, type BatchPlan, changeCodes, returnCodes } from '@paddock/nacha'
import { expect, test } from 'vitest'
import { achWorld, batch, CHECKING, credit, debit, PLATYPUS_ROUTING } from './ach-world.ts'

const YEAR_LATER = '2027-02-10T12:00'
const codesOf = (answers: readonly object[]) => answers.map((fact) => 'code' in fact && fact.code)

test('every return code comes back for its amount, in a file that the strict reader accepts', async () => {
  await using world = await achWorld()
  const codes = [...returnCodes.values()]
    .filter(({ clock }) => !/^(dishonor|contest)/.test(clock))
    .map(({ code }) => code)
  expect(codes.length).toBeGreaterThan(50)
  const amountOf = (code: string) => 4040_00n + BigInt(code.slice(1))
  await world.send(batch(codes.map((code) => debit({ amountMinor: amountOf(code), individualId: code }))))
  await world.until(YEAR_LATER)
  const answers = await world.answers()
  expect(codesOf(answers).toSorted()).toEqual(codes.toSorted())
  for (const fact of answers) expect(fact).toMatchObject({ individualId: 'code' in fact ? fact.code : '' })
  expect((await world.account()).balance).toBe('110.00')
})

test('every change code comes for its account number, and the new number reaches the same account', async () => {
  await using world = await achWorld()
  const codes = [...changeCodes.keys()]
  const numberOf = (code: string) => `88880000${code.slice(1)}`
  await world.send(
    batch(codes.map((code) => debit({ accountNumber: numberOf(code), routingNumber: '121000358' }))),
  )
  await world.until('2026-11-25T06:01')
  const answers = await world.answers()
  expect(codesOf(answers).toSorted()).toEqual(codes.toSorted())
  for (const fact of answers) {
    if (fact.kind !== 'correction' || fact.change === undefined || fact.change.manual) continue
    expect([fact.code, fact.corrected?.how]).toEqual([fact.code, 'position'])
    const given = Object.keys(fact.corrected ?? {})
    for (const { field } of fact.change.places) expect(given, fact.code).toContain(field)
  }
})

test('after a notification of change the old and the new number reach the same account', async () => {
  await using world = await achWorld()
  await world.send(batch([debit({ amountMinor: 5050_03n })]))
  await world.until('2026-11-25T06:01')
  const [fact] = await world.answers()
  expect(fact).toMatchObject({
    kind: 'correction',
    code: 'C03',
    amountMinor: 0n,
    corrected: { routingNumber: '107990178', accountNumber: '7111222233330000' },
  })
  const moved = { routingNumber: '107990178', accountNumber: '7111222233330000' }
  await world.send(batch([debit({ ...moved, amountMinor: 1_00n })], { effectiveDate: '261127' }))
  await world.until('2026-11-27T09:00')
  const { entries } = await world.account()
  expect(entries.map(({ amount }) => amount)).toEqual(['-1.00', '-5050.03', '110.00'])
})

test('what somebody wishes for a named entry happens to it and to no other', async () => {
  await using world = await achWorld()
  const [one, two, three] = [debit(), debit(), debit()]
  expect((await world.outcome({ trace_number: two.traceNumber, code: 'R29' })).body).toMatchObject({
    state: 'waiting',
  })
  expect((await world.outcome({ individual_id: three.individualId, code: 'C05' })).body).toMatchObject({
    state: 'waiting',
  })
  await world.send(batch([one, two, three]))
  await world.until('2026-11-20T11:00')
  expect(await world.get('/_sim/ach')).toMatchObject({
    next_window: '2026-11-20T19:45:00Z',
    entries: [{ trace_number: one.traceNumber, amount: '25.00', settles_at: '2026-11-23T13:30:00Z' }, {}, {}],
    wishes: [{ trace_number: two.traceNumber, code: 'R29' }, { code: 'C05' }],
  })
  await world.until('2026-11-23T09:00')
  expect(await world.get('/_sim/ach')).toMatchObject({
    entries: [],
    wishes: [],
    answers: [
      { code: 'R29', due_at: '2026-11-25T11:00:00Z', settles_at: '2026-11-25T13:30:00Z' },
      { code: 'C05', due_at: '2026-11-25T11:00:00Z' },
    ],
  })
  expect((await world.outcome({ trace_number: one.traceNumber, code: 'R07', now: true })).body).toMatchObject(
    {
      state: 'on_its_way',
    },
  )
  await world.until('2026-11-25T09:00')
  const answers = await world.answers()
  expect(answers.map((fact) => [fact.individualId.trim(), 'code' in fact && fact.code]).toSorted()).toEqual(
    [
      [one.individualId, 'R07'],
      [two.individualId, 'R29'],
      [three.individualId, 'C05'],
    ].toSorted(),
  )
  expect((await world.account()).balance).toBe('85.00')
})

test('a wish that names nothing is for what comes next, once', async () => {
  await using world = await achWorld()
  await world.outcome({ code: 'R09' })
  await world.send(batch([debit(), debit()]))
  await world.until('2026-11-25T09:00')
  expect(codesOf(await world.answers())).toEqual(['R09'])
  expect((await world.outcome({ code: 'R98' })).status).toBe(400)
  expect((await world.outcome({ code: 'X01' })).status).toBe(400)
})

test('answers can be late, doubled, of another amount, about an unknown entry, or unreadable', async () => {
  await using world = await achWorld()
  const flaws = ['late', 'duplicate', 'wrong_amount', 'unknown_trace', 'malformed'] as const
  const entries = flaws.map((flaw) => debit({ individualId: flaw }))
  for (const flaw of flaws) await world.outcome({ individual_id: flaw, code: 'R01', flaw })
  await world.send(batch(entries))
  await world.until('2026-11-25T09:00')
  const inTime = await world.answers('tolerant')
  const byId = (id: string) => inTime.filter(({ individualId }) => individualId.trim() === id)
  expect(byId('late')).toEqual([])
  expect(byId('duplicate')).toHaveLength(1)
  expect(byId('wrong_amount')).toMatchObject([{ amountMinor: 25_01n }])
  expect(byId('unknown_trace')[0]).not.toMatchObject({ originalTrace: entries[3]?.traceNumber })
  await expect(world.answers('strict')).rejects.toThrow('hash')
  await world.until('2026-11-27T09:00')
  const all = await world.answers('tolerant')
  expect(all.filter(({ individualId }) => individualId.trim() === 'late')).toMatchObject([
    { settlementDay: '331' },
  ])
  expect(all.filter(({ individualId }) => individualId.trim() === 'duplicate')).toHaveLength(2)
  await world.until('2026-11-27T18:31')
  expect((await world.statement('2026-11-27'))?.closing_minor).toBe(String(5n * 25_00n - 6n * 25_00n - 1n))
})

test('entries to a bank that is down come back from the operator until it is up again', async () => {
  await using world = await achWorld()
  await world.post('/_sim/ach/banks', { routing_number: PLATYPUS_ROUTING, down: true })
  await world.send(batch([debit()]))
  await world.until('2026-11-20T12:01')
  expect(codesOf(await world.answers())).toEqual(['R32'])
  await world.post('/_sim/ach/banks', { routing_number: PLATYPUS_ROUTING, down: false })
  await world.send(batch([credit({ amountMinor: 1_00n })]))
  await world.until('2026-11-23T09:00')
  expect((await world.account(PLATYPUS_ROUTING, CHECKING)).balance).toBe('111.00')
})

/** A return of the firm's 25.00, sent back by its bank for this reason. */
function dishonor(returned: AchFact | undefined, code: string, amountMinor = 25_00n): BatchPlan {
  if (returned?.kind !== 'return') throw new Error('there is no return')
  const entry = debit({
    transactionCode: '26',
    amountMinor,
    individualId: returned.individualId,
    addenda: [
      {
        kind: 'dishonor',
        code,
        originalTrace: returned.originalTrace,
        originalReceivingDfi: returned.originalReceivingDfi,
        returnTrace: returned.traceNumber,
        returnSettlementDay: returned.settlementDay ?? '',
        returnCode: returned.code,
      },
    ],
  })
  return batch([entry], { secCode: 'WEB', isAnswer: true, effectiveDate: '261123' })
}

test.for([
  { flaw: 'late', ground: 'R68', contest: undefined },
  { flaw: undefined, ground: 'R68', contest: 'R73' },
  { flaw: 'duplicate', ground: 'R67', contest: undefined },
  { flaw: undefined, ground: 'R67', contest: 'R75' },
  { flaw: 'wrong_amount', ground: 'R69', contest: 'R74' },
  { flaw: undefined, ground: 'R69', contest: 'R76' },
  { flaw: undefined, ground: 'R61', contest: 'R71' },
] as const)(
  'a return with the flaw $flaw that is dishonored as $ground is answered with $contest',
  async (row) => {
    await using world = await achWorld()
    await world.outcome({ code: 'R01', flaw: row.flaw })
    await world.send(batch([debit()]))
    await world.until('2026-11-27T09:00')
    const returned = (await world.answers()).at(-1)
    const wrongMinor = row.flaw === 'wrong_amount' ? 25_01n : 25_00n
    await world.send(dishonor(returned, row.ground, wrongMinor))
    await world.until('2026-11-27T10:31')
    expect(await world.acknowledgement('PDK2.ach')).toMatchObject({ status: 'accepted' })
    await world.until('2026-12-03T18:31')
    const contests = (await world.answers()).filter(({ kind }) => kind === 'contested_return')
    if (row.contest === undefined) expect(contests).toEqual([])
    else {
      expect(contests).toMatchObject([
        { code: row.contest, dishonorCode: row.ground, returnCode: 'R01', originalSettlementDay: '327' },
      ])
    }
    const isLost = row.contest !== undefined
    expect((await world.statement('2026-12-03'))?.closing_minor).toBe(
      isLost ? '0' : row.flaw === 'duplicate' ? '0' : '2500',
    )
  },
)

test('a dishonor that comes too late is told so', async () => {
  await using world = await achWorld()
  await world.outcome({ code: 'R01', flaw: 'late' })
  await world.send(batch([debit()]))
  await world.until('2026-12-07T09:00')
  await world.send(dishonor((await world.answers())[0], 'R68'))
  await world.until('2026-12-11T18:31')
  expect(codesOf(await world.answers())).toEqual(['R01', 'R72'])
})
