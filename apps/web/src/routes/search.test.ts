import { expect, test } from 'vitest'
import { readNextSearch, readTransferSearch } from './search.ts'

test.for(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', 7, undefined])(
  'the page never goes on to %s after signing in',
  (next) => {
    expect(readNextSearch({ next })).toEqual({})
  },
)

test('a path of this app is kept', () => {
  expect(readNextSearch({ next: '/invest/SPY?side=buy' })).toEqual({ next: '/invest/SPY?side=buy' })
})

test('an amount in the address is text, also when it looks like a number', () => {
  expect(readTransferSearch({ dir: 'withdraw', amount: 25 })).toEqual({ dir: 'withdraw', amount: '25' })
})
