import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type AddendaPlan, type BatchPlan, writeAchFile, writeCorrectedData } from '../src/index.ts'
import { otherClasses } from './other-classes.ts'
import {
  answerFile,
  ccdBatch,
  credit,
  debit,
  fileOf,
  NORTH,
  original,
  plan,
  ppdBatch,
  SOUTH,
  traceOf,
  webBatch,
} from './sample.ts'
import { recount } from './slicing.ts'

/** Writes the corpus anew: `node packages/nacha/test/make-fixtures.ts`. A test says when it is out of date. */
export function fixtureFiles(): Map<string, string> {
  const files = new Map<string, string>()
  const put = (folder: string, some: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(some)) files.set(`${folder}/${name}.ach`, text)
  }
  put('valid', valid())
  put('valid', Object.fromEntries(otherClasses().map(({ name, text }) => [name, text])))
  put('deviating', deviating())
  put('invalid', invalid())
  return files
}

const text = fileOf(webBatch, ppdBatch, ccdBatch)
const lines = text.trimEnd().split('\n')
const joined = (some: readonly string[], ending = '\n') => some.map((line) => line + ending).join('')
const returned = (code: string, more: { information?: string; dateOfDeath?: string } = {}) =>
  answerFile('WEB', { addenda: [{ kind: 'return', code, ...original, ...more }] })
const corrected = (code: string) =>
  answerFile('COR', {
    addenda: [
      {
        kind: 'correction',
        code,
        ...original,
        correctedData: writeCorrectedData(code, {
          routingNumber: SOUTH,
          accountNumber: '00-88123',
          transactionCode: '37',
          name: 'IRIS M CALLOWAY',
          individualId: 'MEMBER 1180',
        }),
      },
    ],
  })

const many = (count: number) =>
  fileOf({
    ...webBatch,
    entries: Array.from({ length: count }, (_, at) => ({ ...debit, traceNumber: traceOf(at + 1) })),
  })

const purposeful = (purpose: NonNullable<BatchPlan['purpose']>, entries = webBatch.entries) => {
  const { entryDescription: _, ...rest } = webBatch
  return fileOf({ ...rest, purpose, entries })
}

function valid(): Record<string, string> {
  const dispute = {
    ...original,
    returnTrace: traceOf(77, NORTH.slice(0, 8)),
    returnSettlementDay: '062',
    returnCode: 'R01',
  }
  const dishonor: AddendaPlan = { kind: 'dishonor', code: 'R69', ...dispute, information: '02*03' }
  const contest: AddendaPlan = {
    kind: 'contest',
    code: 'R73',
    ...dispute,
    originalReturnDate: '260304',
    originalSettlementDay: '062',
    dishonorTrace: traceOf(500),
    dishonorSettlementDay: '064',
    dishonorCode: 'R68',
  }
  const refused: AddendaPlan = {
    kind: 'refused_correction',
    code: 'C65',
    ...original,
    correctedData: SOUTH,
    changeCode: 'C02',
    traceSequence: '0009001',
  }
  const [ccd] = ccdBatch.entries
  if (ccd === undefined) throw new Error('the sample has an entry')
  const payments: AddendaPlan[] = ['ISA*00\\', 'IEA*1\\'].map((one) => ({ kind: 'payment', text: one }))
  const cents = (transactionCode: string, amountMinor: bigint, sequence: number) => ({
    ...debit,
    transactionCode,
    amountMinor,
    traceNumber: traceOf(sequence),
  })
  return {
    'web-ppd-and-ccd': text,
    'web-ppd-and-ccd-with-crlf': writeAchFile(plan, { lineEnding: '\r\n' }).text,
    'web-ppd-and-ccd-in-one-line': writeAchFile(plan, { lineEnding: '' }).text,
    'web-debit': fileOf(webBatch),
    'ppd-credit': fileOf(ppdBatch),
    'tel-debit': fileOf({ ...webBatch, secCode: 'TEL' }),
    'ccd-debit-with-addenda': fileOf(ccdBatch),
    'ctx-debit-with-two-addenda': fileOf({
      ...ccdBatch,
      secCode: 'CTX',
      entries: [{ ...ccd, individualName: 'LANTERN WORKS', addenda: payments }],
    }),
    'mixed-debits-and-credits': fileOf({ ...ppdBatch, entries: [{ ...debit, paymentType: 'R' }, credit] }),
    prenotes: fileOf({ ...webBatch, entries: [cents('28', 0n, 1), cents('33', 0n, 2)] }),
    'micro-entries': purposeful('account_verification', [
      cents('22', 7n, 1),
      cents('22', 12n, 2),
      cents('27', 19n, 3),
    ]),
    reversal: purposeful('reversal', [cents('22', 41_275n, 1)]),
    'retry-of-a-returned-debit': purposeful('retry'),
    'exactly-ten-records': many(6),
    'eleven-records': many(7),
    'web-return-r01': returned('R01'),
    'web-return-r03': returned('R03'),
    'web-return-r10': returned('R10'),
    'web-return-r15-with-date-of-death': returned('R15', { dateOfDeath: '260227' }),
    'web-return-r17-questionable': returned('R17', { information: 'QUESTIONABLE' }),
    'ppd-return-r02-of-a-credit': answerFile(
      'PPD',
      {
        transactionCode: '31',
        addenda: [{ kind: 'return', code: 'R02', ...original, originalTrace: credit.traceNumber }],
      },
      credit,
    ),
    'return-r04-of-a-prenote': answerFile('WEB', {
      amountMinor: 0n,
      addenda: [{ kind: 'return', code: 'R04', ...original }],
    }),
    'dishonored-return-r69': answerFile('WEB', { addenda: [dishonor] }),
    'contested-return-r73': answerFile('WEB', { addenda: [contest] }),
    'refused-correction-c65': answerFile('COR', { addenda: [refused] }),
    ...Object.fromEntries(
      ['C01', 'C02', 'C03', 'C04', 'C05', 'C06', 'C07', 'C09', 'C13'].map((code) => [
        `correction-${code.toLowerCase()}`,
        corrected(code),
      ]),
    ),
  }
}

