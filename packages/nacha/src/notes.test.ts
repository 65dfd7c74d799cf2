import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { changeTable, classTable, recordsNote, returnTable, ruleTable } from '../test/make-notes.ts'

const note = (name: string) =>
  readFileSync(new URL(`../../../contracts/nacha/${name}.md`, import.meta.url), 'utf8')

test('the notes have the tables of the code', () => {
  expect(note('records')).toBe(recordsNote())
  expect(note('files')).toContain(ruleTable())
  for (const table of [classTable(), returnTable(), changeTable()]) expect(note('codes')).toContain(table)
})
