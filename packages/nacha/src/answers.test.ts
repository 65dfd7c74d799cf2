import { expect, test } from 'vitest'
import {
  answerFile,
  debit,
  fileOf,
  header,
  NORTH,
  OURS,
  original,
  SOUTH,
  traceOf,
  webBatch,
} from '../test/sample.ts'
import { answerBatch, correctionEntry, returnEntry } from './answers.ts'
import { changeCodes, refusalCodes } from './change-codes.ts'
import { readCorrectedData, writeCorrectedData } from './corrected-data.ts'
import { factsOf } from './facts.ts'
import type { AddendaPlan } from './plan.ts'
import { readAchFile } from './read-file.ts'
import { answerKindOf, returnCodes } from './return-codes.ts'
import { writeAchFile } from './writer.ts'

const dispute = {
  ...original,
  returnTrace: traceOf(77, NORTH.slice(0, 8)),
  returnSettlementDay: '062',
  returnCode: 'R01',
}

function addendaOf(code: string): AddendaPlan {
  switch (answerKindOf('99', code)) {
    case 'dishonored_return':
      return { kind: 'dishonor', code, ...dispute, information: '02*03' }
    case 'contested_return':
      return {
        kind: 'contest',
        code,
        ...dispute,
        originalReturnDate: '260303',
        originalSettlementDay: '061',
        dishonorTrace: traceOf(500),
        dishonorSettlementDay: '064',
        dishonorCode: 'R68',
      }
    default:
      return { kind: 'return', code, ...original, information: 'QUESTIONABLE' }
  }
}

test.for([...returnCodes.keys()])('%s is written, is valid and comes back as what it is', (code) => {
  const text = answerFile('WEB', { addenda: [addendaOf(code)] })
  const { valid, findings, file, totals } = readAchFile(text, { mode: 'strict' })
  expect([valid, findings]).toEqual([true, []])
  expect(totals).toMatchObject({ returns: 1, corrections: 0, debitMinor: debit.amountMinor })
  const [fact] = factsOf(file)
  expect(fact).toMatchObject({
    kind: answerKindOf('99', code),
    code,
    reason: returnCodes.get(code),
    originalTrace: debit.traceNumber,
    originalReceivingDfi: NORTH.slice(0, 8),
    amountMinor: debit.amountMinor,
    individualId: debit.individualId,
    accountNumber: debit.accountNumber,
    settlementDay: '062',
    direction: 'debit',
  })
  if (fact?.kind === 'dishonored_return')
    expect(fact).toMatchObject({ returnCode: 'R01', information: '02*03' })
  if (fact?.kind === 'contested_return')
    expect(fact).toMatchObject({ dishonorCode: 'R68', originalSettlementDay: '061' })
})

test('there are all the codes that the format has, and no code twice in two kinds', () => {
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)
  const numbers = [
    ...range(1, 47),
    ...range(50, 53),
    61,
    62,
    ...range(67, 70),
    ...range(71, 77),
    ...range(80, 85),
    90,
  ]
  expect([...returnCodes.keys()]).toEqual(numbers.map((number) => `R${String(number).padStart(2, '0')}`))
  expect(
    [...returnCodes.values()].filter(({ counts }) => counts === 'unauthorized').map(({ code }) => code),
  ).toEqual(['R05', 'R07', 'R10', 'R11', 'R29', 'R51'])
  expect(
    [...returnCodes.values()].filter(({ counts }) => counts === 'administrative').map(({ code }) => code),
  ).toEqual(['R02', 'R03', 'R04'])
  expect([...returnCodes.values()].filter(({ class: one }) => one === 'insufficient_funds')).toHaveLength(2)
  expect([...changeCodes.keys()]).toEqual(range(1, 14).map((number) => `C${String(number).padStart(2, '0')}`))
})

const right = {
  routingNumber: SOUTH,
  accountNumber: '00-88123',
  transactionCode: '37',
  name: 'IRIS M CALLOWAY',
  individualId: 'MEMBER 1180',
  foreignBankId: 'DE44500105175407324931',
}

test.for([...changeCodes.values()])(
  '$code ($meaning) is written in its columns and read back',
  ({ code, places, manual }) => {
    const correctedData = manual && places.length === 0 ? 'NEW COMPANY' : writeCorrectedData(code, right)
    const text = answerFile('COR', { addenda: [{ kind: 'correction', code, ...original, correctedData }] })
    const { valid, findings, file, totals } = readAchFile(text, { mode: 'strict' })
    expect([valid, findings]).toEqual([true, []])
    expect(totals).toMatchObject({ corrections: 1, returns: 0, debitMinor: 0n })
    const [fact] = factsOf(file)
    expect(fact).toMatchObject({
      kind: 'correction',
      code,
      change: changeCodes.get(code),
      correctedText: correctedData,
    })
    if (fact?.kind !== 'correction') return
    if (manual) expect(fact.corrected).toBeUndefined()
    for (const { field } of manual ? [] : places) {
      if (field !== 'secCode') expect(fact.corrected?.[field]).toBe(right[field])
    }
  },
)

