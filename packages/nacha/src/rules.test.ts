import { expect, test } from 'vitest'
import { answerFile, ccdBatch, debit, fileOf, original, ppdBatch, traceOf, webBatch } from '../test/sample.ts'
import { recount } from '../test/slicing.ts'
import { readAchFile } from './read-file.ts'
import { type RuleName, rules } from './rules.ts'

const base = fileOf(webBatch, ppdBatch, ccdBatch).trimEnd().split('\n')
const joined = (lines: readonly string[]) => `${lines.join('\n')}\n`

/** The base file with some characters of a line replaced; lines and columns count from 1. */
function edit(line: number, column: number, text: string, lines: readonly string[] = base): string[] {
  return lines.map((one, at) => {
    if (at !== line - 1) return one
    return one.slice(0, column - 1) + text + one.slice(column - 1 + text.length)
  })
}

const without = (line: number, lines: readonly string[] = base) => lines.filter((_, at) => at !== line - 1)
const withLine = (line: number, text: string) => base.toSpliced(line - 1, 0, text)
const lineAt = (line: number) => base[line - 1] ?? ''
const twoEntries = fileOf({ ...webBatch, entries: [debit, { ...debit, traceNumber: traceOf(320) }] })
  .trimEnd()
  .split('\n')
const prenote = fileOf({ ...webBatch, entries: [{ ...debit, transactionCode: '28', amountMinor: 0n }] })
  .trimEnd()
  .split('\n')
const ctx = fileOf({
  ...ccdBatch,
  secCode: 'CTX',
  entries: ccdBatch.entries.map((one) => ({ ...one, individualName: 'LANTERN' })),
})
  .trimEnd()
  .split('\n')
const returned = answerFile('WEB', {
  addenda: [{ kind: 'return', code: 'R15', dateOfDeath: '260227', ...original }],
})
  .trimEnd()
  .split('\n')
const corrected = answerFile('COR', {
  addenda: [{ kind: 'correction', code: 'C02', correctedData: '111906543', ...original }],
})
  .trimEnd()
  .split('\n')

