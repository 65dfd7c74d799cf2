import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  ccdBatch,
  credit,
  debit,
  fileOf,
  header,
  NORTH,
  OUR_DFI,
  plan,
  ppdBatch,
  SOUTH,
  traceOf,
  webBatch,
} from '../test/sample.ts'
import { sliceFile } from '../test/slicing.ts'
import { factsOf } from './facts.ts'
import type { BatchPlan, EntryPlan } from './plan.ts'
import { readAchFile } from './read-file.ts'
import { renderAchFile } from './render-file.ts'
import { AchWriteRefused, AchWriter, type WriteProblem, writeAchFile } from './writer.ts'

test('a file of three classes has the right lines, and says where each entry is', () => {
  const { text, entries, totals } = writeAchFile(plan)
  expect(text.split('\n').slice(0, 12)).toEqual([
    '101 06110077414725836902603020915A094101RIVERBEND NATIONAL     PINE HARBOR BROKERAGE  PH000007',
    '5225PINE HARBOR                         1472583690WEBDEPOSIT         260303   1061100770000001',
    '6270824019150071429938       0000041275DEP000000000311IRIS CALLOWAY         S 0061100770000311',
    '822500000100082401910000000412750000000000001472583690                         061100770000001',
    '5220PINE HARBOR                         1472583690PPDPAYOUT          260303   1061100770000002',
    '6321119065435-90-117         0008800001WDL000000000312OTIS MARLOWE            0061100770000312',
    '822000000100111906540000000000000000088000011472583690                         061100770000002',
    '5225PINE HARBOR                         1472583690CCDDEPOSIT         260303   1061100770000003',
    '6270824019150071429938       0000041275DEP000000000313LANTERN WORKS LLC       1061100770000313',
    '705REF*TN*DEP000000000313\\                                                         00010000313',
    '822500000200082401910000000412750000000000001472583690                         061100770000003',
    '9000003000002000000040027671036000000082550000008800001                                       ',
  ])
  expect(entries).toEqual([
    { line: 3, batchNumber: 1, traceNumber: '061100770000311' },
    { line: 6, batchNumber: 2, traceNumber: '061100770000312' },
    { line: 9, batchNumber: 3, traceNumber: '061100770000313' },
  ])
  expect(totals).toMatchObject({
    batches: 3,
    entries: 3,
    addenda: 1,
    debitMinor: 82_550n,
    creditMinor: 8_800_001n,
  })
})

function problemsOf(batch: Partial<BatchPlan>, of = webBatch): WriteProblem[] {
  try {
    writeAchFile({ header, batches: [{ ...of, ...batch }] })
  } catch (error) {
    if (error instanceof AchWriteRefused) return [...error.problems]
    throw error
  }
  return []
}

test.for<[field: string, entry: Partial<EntryPlan>]>([
  ['accountNumber', { accountNumber: '123456789012345678' }],
  ['accountNumber', { accountNumber: '000' }],
  ['accountNumber', { accountNumber: '12 34' }],
  ['amountMinor', { amountMinor: 10_000_000_000n }],
  ['amountMinor', { amountMinor: 0n }],
  ['amountMinor', { amountMinor: -5n }],
  ['individualName', { individualName: 'MAXIMILIANA FEATHERSTONEHAUGH' }],
  ['individualName', { individualName: '山' }],
  ['individualId', { individualId: 'DEP0000000000311' }],
  ['routingNumber', { routingNumber: '12345' }],
  ['checkDigit', { routingNumber: '082401916' }],
  ['transactionCode', { transactionCode: '25' }],
  ['transactionCode', { transactionCode: '26' }],
  ['traceNumber', { traceNumber: '082401910000001' }],
  ['traceNumber', { traceNumber: '0611007' }],
  ['paymentInformation', { addenda: [{ kind: 'payment', text: 'X'.repeat(81) }] }],
])('an entry is refused by its %s', ([field, entry]) => {
  const problems = problemsOf({ entries: [{ ...debit, ...entry }] })
  expect(problems.map((problem) => problem.field)).toContain(field)
  expect(problems.every(({ message }) => message !== '')).toBe(true)
})

