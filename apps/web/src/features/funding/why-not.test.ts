import type { TransferTerms } from '@paddock/platform-wire'
import { expect, test } from 'vitest'
import { checkAmount } from './why-not.ts'

const terms: TransferTerms = {
  deposit: {
    cutoff_at: '2026-11-23T19:00:00Z',
    settles_on: '2026-11-24',
    withdrawable_on: '2026-12-02',
    minimum: '1.00',
    left_today: '50000.00',
  },
  withdrawal: {
    cutoff_at: '2026-11-23T19:00:00Z',
    settles_on: '2026-11-24',
    minimum: '1.00',
    left_today: '50000.00',
    available: '120.00',
  },
}

test.for([
  ['50000.00', 'deposit', undefined],
  ['50000.01', 'deposit', 'limit'],
  ['0.99', 'deposit', 'smallest'],
  ['0', 'deposit', 'more than $0.00'],
  ['10.005', 'deposit', 'two decimals'],
  ['ten', 'deposit', 'Enter an amount'],
  ['120', 'withdraw', undefined],
  ['120.01', 'withdraw', 'withdraw $120.00 now'],
] as const)('%s to %s: %s', ([typed, direction, words]) => {
  const { whyNot } = checkAmount(typed, direction, terms)
  if (words === undefined) expect(whyNot).toBeUndefined()
  else expect(whyNot).toContain(words)
})