/** Each row breaks one rule and no other. Lines 2-4 are a WEB batch, 5-7 PPD, 8-11 CCD, 12 the file control. */
const broken: [rule: RuleName, line: number, field: string, lines: readonly string[] | string][] = [
  ['01-empty', 1, 'file', ''],
  ['01-not-ach', 1, 'file', 'id,name,amount\n1,Iris,412.75\n'],
  ['01-record-length', 6, 'record', edit(6, 1, lineAt(6)).map((one, at) => (at === 5 ? `${one}  ` : one))],
  ['01-record-cut', 6, 'record', base.map((one, at) => (at === 5 ? `${one}77` : one))],
  ['01-record-type', 7, 'record', recount(withLine(7, `4${' '.repeat(93)}`))],
  ['01-line-ends', 1, 'file', `${base.join('\r')}\r`],
  ['01-mixed-line-ends', 2, 'file', `${base[0]}\n${base.slice(1).join('\r\n')}\r\n`],
  ['01-blank-line', 5, 'record', withLine(5, '')],
  ['01-trailing-blank-line', 21, 'record', [...base, '', '']],
  ['02-file-header', 1, 'file', recount(without(1))],
  ['02-second-header', 2, 'record', recount(withLine(2, lineAt(1)))],
  ['02-file-control', 11, 'file', base.slice(0, 11)],
  ['02-second-control', 13, 'record', withLine(13, lineAt(12))],
  ['02-batch-header', 2, 'record', [...without(2), '9'.repeat(94)]],
  ['02-lone-control', 5, 'record', withLine(5, lineAt(4)).slice(0, 20)],
  ['02-batch-control', 4, 'batch', recount(without(4))],
  ['02-lone-addenda', 3, 'record', recount(withLine(3, lineAt(10)))],
  ['02-after-control', 13, 'record', [...base.slice(0, 12), lineAt(3), ...base.slice(12)]],
  ['02-early-filler', 12, 'record', withLine(12, '9'.repeat(94)).slice(0, 20)],
  ['02-padding', 19, 'file', base.slice(0, 19)],
  ['03-file-header', 1, 'recordSize', edit(1, 35, '080')],
  ['03-file-header', 1, 'blockingFactor', edit(1, 38, '01')],
  ['03-file-header', 1, 'formatCode', edit(1, 40, '2')],
  ['03-file-header', 1, 'fileIdModifier', edit(1, 34, 'b')],
  ['03-priority-code', 1, 'priorityCode', edit(1, 2, '02')],
  ['03-creation-date', 1, 'creationDate', edit(1, 24, '261301')],
  ['03-creation-time', 1, 'creationTime', edit(1, 30, '2460')],
  ['04-destination', 1, 'immediateDestination', edit(1, 13, '7')],
  ['04-destination', 1, 'immediateDestination', edit(1, 4, ' '.repeat(10))],
  ['04-destination-form', 1, 'immediateDestination', edit(1, 4, '0')],
  ['04-origin', 1, 'immediateOrigin', edit(1, 14, ' '.repeat(10))],
  ['06-batch-count', 12, 'batchCount', edit(12, 2, '000004')],
  ['06-block-count', 12, 'blockCount', edit(12, 8, '000003')],
  ['06-entry-count', 12, 'entryAddendaCount', edit(12, 14, '00000005')],
  ['06-hash', 12, 'entryHash', edit(12, 31, '0')],
  ['06-debits', 12, 'totalDebitMinor', edit(12, 43, '9')],
  ['06-credits', 12, 'totalCreditMinor', edit(12, 55, '9')],
  ['07-no-batch', 2, 'file', recount([lineAt(1), lineAt(12)])],
  ['07-no-entry', 2, 'batch', recount(without(3))],
  ['08-characters', 3, 'record', edit(3, 55, 'É')],
  ['08-control-characters', 3, 'record', edit(3, 55, '\t')],
  ['09-service-class', 2, 'serviceClass', edit(2, 2, '230', edit(4, 2, '230'))],
  ['09-service-class-control', 4, 'serviceClass', edit(4, 2, '200')],
  ['09-service-class-entry', 3, 'transactionCode', recount(edit(3, 2, '22'))],
  ['10-company', 2, 'companyName', edit(2, 5, ' '.repeat(16))],
  ['10-company', 2, 'companyId', edit(2, 41, '0'.repeat(10), edit(4, 45, '0'.repeat(10)))],
  ['10-company', 2, 'entryDescription', edit(2, 54, ' '.repeat(10))],
  ['10-company-control', 4, 'companyId', edit(4, 45, '1472583691')],
  ['10-company-shifted', 4, 'companyId', edit(2, 41, '147258369 ', edit(4, 45, ' 147258369'))],
  ['11-sec-code', 2, 'secCode', edit(2, 51, 'WEX')],
  ['11-sec-code', 2, 'secCode', edit(2, 51, 'web')],
  ['11-transaction-code', 3, 'transactionCode', edit(3, 2, '25')],
  ['11-transaction-code-class', 3, 'transactionCode', edit(3, 2, '26')],
  ['11-transaction-code-class', 3, 'transactionCode', edit(3, 2, '27', returned)],
  ['12-originator-status', 2, 'originatorStatus', edit(2, 79, '0')],
  ['13-odfi-control', 4, 'odfi', edit(4, 80, '06110078')],
  ['13-odfi-trace', 3, 'traceNumber', edit(3, 80, '06110078')],
  ['14-batch-number', 4, 'batchNumber', edit(4, 88, '0000009')],
  ['14-batch-order', 5, 'batchNumber', edit(5, 88, '0000001', edit(7, 88, '0000001'))],
  ['15-trace-order', 4, 'traceNumber', edit(4, 80, traceOf(311), twoEntries)],
  ['15-trace-twice', 6, 'traceNumber', edit(6, 80, traceOf(311))],
  ['16-entry-count', 4, 'entryAddendaCount', edit(4, 5, '000002')],
  ['16-hash', 4, 'entryHash', edit(4, 20, '9')],
  ['16-debits', 4, 'totalDebitMinor', edit(4, 32, '9')],
  ['16-credits', 4, 'totalCreditMinor', edit(4, 44, '9')],
  ['17-amount', 3, 'amountMinor', edit(3, 30, '0000O41275')],
  ['17-zero', 3, 'amountMinor', recount(edit(3, 30, '0000000000'))],
  ['17-zero', 3, 'amountMinor', recount(edit(3, 39, '1', prenote))],
  ['17-zero', 3, 'amountMinor', recount(edit(3, 39, '1', corrected))],
  ['18-check-digit', 3, 'checkDigit', edit(3, 12, '6')],
  ['20-effective-date', 2, 'effectiveDate', edit(2, 70, '260230')],
  ['20-effective-date', 2, 'effectiveDate', edit(2, 70, '260307')],
  ['20-effective-date-missing', 2, 'effectiveDate', edit(2, 70, '      ')],
  ['20-effective-date-window', 2, 'effectiveDate', edit(2, 70, '260227')],
  ['20-effective-date-window', 2, 'effectiveDate', edit(2, 70, '260401')],
  ['21-indicator', 3, 'addendaIndicator', edit(3, 79, '1')],
  ['21-indicator', 9, 'addendaIndicator', edit(9, 79, '0')],
  ['21-addenda-count', 3, 'addendaCount', edit(3, 58, '2', ctx)],
  ['22-addenda-type', 9, 'record', edit(8, 51, 'ARC')],
  ['22-addenda-number', 3, 'record', recount([...returned.slice(0, 4), ...returned.slice(3)])],
  ['22-addenda-sequence', 10, 'sequenceNumber', edit(10, 87, '2')],
  ['22-addenda-trace', 10, 'entrySequence', edit(10, 94, '9')],
  ['22-addenda-trace', 4, 'traceNumber', edit(4, 94, '9', returned)],
  ['22-answer-code', 4, 'code', edit(4, 4, 'R48', returned)],
  ['22-original-trace', 4, 'originalTrace', edit(4, 7, ' '.repeat(15), returned)],
  ['22-corrected-data', 4, 'correctedData', edit(4, 36, ' '.repeat(29), corrected)],
  ['22-corrected-data-unclear', 4, 'correctedData', edit(4, 44, '9', corrected)],
  ['22-answer-date', 4, 'dateOfDeath', edit(4, 22, '261301', returned)],
  ['23-name', 3, 'individualName', edit(3, 55, ' '.repeat(22))],
  [
    '24-direction',
    3,
    'transactionCode',
    recount(edit(3, 2, '22', edit(2, 2, '200TEL', edit(4, 2, '200')))).map((one, at) =>
      at === 1 ? `${one.slice(0, 4)}PI${one.slice(6, 50)}TEL${one.slice(53)}` : one,
    ),
  ],
  ['25-account-missing', 3, 'accountNumber', edit(3, 13, '0'.repeat(17))],
  ['25-account-number', 3, 'accountNumber', edit(3, 13, '00 71429938')],
  ['26-field', 3, 'traceNumber', edit(3, 94, 'X')],
  ['26-reserved', 4, 'reserved74', edit(4, 74, 'X')],
  ['29-description', 2, 'entryDescription', edit(2, 54, 'PAYROLL   ')],
  ['29-description', 2, 'entryDescription', edit(2, 54, 'reversal  ')],
  ['33-mixed-batch', 5, 'record', mixed()],
]

