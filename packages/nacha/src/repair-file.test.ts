import { expect, test } from 'vitest'
import { answerFile, ccdBatch, fileOf, original, ppdBatch, webBatch } from '../test/sample.ts'
import { repairAchFile } from './repair-file.ts'

const text = fileOf(webBatch, ppdBatch, ccdBatch)
const lines = text.trimEnd().split('\n')
const joined = (some: readonly string[]) => some.map((line) => `${line}\n`).join('')

function edit(line: number, column: number, put: string, among: readonly string[] = lines): string {
  return joined(
    among.map((one, at) =>
      at === line - 1 ? one.slice(0, column - 1) + put + one.slice(column - 1 + put.length) : one,
    ),
  )
}

test.for<[string, string]>([
  ['trailing spaces are cut', joined(lines.map((line) => line.trimEnd()))],
  ['it is one long line', lines.join('')],
  ['lines end with CR', lines.join('\r')],
  ['there is no filler', joined(lines.slice(0, 12))],
  ['a hash is wrong by one', edit(4, 20, '2')],
  ['a total is wrong', edit(12, 43, '7')],
  ['a count is no number', edit(12, 2, 'ABCDEF')],
  ['a control is missing', joined(lines.filter((_, at) => at !== 3))],
  ['the file control is missing', joined(lines.slice(0, 11))],
  ['the indicator is wrong', edit(9, 79, '0')],
  ['addenda are numbered wrongly', edit(10, 84, '0009')],
  ['the class is in lower case', edit(2, 51, 'web')],
  ['the file ID is in lower case', edit(1, 34, 'a')],
  ['a zero leads the destination', edit(1, 4, '0')],
  ['the control has another company', edit(4, 45, 'ANOTHER   ')],
])('when %s, the file comes out as it should have been', ([, input]) => {
  const repair = repairAchFile(input)
  expect(repair).toMatchObject({ text, remaining: [] })
})

test('a service class that its entries contradict follows them', () => {
  expect(repairAchFile(edit(2, 2, '220'))).toMatchObject({ text, remaining: [] })
})

test('accents are folded, and what has no plain form becomes a question mark', () => {
  expect(repairAchFile(edit(3, 55, 'ÍRIS CALLOWAÝ'))).toMatchObject({ text, remaining: [] })
  expect(repairAchFile(edit(3, 55, '€RIS')).text).toContain('?RIS CALLOWAY')
})

test('an answer keeps what it says', () => {
  const returned = answerFile('WEB', {
    addenda: [{ kind: 'return', code: 'R17', information: 'QUESTIONABLE', ...original }],
  })
  expect(repairAchFile(returned.replace('799R17', '799r17'))).toMatchObject({ text: returned, remaining: [] })
})

test('amounts, routing, account and trace numbers are never touched: what is wrong there remains wrong', () => {
  const wrongDigit = repairAchFile(edit(3, 12, '6'))
  expect(wrongDigit).toMatchObject({ remaining: [{ rule: '18-check-digit', line: 3 }] })
  expect(wrongDigit.text?.split('\n')[2]?.[11]).toBe('6')
  expect(repairAchFile(edit(6, 80, '06110077000031X'))).toMatchObject({ text: undefined })
})

test.for<[string, string, string]>([
  ['an amount cannot be read', edit(3, 30, '0000O41275'), '17-amount'],
  ['a record is of no known type', joined(lines.toSpliced(4, 0, `4${' '.repeat(93)}`)), '01-record-type'],
  ['a line loses its end', edit(6, 94, '2EXTRA'), '01-record-cut'],
  ['the file header is missing', joined(lines.slice(1)), '02-file-header'],
  ['entries stand outside of a batch', joined(lines.filter((_, at) => at !== 1)), '02-batch-header'],
  ['another file follows', text + text, '02-second-header'],
  ['it is no ACH file', 'hello', '01-not-ach'],
  ['the date of the file is no number', edit(1, 24, 'TODAY '), '26-field'],
])('when %s, nothing is written, for something would be lost or guessed', ([, input, rule]) => {
  expect(repairAchFile(input)).toMatchObject({ text: undefined, losses: [{ rule }] })
})
