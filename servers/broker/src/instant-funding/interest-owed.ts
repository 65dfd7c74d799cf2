import type { UsdMinor } from '@paddock/money'
import type { InstantFunding } from './instant-funding.ts'

/** Interest on these that the firm has not paid yet. */
export function pendingInterest(fundings: readonly InstantFunding[]): UsdMinor {
  const owed = fundings.flatMap(({ interests }) => interests).filter(({ status }) => status === 'PENDING')
  return owed.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) as UsdMinor
}
