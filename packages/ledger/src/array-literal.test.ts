import { expect, test } from 'vitest'
import { instantArray, nullableTextArray, numberArray, textArray } from './array-literal.ts'

test.for([
  { values: [], literal: '{}' },
  { values: ['a', 'b c'], literal: '{"a","b c"}' },
  { values: ['', 'NULL', '{}', ','], literal: '{"","NULL","{}",","}' },
  { values: ['a"b', 'plain'], literal: '{"a\\"b","plain"}' },
  { values: ['back\\slash'], literal: '{"back\\\\slash"}' },
])('texts are quoted: $literal', ({ values, literal }) => {
  expect(textArray(values)).toBe(literal)
})

test('a missing text is no text', () => {
  expect(nullableTextArray(['a"', null, 'null'])).toBe('{"a\\"",NULL,"null"}')
})

test('numbers stay exact and may be missing', () => {
  expect(numberArray([12_345_678_901_234_567_890n, -1n, null])).toBe('{12345678901234567890,-1,NULL}')
})

test('instants that alternate keep their own text', () => {
  const noon = Temporal.Instant.from('2026-11-24T12:00:00Z')
  const later = noon.add({ microseconds: 1 })
  expect(instantArray([noon, noon, later, noon])).toBe(`{${[noon, noon, later, noon].map(String).join(',')}}`)
})