function edit(line: number, column: number, put: string, among: readonly string[] = lines): string[] {
  return among.map((one, at) =>
    at === line - 1 ? one.slice(0, column - 1) + put + one.slice(column - 1 + put.length) : one,
  )
}

function deviating(): Record<string, string> {
  const some = returned('R01').trimEnd().split('\n')
  return {
    'trailing-spaces-cut-off': joined(lines.map((line) => line.trimEnd())),
    'blank-line-inside': joined(lines.toSpliced(4, 0, '')),
    'no-filler': joined(lines.slice(0, 12)),
    'lines-end-with-cr': joined(lines, '\r'),
    'batch-without-control': joined(recount(lines.filter((_, at) => at !== 3))),
    'no-file-control': joined(lines.slice(0, 11)),
    'batches-without-file-header': joined(lines.slice(1)),
    'nothing-to-report': joined([
      lines[0] ?? '',
      `9000000000001${'0'.repeat(42)}${' '.repeat(39)}`,
      ...lines.slice(12),
    ]),
    'accents-in-a-name': joined(edit(3, 55, 'ÍRIS CALLOWÁY')),
    'block-count-of-another-kind': joined(edit(12, 8, '000001')),
    'effective-date-of-zeros': joined(edit(2, 70, '000000')),
    'indicator-without-addenda': joined(edit(3, 79, '1')),
    'return-with-forward-transaction-code': joined(edit(3, 2, '27', some)),
    'return-with-private-code-r97': joined(edit(4, 4, 'R97', some)),
    'return-code-in-lower-case': joined(edit(4, 4, 'r01', some)),
  }
}

function invalid(): Record<string, string> {
  return {
    empty: '',
    'not-ach-but-csv': 'id,name,amount\n1,Iris,412.75\n',
    'hash-of-a-batch-off-by-one': joined(edit(4, 20, '2')),
    'hash-of-the-file-off-by-one': joined(edit(12, 31, '7')),
    'debits-of-a-batch-off-by-a-cent': joined(edit(4, 32, '6')),
    'credits-of-the-file-off-by-a-cent': joined(edit(12, 55, '2')),
    'entry-count-of-a-batch-wrong': joined(edit(4, 10, '2')),
    'amount-with-a-letter': joined(edit(3, 30, '0000O41275')),
    'cut-off-in-the-middle-of-an-entry': joined(lines).slice(0, 5 * 95 + 40),
    'addenda-without-entry': joined(recount(lines.toSpliced(2, 0, lines[9] ?? ''))),
    'line-of-unknown-type': joined(recount(lines.toSpliced(6, 0, `4${' '.repeat(93)}`))),
    'data-behind-column-94': joined(edit(6, 94, '2EXTRA')),
    'two-files-in-one': text + text,
    'unknown-transaction-code': joined(edit(3, 2, '25')),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = fileURLToPath(new URL('../fixtures/', import.meta.url))
  for (const one of ['valid', 'deviating', 'invalid']) {
    rmSync(`${folder}${one}`, { recursive: true, force: true })
    mkdirSync(`${folder}${one}`, { recursive: true })
  }
  for (const [name, content] of fixtureFiles()) writeFileSync(folder + name, content)
}