test.for<[field: string, batch: Partial<BatchPlan>]>([
  ['companyName', { companyName: 'PINE HARBOR BROKERAGE' }],
  ['companyName', { companyName: ' ' }],
  ['companyId', { companyId: '14725836901' }],
  ['entryDescription', { entryDescription: 'DEPOSIT NOW' }],
  ['effectiveDate', { effectiveDate: '260230' }],
  ['transactionCode', { serviceClass: '220' }],
  ['traceNumber', { entries: [debit, { ...debit }] }],
  ['batchNumber', { batchNumber: 10_000_000 }],
])('a batch is refused by its %s', ([field, batch]) => {
  expect(problemsOf(batch).map((problem) => problem.field)).toContain(field)
})

test.for([
  'REVERSAL',
  'Payroll adv',
  'PAYROLL',
  'RETRY PYMT',
  'RETURN FEE',
  'ACCTVERIFY',
  'PURCHASE',
  'RECLAIM',
  'NO CHECK',
])('the reserved description %s cannot be free text', (entryDescription) => {
  expect(problemsOf({ entryDescription })).toContainEqual(
    expect.objectContaining({ field: 'entryDescription', rule: '29-description' }),
  )
})

test.for([
  ['reversal', 'REVERSAL'],
  ['retry', 'RETRY PYMT'],
  ['return_fee', 'RETURN FEE'],
  ['account_verification', 'ACCTVERIFY'],
] as const)('the purpose %s writes %s', ([purpose, word]) => {
  const { entryDescription: _, ...rest } = webBatch
  const { text } = writeAchFile({ header, batches: [{ ...rest, purpose }] })
  expect(text.split('\n')[1]?.slice(53, 63)).toBe(word.padEnd(10))
})

test('all problems of a file are told at once, and none of an entry names its account', () => {
  const problems = problemsOf({
    companyId: '0000000000',
    entries: [
      { ...debit, routingNumber: '082401916' },
      { ...debit, traceNumber: traceOf(400), accountNumber: '00 71429938' },
    ],
  })
  expect(problems.map(({ line, field }) => [line, field])).toEqual([
    [2, 'companyId'],
    [3, 'checkDigit'],
    [4, 'accountNumber'],
  ])
  expect(JSON.stringify(problems)).not.toContain('71429938')
})

test.for(['\n', '\r\n', ''] as const)(
  'a file with lines that end with %j is read as the same',
  (lineEnding) => {
    const { text } = writeAchFile(plan, { lineEnding })
    expect(text).toHaveLength(20 * (94 + lineEnding.length))
    const { valid, findings, file } = readAchFile(text, { mode: 'strict' })
    expect([valid, findings]).toEqual([true, []])
    expect(renderAchFile(file, lineEnding)).toBe(text)
  },
)

test.for([
  { entries: 6, lines: 10 },
  { entries: 7, lines: 20 },
])('$entries entries in one batch make $lines lines', ({ entries, lines }) => {
  const many = Array.from({ length: entries }, (_, at) => ({ ...debit, traceNumber: traceOf(at + 1) }))
  expect(sliceFile(fileOf({ ...webBatch, entries: many })).lines).toHaveLength(lines)
})

const manyCredits = (count: number, amountMinor: bigint) =>
  fileOf({
    ...ppdBatch,
    entries: Array.from({ length: count }, (_, at) => ({
      ...credit,
      routingNumber: '720000005',
      amountMinor,
      traceNumber: traceOf(at + 1),
    })),
  })

test('the hash keeps its low ten digits', () => {
  const { file, batches } = sliceFile(manyCredits(150, 1n))
  expect(batches[0]?.hash).toBe(10_800_000_000n)
  expect(file.hash).toBe(800_000_000n)
})

test('totals of twelve digits fit; one cent more is refused, not cut', () => {
  expect(sliceFile(manyCredits(100, 9_999_999_999n)).file.credit).toBe(999_999_999_900n)
  expect(() => manyCredits(101, 9_999_999_999n)).toThrow('totalCreditMinor has 13 digits; 12 fit')
})

