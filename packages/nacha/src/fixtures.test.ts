import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { fixtureFiles } from '../test/make-fixtures.ts'
import { readAchFile } from './read-file.ts'
import { renderAchFile } from './render-file.ts'

const folder = fileURLToPath(new URL('../fixtures/', import.meta.url))
const namesIn = (one: string) => readdirSync(folder + one).filter((name) => name.endsWith('.ach'))
const read = (name: string, mode: 'strict' | 'tolerant') => readAchFile(readFileSync(folder + name), { mode })

test.for(namesIn('valid'))('valid/%s is valid in every respect, and is written back to the byte', (name) => {
  const { valid, findings, file } = read(`valid/${name}`, 'strict')
  expect([valid, findings]).toEqual([true, []])
  const ending = name.includes('crlf') ? '\r\n' : name.includes('one-line') ? '' : '\n'
  expect(renderAchFile(file, ending)).toBe(readFileSync(`${folder}valid/${name}`, 'latin1'))
})

test.for(namesIn('deviating'))('deviating/%s is found fault with, and read all the same', (name) => {
  expect(read(`deviating/${name}`, 'strict').findings).not.toEqual([])
  const { valid, findings } = read(`deviating/${name}`, 'tolerant')
  expect(valid).toBe(true)
  expect(findings.every(({ severity }) => severity === 'accepted')).toBe(true)
})

test.for(namesIn('invalid'))('invalid/%s is refused by both readers', (name) => {
  expect(read(`invalid/${name}`, 'strict').valid).toBe(false)
  expect(read(`invalid/${name}`, 'tolerant').valid).toBe(false)
})

test('the files are those that make-fixtures.ts writes, and no others', () => {
  const made = fixtureFiles()
  const there = ['valid', 'deviating', 'invalid'].flatMap((one) =>
    namesIn(one).map((name) => `${one}/${name}`),
  )
  expect(there.sort()).toEqual([...made.keys()].sort())
  for (const [name, text] of made) expect(readFileSync(folder + name, 'utf8'), name).toBe(text)
})
