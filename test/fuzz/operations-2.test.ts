import { test } from 'vitest'
import { brokerTarget } from './support/broker-world.ts'
import { fuzzOperations } from './support/fuzz-operations.ts'

test('no request makes an operation fail, and no refused one leaves a row behind (2 of 2)', async () => {
  await fuzzOperations(brokerTarget, { index: 1, of: 2 })
})
