import type { Transfer } from '@paddock/platform-wire'
import { expect, test } from 'vitest'
import { transferSteps } from './transfer-steps.ts'

const deposit: Transfer = {
  id: '019ab1c2-0000-7000-8000-000000000001',
  broker_transfer_id: null,
  direction: 'INCOMING',
  amount: '100.00',
  status: 'QUEUED',
  reason: null,
  requested_at: '2026-11-23T15:00:00Z',
  updated_at: '2026-11-23T15:00:00Z',
  expected_on: '2026-11-24',
  can_cancel: true,
}
const states = (transfer: Transfer) => transferSteps(transfer).map(({ state }) => state)

test.for([
  ['UNKNOWN', ['done', 'current', 'ahead', 'ahead']],
  ['QUEUED', ['done', 'done', 'current', 'ahead']],
  ['SENT_TO_CLEARING', ['done', 'done', 'done', 'current']],
  ['COMPLETE', ['done', 'done', 'done', 'done']],
] as const)('a transfer that is %s', ([status, expected]) => {
  expect(states({ ...deposit, status })).toEqual(expected)
})

test('the expected day is on the last step until it is over', () => {
  expect(transferSteps(deposit).at(-1)?.when).toBe('Expected Tue 24 Nov')
})

test('a return ends the way there, with its reason', () => {
  const steps = transferSteps({
    ...deposit,
    status: 'RETURNED',
    reason: 'R01 Insufficient funds',
    expected_on: null,
  })
  expect(steps).toHaveLength(2)
  expect(steps[1]).toMatchObject({
    name: 'Returned by the bank',
    state: 'failed',
    note: 'R01 Insufficient funds',
  })
})
