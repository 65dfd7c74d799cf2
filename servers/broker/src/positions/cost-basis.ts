import { assert } from '@paddock/kernel'
import { NANO_MICRO_PER_MINOR, type PriceMicro, type QuantityNano, type UsdMinor } from '@paddock/money'

/**
 * The part of a lot's cost that goes with the shares taken from it. Rounded down to cents,
 * so that a cent may stay with the rest; the last share takes all that is left.
 */
export function costOfSharesSold(
  costBasisMinor: UsdMinor,
  heldNano: QuantityNano,
  soldNano: QuantityNano,
): UsdMinor {
  assert(soldNano > 0n && soldNano <= heldNano, 'more sold than held')
  return ((costBasisMinor * soldNano) / heldNano) as UsdMinor
}

/** What one share of a position has cost on average. For showing only: rounded to the sixth decimal. */
export function averagePrice(costBasisMinor: UsdMinor, heldNano: QuantityNano): PriceMicro {
  assert(heldNano > 0n, 'nothing is held')
  return ((costBasisMinor * NANO_MICRO_PER_MINOR + heldNano / 2n) / heldNano) as PriceMicro
}
