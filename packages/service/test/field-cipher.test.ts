import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { FieldCipher } from '../src/index.ts'

const cell = { table: 'relationships', column: 'account_number', rowId: 'r1' }

test('a value comes back, and twice the same value looks different', () => {
  const cipher = new FieldCipher(randomBytes(32))
  const first = cipher.encrypt('1111222233330000', cell)
  expect(cipher.decrypt(first, cell)).toBe('1111222233330000')
  expect(cipher.encrypt('1111222233330000', cell)).not.toBe(first)
  expect(first).not.toContain('1111')
})

test.for([
  { ...cell, rowId: 'r2' },
  { ...cell, column: 'routing_number' },
  { ...cell, table: 'accounts' },
])('a value moved to $table.$column of $rowId does not open', (elsewhere) => {
  const cipher = new FieldCipher(randomBytes(32))
  expect(() => cipher.decrypt(cipher.encrypt('secret', cell), elsewhere)).toThrow()
})

test('a changed, cut or foreign value does not open', () => {
  const cipher = new FieldCipher(randomBytes(32))
  const stored = cipher.encrypt('secret', cell)
  const parts = stored.split('.')
  const shortTag = [...parts.slice(0, 3), (parts[3] ?? '').slice(0, 6), parts[4]].join('.')
  for (const broken of [`${stored.slice(0, -2)}AA`, shortTag, 'secret', '']) {
    expect(() => cipher.decrypt(broken, cell)).toThrow()
  }
  expect(() => new FieldCipher(randomBytes(32)).decrypt(stored, cell)).toThrow('another key')
})

test('equal values are found by their keyed hash', () => {
  const cipher = new FieldCipher(randomBytes(32))
  expect(cipher.blindIndex('a')).toBe(cipher.blindIndex('a'))
  expect(cipher.blindIndex('a')).not.toBe(new FieldCipher(randomBytes(32)).blindIndex('a'))
})
