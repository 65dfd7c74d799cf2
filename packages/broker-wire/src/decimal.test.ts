import { expect, test } from 'vitest'
import { DecimalInput, plainDecimal } from './decimal.ts'

test.for([
  ['1', '1'],
  ['1.50', '1.5'],
  ['0.000000001', '0.000000001'],
  ['1e-9', '0.000000001'],
  ['1.5E3', '1500'],
  ['+2', '2'],
  ['-0.10', '-0.1'],
  ['-0', '0'],
  ['007', '7'],
  ['10.001', '10.001'],
] as const)('%s is read as %s', ([text, plain]) => {
  expect(plainDecimal(text)).toBe(plain)
})

test.for([
  '',
  ' 1',
  '1 ',
  '.5',
  '5.',
  '1,000',
  '0x10',
  'NaN',
  'Infinity',
  '1e999',
  '1e',
  '--1',
  '9'.repeat(31),
])('%j is no decimal', (text) => {
  expect(plainDecimal(text)).toBeUndefined()
})

test('numbers and text are the same request, and other types are refused', () => {
  expect(DecimalInput.parse(25.0)).toBe('25')
  expect(DecimalInput.parse(1e-9)).toBe('0.000000001')
  expect(DecimalInput.safeParse(Number.POSITIVE_INFINITY).success).toBe(false)
  expect(DecimalInput.safeParse(true).success).toBe(false)
  expect(DecimalInput.safeParse({}).success).toBe(false)
})
