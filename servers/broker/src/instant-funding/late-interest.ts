import type { UsdMinor } from '@paddock/money'

/** Hundredths of a percent a year: the upper bound of the central bank's rate, and the surcharge on it. */
const CENTRAL_BANK_BASIS_POINTS = 400n
const SURCHARGE_BASIS_POINTS = 800n

const YEAR = 360n * 10_000n

/** Interest on an amount for one day, on a year of 360 days, rounded up: a cent at least. */
export function interestOfDay(amountMinor: UsdMinor): UsdMinor {
  const rate = CENTRAL_BANK_BASIS_POINTS + SURCHARGE_BASIS_POINTS
  return ((amountMinor * rate + YEAR - 1n) / YEAR) as UsdMinor
}
