/** Splits of the simulated market's own future, invented: symbol, ex date, shares before, shares after. */
export const scheduledSplits: readonly (readonly [
  symbol: string,
  exDate: string,
  oldRate: bigint,
  newRate: bigint,
])[] = [
  ['GS', '2026-12-14', 1n, 4n],
  ['PLUG', '2027-01-11', 10n, 1n],
  ['BLK', '2027-03-08', 1n, 10n],
  ['ISRG', '2027-06-14', 2n, 3n],
]
