import { expect, test } from 'vitest'
import { answerFile, ccdBatch, fileOf, original, ppdBatch, webBatch } from '../test/sample.ts'
import { factsOf } from './facts.ts'
import { readAchFile } from './read-file.ts'
import type { RuleName } from './rules.ts'

const text = fileOf(webBatch, ppdBatch, ccdBatch)
const lines = text.trimEnd().split('\n')
const joined = (some: readonly string[], ending = '\n') => some.map((line) => line + ending).join('')
const returned = answerFile('WEB', { addenda: [{ kind: 'return', code: 'R01', ...original }] })
const returnedLines = returned.trimEnd().split('\n')
const latin1 = (some: string) => Uint8Array.from(some, (sign) => sign.charCodeAt(0))

function edit(line: number, column: number, put: string, among = lines): string {
  return joined(
    among.map((one, at) =>
      at === line - 1 ? one.slice(0, column - 1) + put + one.slice(column - 1 + put.length) : one,
    ),
  )
}

const chain = [
  `799R01${returnedLines[3]?.slice(6)}`,
  `799R68${original.originalTrace}      ${original.originalReceivingDfi}   08240191000900106301${' '.repeat(21)}${returnedLines[3]?.slice(79)}`,
]

/** What banks are seen to send: each is read, and said. The totals of the entries stay those of the base file. */
const deviations: [what: string, rules: RuleName[], input: string | Uint8Array, among?: 'returned'][] = [
  ['lines that end with CRLF', [], joined(lines, '\r\n')],
  ['lines that end with a lone CR', ['01-line-ends'], joined(lines, '\r')],
  ['blank lines', ['01-blank-line'], joined(lines.toSpliced(4, 0, '', '  '))],
  ['no end of the last line', [], text.trimEnd()],
  ['one long line', [], joined(lines, '')],
  ['blocks of ten records a line', [], `${joined(lines.slice(0, 10), '')}\n${joined(lines.slice(10), '')}\n`],
  ['lines without their trailing spaces', ['01-record-length'], joined(lines.map((line) => line.trimEnd()))],
  [
    'lines with too many spaces',
    ['01-record-length'],
    joined(lines.map((line, at) => (at === 11 ? `${line}  ` : line))),
  ],
  ['no filler', ['02-padding'], joined(lines.slice(0, 12))],
  [
    'short filler',
    Array<RuleName>(8).fill('01-record-length'),
    joined(lines.map((line, at) => (at > 11 ? '9'.repeat(80) : line))),
  ],
  ['no file header', ['02-file-header', '02-padding'], joined(lines.slice(1))],
  ['no file control', ['02-file-control'], joined(lines.slice(0, 11))],
  [
    'a batch without its control',
    ['02-batch-control', '02-padding'],
    joined(lines.filter((_, at) => at !== 3)),
  ],
  [
    'entries alone',
    ['02-file-header', '02-batch-header', '02-batch-control', '02-file-control'],
    joined([2, 5, 8, 9].map((at) => lines[at] ?? '')),
  ],
  [
    'a file that has nothing to report',
    ['07-no-batch'],
    joined([lines[0] ?? '', `9000000000001${'0'.repeat(42)}${' '.repeat(39)}`, ...lines.slice(12)]),
  ],
  ['a blank file ID', ['03-file-header'], edit(1, 34, ' ')],
  ['a block count that counts otherwise', ['06-block-count'], edit(12, 8, '000001')],
  ['an effective date of zeros', ['20-effective-date-missing'], edit(2, 70, '000000')],
  ['an effective date of 000101', ['20-effective-date-window'], edit(2, 70, '000101')],
  ['a zero before the destination', ['04-destination-form'], edit(1, 4, '0')],
  ['a destination of free text', ['04-destination'], edit(1, 4, 'OUR BANK  ')],
  [
    'batch numbers that do not ascend',
    ['14-batch-order'],
    edit(5, 88, '0000001', edit(7, 88, '0000001').trimEnd().split('\n')),
  ],
  ['trace numbers out of order in the file', ['15-trace-twice'], edit(6, 88, '0000311')],
  ['a company identification shifted by one', ['10-company-control'], edit(4, 45, ' 147258369')],
  ['another service class in the control', ['09-service-class-control'], edit(4, 2, '200')],
  ['addenda that the indicator does not tell of', ['21-indicator'], edit(9, 79, '0')],
  ['an indicator without addenda', ['21-indicator'], edit(3, 79, '1')],
  [
    'an original trace of fourteen digits',
    ['22-original-trace'],
    edit(4, 7, '61100770000311 ', returnedLines),
    'returned',
  ],
  [
    'a return with the code of the forward entry',
    ['11-transaction-code-class'],
    edit(3, 2, '27', returnedLines),
    'returned',
  ],
  ['a private return code', ['22-answer-code'], edit(4, 4, 'R97', returnedLines), 'returned'],
  ['a return code in lower case', ['22-answer-code'], edit(4, 4, 'r01', returnedLines), 'returned'],
  ['a name in UTF-8', ['08-characters'], edit(3, 55, 'ÍRIS CALLOWAÝ')],
  ['a name in Windows-1252', ['08-characters'], latin1(edit(3, 55, 'ÍRIS CALLOWAÝ'))],
  [
    'a name in UTF-8 that takes bytes for characters',
    ['08-characters'],
    edit(3, 55, 'ÍRIS CALLOWAY').replace('CALLOWAY  ', 'CALLOWAY '),
  ],
  ['a byte order mark', ['08-characters'], `\ufeff${text}`],
  ['the end mark of an old system', ['08-control-characters'], `${text}\u001a`],
  ['the payment type in the second column', [], edit(3, 77, ' S')],
]

