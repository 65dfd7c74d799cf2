import { NANO_MICRO_PER_MINOR, type PriceMicro, type QuantityNano, type UsdMinor } from '@paddock/money'

/** What a dividend brings, to the nearest cent, half up; less than half a cent brings nothing. */
export function dividendOn(quantityNano: QuantityNano, rateMicro: PriceMicro): UsdMinor {
  return ((quantityNano * rateMicro + NANO_MICRO_PER_MINOR / 2n) / NANO_MICRO_PER_MINOR) as UsdMinor
}

/** The tax held back from a payment, to the nearest cent, half up. */
export function withholdingOf(grossMinor: UsdMinor, basisPoints: bigint): UsdMinor {
  return ((grossMinor * basisPoints + 5_000n) / 10_000n) as UsdMinor
}

const WHOLE_SHARE_NANO = 1_000_000_000n

/** What shares become in a split: those that stay shares, and the fraction that is paid out in cash. */
export interface SplitShares {
  readonly newNano: QuantityNano
  readonly fractionNano: QuantityNano
}

/**
 * The shares after a split, cut after the ninth decimal: what is cut is worth less than a cent. Where
 * fractions cannot be held, the part below a whole share is paid out.
 */
export function sharesAfterSplit(
  oldNano: QuantityNano,
  { oldRateMicro, newRateMicro }: { oldRateMicro: bigint; newRateMicro: bigint },
  fractionable: boolean,
): SplitShares {
  const newNano = (oldNano * newRateMicro) / oldRateMicro
  const fractionNano = fractionable ? 0n : newNano % WHOLE_SHARE_NANO
  return { newNano: newNano as QuantityNano, fractionNano: fractionNano as QuantityNano }
}
