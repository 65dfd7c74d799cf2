import { expect, test } from 'vitest'
import { assert, DomainError, newId } from './index.ts'

test('ids are UUIDs of version 7 that sort by time of making', () => {
  const ids = Array.from({ length: 100 }, newId)
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  }
  expect(new Set(ids).size).toBe(100)
  const times = ids.map((id) => id.slice(0, 13))
  expect(times).toEqual([...times].sort())
})

test('a broken promise throws, a kept one does not', () => {
  expect(() => assert(false, 'never')).toThrow('never')
  expect(() => assert(true)).not.toThrow()
})

test('a rejection carries its code and its figures', () => {
  class Refused extends DomainError<'too_much'> {
    override readonly name = 'Refused'
  }
  expect(new Refused('too_much', { limitMinor: 5n })).toMatchObject({
    name: 'Refused',
    code: 'too_much',
    details: { limitMinor: 5n },
  })
})
