import fc from 'fast-check'
import { expect, test } from 'vitest'
import { debit, header, traceOf, webBatch } from '../test/sample.ts'
import { sliceFile } from '../test/slicing.ts'
import { achName, foldName, foldToAscii } from './names.ts'
import { readAchFile } from './read-file.ts'
import { writeAchFile } from './writer.ts'

test.for<[string, string]>([
  ['Avéry Quïll', 'AVERY QUILL'],
  ['Siobhán O’Neill-Smith', "SIOBHAN O'NEILL-SMITH"],
  ['Jürgen Groß', 'JURGEN GROSS'],
  ['Łukasz Żółć', 'LUKASZ ZOLC'],
  ['Bjørn Þórðarson', 'BJORN THORDARSON'],
  ['Nguyễn Thị Ánh', 'NGUYEN THI ANH'],
  ['ﬁnn & daughters, inc.', 'FINN & DAUGHTERS, INC.'],
  ['  two\tlines\r\n9000001 ', 'TWO LINES 9000001'],
  ['A;B*C\\D~E', 'A B C D E'],
  ['山田太郎', 'CUSTOMER'],
  ['😀', 'CUSTOMER'],
  ['', 'CUSTOMER'],
  ['山田 Taro', 'TARO'],
  ['Maximiliana Featherstonehaugh', 'MAXIMILIANA FEATHERSTO'],
  ['ABCDEFGHIJKLMNOPQRSTU VW', 'ABCDEFGHIJKLMNOPQRSTU'],
])('the name %j becomes %j', ([name, plain]) => {
  expect(achName(name)).toBe(plain)
  expect(achName(plain)).toBe(plain)
})

test('a name is shortened to the width that is asked for, and never folds to more', () => {
  expect(achName('Straßenbahn Gesellschaft', 16)).toBe('STRASSENBAHN GES')
  expect(achName('山', 4)).toBe('CUST')
  expect(foldName('山')).toBe('')
  expect(foldToAscii('Çà et là – 5 €')).toBe('Ca et la - 5 ?')
})

/** All of Unicode, with what likes to break lines much too often. */
const nasty = fc.constantFrom(
  '\n',
  '\r',
  '\0',
  '\t',
  '\u2028',
  '\ufeff',
  '9',
  '9'.repeat(94),
  '\\',
  '*',
  'é',
  '\ud800',
  '𝒜',
  ' ',
)
const anyName = fc.string({
  unit: fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), nasty),
  maxLength: 60,
})
const count = Number(process.env.NACHA_NAMES ?? 5_000)

test(`${count} random names make no malformed line`, () => {
  const names = fc.sample(anyName, { numRuns: count, seed: 20_261_121 })
  for (let from = 0; from < names.length; from += 1_000) {
    const some = names.slice(from, from + 1_000)
    const entries = some.map((name, at) => ({
      ...debit,
      individualName: achName(name),
      traceNumber: traceOf(from + at + 1),
    }))
    const { text } = writeAchFile({ header, batches: [{ ...webBatch, entries }] })
    const { lines } = sliceFile(text)
    expect(lines.every((line) => /^[\x20-\x7e]{94}$/.test(line))).toBe(true)
    const { file, valid } = readAchFile(text, { mode: 'strict' })
    expect(valid).toBe(true)
    expect(file.batches[0]?.entries).toHaveLength(some.length)
  }
})
