import { assert } from '@paddock/kernel'
import type { PriceMicro } from './price.ts'
import type { QuantityNano } from './quantity.ts'
import type { UsdMinor } from './usd.ts'

/** Billionths of a share times millionths of a dollar make 10^-15 dollars: 10^13 of them are a cent. */
export const NANO_MICRO_PER_MINOR = 10_000_000_000_000n

/**
 * Cents needed to buy `quantity` at `price`, rounded up.
 * Up, because a hold that is one cent short becomes an overdraft at the fill.
 */
export function costToBuy(quantity: QuantityNano, price: PriceMicro): UsdMinor {
  assert(quantity > 0n, 'quantity must be positive')
  assert(price > 0n, 'price must be positive')
  return ((quantity * price + NANO_MICRO_PER_MINOR - 1n) / NANO_MICRO_PER_MINOR) as UsdMinor
}

/** Cents that a sale of `quantity` at `price` brings, rounded down: the firm never pays out what it did not get. */
export function proceedsOfSale(quantity: QuantityNano, price: PriceMicro): UsdMinor {
  assert(quantity > 0n, 'quantity must be positive')
  assert(price > 0n, 'price must be positive')
  return ((quantity * price) / NANO_MICRO_PER_MINOR) as UsdMinor
}

/** What a holding is worth now, in cents, half to even. For showing only; no money moves by it. */
export function marketValue(quantity: QuantityNano, price: PriceMicro): UsdMinor {
  const product = quantity * price
  const whole = product / NANO_MICRO_PER_MINOR
  const twice = (product % NANO_MICRO_PER_MINOR) * 2n
  if (twice > NANO_MICRO_PER_MINOR || (twice === NANO_MICRO_PER_MINOR && whole % 2n === 1n)) {
    return (whole + 1n) as UsdMinor
  }
  return whole as UsdMinor
}

/** The quantity that `notional` buys at `price`, cut after the ninth decimal so that it never costs more. */
export function quantityForNotional(notional: UsdMinor, price: PriceMicro): QuantityNano {
  assert(notional > 0n, 'notional must be positive')
  assert(price > 0n, 'price must be positive')
  return ((notional * NANO_MICRO_PER_MINOR) / price) as QuantityNano
}