test.for(deviations)('the tolerant reader takes %s', ([, rules, input, among]) => {
  const { findings, totals, valid, file } = readAchFile(input, { mode: 'tolerant' })
  expect(findings.filter(({ severity }) => severity === 'accepted').map(({ rule }) => rule)).toEqual(rules)
  expect(findings.filter(({ severity }) => severity !== 'accepted')).toEqual([])
  expect(valid).toBe(true)
  if (among === 'returned') {
    const [fact] = factsOf(file)
    expect(fact?.kind).toBe('return')
  } else if (rules[0] !== '07-no-batch') {
    expect(totals).toMatchObject({ entries: 3, addenda: 1, debitMinor: 82_550n, creditMinor: 8_800_001n })
  }
})

test('the strict reader names each of these deviations too, with its own severity', () => {
  for (const [what, rules, input] of deviations) {
    const { findings } = readAchFile(input, { mode: 'strict' })
    expect(
      findings.map(({ rule }) => rule),
      what,
    ).toEqual(rules)
    expect(
      findings.every(({ severity }) => severity !== 'accepted'),
      what,
    ).toBe(true)
  }
})

test('names are decoded before they are cut into columns', () => {
  for (const input of [edit(3, 55, 'ÍRIS CALLOWAÝ'), latin1(edit(3, 55, 'ÍRIS CALLOWAÝ'))]) {
    const [fact] = factsOf(readAchFile(input, { mode: 'tolerant' }).file)
    expect(fact).toMatchObject({ individualName: 'ÍRIS CALLOWAÝ', traceNumber: '061100770000311' })
  }
})

test('private codes and codes in lower case keep their meaning, as far as there is one', () => {
  const factOf = (code: string) =>
    [...factsOf(readAchFile(edit(4, 4, code, returnedLines), { mode: 'tolerant' }).file)][0]
  expect(factOf('R97')).toMatchObject({ kind: 'return', code: 'R97', reason: undefined })
  expect(factOf('r01')).toMatchObject({
    kind: 'return',
    code: 'R01',
    reason: { class: 'insufficient_funds' },
  })
})

test('of several addenda 99 the newest decides', () => {
  const some = [...returnedLines.slice(0, 3), ...chain, ...returnedLines.slice(4, 6)]
  const { file, findings } = readAchFile(joined(some), { mode: 'tolerant' })
  expect(findings.map(({ rule }) => rule)).toContain('22-addenda-number')
  expect([...factsOf(file)]).toMatchObject([{ kind: 'dishonored_return', code: 'R68', returnCode: 'R01' }])
})

test('what nobody can put right stays an error, and the batch is marked', () => {
  const wrongTotal = readAchFile(edit(4, 32, '9'), { mode: 'tolerant' })
  expect(wrongTotal.valid).toBe(false)
  expect(wrongTotal.findings).toMatchObject([{ rule: '16-debits', severity: 'error', line: 4 }])
  expect(wrongTotal.file.batches.map(({ outOfBalance }) => outOfBalance)).toEqual([true, false, false])

  const unreadable = readAchFile(edit(3, 30, '00000412,5'), { mode: 'tolerant' })
  expect(unreadable.valid).toBe(false)
  expect([...factsOf(unreadable.file)].map(({ kind }) => kind)).toEqual(['unreadable', 'forward', 'forward'])
  expect(unreadable.file.batches[0]?.outOfBalance).toBe(true)
})