test('CTX takes 9,999 addenda and not one more', () => {
  const addenda = (count: number) =>
    Array.from({ length: count }, () => ({ kind: 'payment' as const, text: 'N1*PR\\' }))
  const [entry] = ccdBatch.entries
  const withAddenda = (count: number): BatchPlan => ({
    ...ccdBatch,
    secCode: 'CTX',
    entries:
      entry === undefined ? [] : [{ ...entry, individualName: 'LANTERN WORKS', addenda: addenda(count) }],
  })
  const { totals, text } = writeAchFile({ header, batches: [withAddenda(9_999)] })
  expect(totals).toMatchObject({ entries: 1, addenda: 9_999 })
  expect(text.split('\n')[2]?.slice(54, 58)).toBe('9999')
  expect(() => fileOf(withAddenda(10_000))).toThrow('addendaCount has 5 digits; 4 fit')
})

test('a writer in pieces throws at the latest when it ends', () => {
  const writer = new AchWriter(header)
  writer.start()
  writer.startBatch(webBatch)
  writer.addEntry({ ...debit, routingNumber: '082401916' })
  writer.endBatch()
  expect(() => writer.end()).toThrow(AchWriteRefused)
})

const forwardEntry = fc.record({
  transactionCode: fc.constantFrom('22', '27', '32', '37'),
  routingNumber: fc.constantFrom(NORTH, SOUTH, '024680134', '060070083'),
  accountNumber: fc.stringMatching(/^[A-Za-z0-9-]{0,15}[1-9]$/),
  amountMinor: fc.bigInt({ min: 1n, max: 9_999_999_999n }),
  individualId: fc.stringMatching(/^[A-Z0-9]{0,15}$/),
  individualName: fc.stringMatching(/^[A-Z][A-Za-z ,.'&/-]{0,20}[A-Z]$/),
})
const anyBatch = fc.record({
  secCode: fc.constantFrom('PPD', 'WEB', 'CCD'),
  entryDescription: fc.constantFrom('DEPOSIT', 'PAYOUT', 'Invest 1'),
  entries: fc.array(forwardEntry, { minLength: 1, maxLength: 12 }),
})

test('any set of entries makes a valid file whose totals are theirs, and which parses to what wrote it', () => {
  fc.assert(
    fc.property(fc.array(anyBatch, { minLength: 1, maxLength: 5 }), (planned) => {
      let sequence = 0
      const batches = planned.map(
        (batch): BatchPlan => ({
          ...batch,
          companyName: 'PINE HARBOR',
          companyId: '1472583690',
          effectiveDate: '260303',
          odfi: OUR_DFI,
          entries: batch.entries.map((entry) => {
            sequence += 1
            return { ...entry, traceNumber: traceOf(sequence) }
          }),
        }),
      )
      const { text } = writeAchFile({ header, batches })
      const asked = batches.flatMap(({ entries, secCode }) => entries.map((entry) => ({ ...entry, secCode })))
      const sum = (digits: string) =>
        asked
          .filter(({ transactionCode }) => digits.includes(transactionCode[1] ?? ''))
          .reduce((all, { amountMinor }) => all + amountMinor, 0n)

      const witness = sliceFile(text)
      expect(witness.file).toMatchObject({ debit: sum('7'), credit: sum('2'), count: asked.length })
      expect(witness.control.slice(31, 55)).toBe(
        String(sum('7')).padStart(12, '0') + String(sum('2')).padStart(12, '0'),
      )

      const { valid, findings, file, totals } = readAchFile(text, { mode: 'strict' })
      expect(findings).toEqual([])
      expect(valid).toBe(true)
      expect(totals).toMatchObject({
        debitMinor: sum('7'),
        creditMinor: sum('2'),
        entryHash: witness.file.hash,
      })
      expect(renderAchFile(file)).toBe(text)
      const facts = [...factsOf(file)]
      expect(facts).toMatchObject(
        asked.map((entry) => ({
          ...entry,
          kind: 'forward',
          individualName: entry.individualName.toUpperCase().replace(/\s+/g, ' '),
        })),
      )
    }),
    { numRuns: 100 },
  )
})