/** A batch that begins with a return and goes on with a forward entry: all but rule 33 and what follows from it. */
function mixed(): string[] {
  const forward = `${'6'}26${(returned[2] ?? '').slice(3, 78)}1${traceOf(9_002, '08240191')}`
  const second = (returned[3] ?? '').slice(0, 79) + traceOf(9_002, '08240191')
  return recount([
    ...returned.slice(0, 4),
    forward,
    `799R69${second.slice(6, 21)}${' '.repeat(6)}${second.slice(27)}`,
    ...returned.slice(4),
  ])
}

test('the base files break no rule', () => {
  for (const lines of [base, twoEntries, prenote, ctx, returned, corrected]) {
    expect(readAchFile(joined(lines), { mode: 'strict' })).toMatchObject({ valid: true, findings: [] })
  }
})

test.for(broken)('rule %s is found on line %i in %s, and nothing else is', ([rule, line, field, lines]) => {
  const text = typeof lines === 'string' ? lines : joined(lines)
  const { findings, valid } = readAchFile(text, { mode: 'strict' })
  expect(findings.map((one) => [one.rule, one.line, one.field])).toEqual([[rule, line, field]])
  expect(findings[0]?.severity).toBe(rules[rule].strict)
  expect(valid).toBe(rules[rule].strict !== 'error')
})

test('every rule has a file that breaks it', () => {
  const tried = new Set<string>(broken.map(([rule]) => rule))
  const elsewhere = ['13-odfi', 'more-findings']
  expect(Object.keys(rules).filter((rule) => !tried.has(rule) && !elsewhere.includes(rule))).toEqual([])
})

test('a sending bank that is no number is found, though every trace number then differs too', () => {
  const { findings } = readAchFile(joined(edit(2, 80, 'RIVERBND')), { mode: 'strict' })
  expect(findings.map(({ rule }) => rule)).toEqual(['13-odfi', '13-odfi-trace', '13-odfi-control'])
})

test('findings beyond the limit are counted, and an error among them still makes the file invalid', () => {
  const lines = edit(3, 12, '6', edit(2, 79, '0', edit(1, 2, '02')))
  const { findings, valid } = readAchFile(joined(lines), { mode: 'strict', maxFindings: 1 })
  expect(findings.map(({ rule }) => rule)).toEqual(['03-priority-code', 'more-findings'])
  expect(findings[1]?.message).toBe('2 more findings are not listed')
  expect(valid).toBe(false)
})
