import { test } from 'vitest'
import { bankTarget } from './support/bank-world.ts'
import { fuzzOperations } from './support/fuzz-operations.ts'

test('no request makes an operation of the bank fail, and no refused one leaves a row behind', async () => {
  await fuzzOperations(bankTarget)
})