test.for([...refusalCodes.keys()])('the refusal %s of a correction is read', (code) => {
  const text = answerFile('COR', {
    addenda: [
      {
        kind: 'refused_correction',
        code,
        ...original,
        correctedData: SOUTH,
        changeCode: 'C02',
        traceSequence: '0005153',
      },
    ],
  })
  const { valid, file } = readAchFile(text, { mode: 'strict' })
  expect(valid).toBe(true)
  expect([...factsOf(file)]).toMatchObject([
    { kind: 'refused_correction', code, changeCode: 'C02', traceSequence: '0005153', correctedText: SOUTH },
  ])
})

test.for([
  ['C03', '111906543   44180', { routingNumber: SOUTH, accountNumber: '44180', how: 'position' }],
  ['C03', '111906543 44180', { routingNumber: SOUTH, accountNumber: '44180', how: 'tokens' }],
  [
    'C06',
    '44180 37',
    { accountNumber: '44180', transactionCode: '37', accountType: 'savings', how: 'tokens' },
  ],
  ['C06', '44180               26', { accountNumber: '44180', accountType: 'checking', how: 'position' }],
  [
    'C07',
    '11190654344180            36',
    { accountNumber: '44180', accountType: 'savings', how: 'position' },
  ],
  [
    'C07',
    '11190654344180 27',
    { routingNumber: SOUTH, accountNumber: '44180', transactionCode: '27', how: 'tokens' },
  ],
  ['C07', '111906543 44180 27', { routingNumber: SOUTH, accountNumber: '44180', how: 'tokens' }],
  ['C01', '   44180', { accountNumber: '44180', how: 'position' }],
  ['C02', ' 111906543', { routingNumber: SOUTH, how: 'tokens' }],
  ['C04', 'IRIS M CALLOWAY', { name: 'IRIS M CALLOWAY', how: 'position' }],
  ['C13', '', { how: 'position' }],
  ['C02', '111906544', undefined],
  ['C03', '44180', undefined],
  ['C06', '44180 99', undefined],
  ['C05', '25', undefined],
  ['C01', '44180 AND MORE', undefined],
  ['C10', 'A COMPANY', undefined],
  ['C99', 'X', undefined],
] as const)('corrected data of %s, %j, are %j', ([code, text, expected]) => {
  const read = readCorrectedData(code, text)
  if (expected === undefined) expect(read).toBeUndefined()
  else expect(read).toMatchObject(expected)
})

test('corrected data that would be wrong are not written', () => {
  expect(() => writeCorrectedData('C02', { routingNumber: '111906544' })).toThrow('C02 needs a routingNumber')
  expect(() => writeCorrectedData('C03', { routingNumber: SOUTH })).toThrow('C03 needs a accountNumber')
})

test('a bank answers an entry with the entry itself, its own numbers and a new trace', () => {
  const forward = readAchFile(fileOf({ ...webBatch, companyDiscretionaryData: 'KEEP ME' }), {
    mode: 'strict',
  }).file
  const [batch] = forward.batches
  const [entry] = batch?.entries ?? []
  if (batch?.header === undefined || entry === undefined) throw new Error('the sample has an entry')
  const odfi = NORTH.slice(0, 8)
  const identity = { routingNumber: OURS, odfi }
  const { text } = writeAchFile({
    header,
    batches: [
      {
        ...answerBatch(batch.header, { odfi, settlementDay: '063' }),
        entries: [
          returnEntry(batch.header, entry, { ...identity, traceNumber: traceOf(1, odfi), code: 'R09' }),
        ],
      },
      {
        ...answerBatch(batch.header, { odfi, settlementDay: '063', isCorrection: true }),
        entries: [
          correctionEntry(batch.header, entry, {
            ...identity,
            traceNumber: traceOf(2, odfi),
            code: 'C01',
            correctedData: '7788',
          }),
        ],
      },
    ],
  })
  const { valid, findings, file } = readAchFile(text, { mode: 'strict' })
  expect([valid, findings]).toEqual([true, []])
  const same = { accountNumber: debit.accountNumber, individualId: debit.individualId, paymentType: 'S' }
  expect([...factsOf(file)]).toMatchObject([
    {
      ...same,
      kind: 'return',
      code: 'R09',
      transactionCode: '26',
      routingNumber: OURS,
      amountMinor: debit.amountMinor,
      ...original,
    },
    { ...same, kind: 'correction', code: 'C01', secCode: 'COR', amountMinor: 0n, ...original },
  ])
  expect(file.batches[0]?.header).toMatchObject({
    companyDiscretionaryData: 'KEEP ME',
    settlementDay: '063',
    odfi,
  })
})
