import { assert } from '@paddock/kernel'
import {
  costToBuy,
  NANO_MICRO_PER_MINOR,
  type PriceMicro,
  proceedsOfSale,
  type QuantityNano,
  quantityForNotional,
  type UsdMinor,
} from '@paddock/money'
import type { Amount, OrderTerms } from './order.ts'

/** Least value of a buy, in cents. Sales are exempt: what is left of a position can always be sold. */
export const SMALLEST_BUY_MINOR = 100n as UsdMinor

/**
 * A market order is held at a price this much worse than the quote, because it fills at a later one
 * (contracts/alpaca/orders.md §5).
 */
const COLLAR_PER_MILLE = 25n

/** What one trade moves: shares one way and cents the other. */
export interface Execution {
  readonly quantityNano: QuantityNano
  readonly priceMicro: PriceMicro
  readonly amountMinor: UsdMinor
  readonly commissionMinor: UsdMinor
}

/** What a buy is worth at the ask: the figure that the smallest buy is measured by. */
export function costOfBuy(amount: Amount, askMicro: PriceMicro): UsdMinor {
  return amount.kind === 'notional' ? amount.notionalMinor : costToBuy(amount.quantityNano, askMicro)
}

/** Cents to set aside for a buy, commission included: by dollars exactly those, by shares with the collar. */
export function holdOfBuy({ amount, commissionMinor }: OrderTerms, askMicro: PriceMicro): UsdMinor {
  const collaredMicro = (askMicro + divideUp(askMicro * COLLAR_PER_MILLE, 1_000n)) as PriceMicro
  return (costOfBuy(amount, collaredMicro) + commissionMinor) as UsdMinor
}

/**
 * Shares to set aside for a sale. For a sale by dollars somewhat more than the bid asks for, if the
 * account has more; `neededNano` is what it must have.
 */
export function holdOfSale(
  amount: Amount,
  bidMicro: PriceMicro,
  availableNano: bigint,
): { neededNano: QuantityNano; heldNano: QuantityNano } {
  if (amount.kind === 'quantity') return { neededNano: amount.quantityNano, heldNano: amount.quantityNano }
  const neededNano = quantityToRaise(amount.notionalMinor, bidMicro)
  const lowMicro = (bidMicro - divideUp(bidMicro * COLLAR_PER_MILLE, 1_000n)) as PriceMicro
  const collaredNano = quantityToRaise(amount.notionalMinor, lowMicro)
  const heldNano = collaredNano < availableNano ? collaredNano : availableNano
  return { neededNano, heldNano: heldNano as QuantityNano }
}

/** A buy at the ask. By dollars the shares are cut after the ninth decimal, so that it never costs more. */
export function executeBuy({ amount, commissionMinor }: OrderTerms, priceMicro: PriceMicro): Execution {
  const quantityNano =
    amount.kind === 'quantity' ? amount.quantityNano : quantityForNotional(amount.notionalMinor, priceMicro)
  const amountMinor = costToBuy(quantityNano, priceMicro)
  assert(amount.kind === 'quantity' || amountMinor <= amount.notionalMinor, 'a buy by dollars cost too much')
  return { quantityNano, priceMicro, amountMinor, commissionMinor }
}

/** A sale at the bid of at most the shares held for it. The commission never exceeds what the sale brings. */
export function executeSale(
  { amount, commissionMinor }: OrderTerms,
  priceMicro: PriceMicro,
  heldNano: bigint,
): Execution {
  const wantedNano =
    amount.kind === 'quantity' ? amount.quantityNano : quantityToRaise(amount.notionalMinor, priceMicro)
  const quantityNano = (wantedNano < heldNano ? wantedNano : heldNano) as QuantityNano
  const amountMinor = proceedsOfSale(quantityNano, priceMicro)
  return {
    quantityNano,
    priceMicro,
    amountMinor,
    commissionMinor: commissionMinor < amountMinor ? commissionMinor : amountMinor,
  }
}

/** Shares whose sale brings `notionalMinor`: rounded up, because proceeds are rounded down. */
function quantityToRaise(notionalMinor: UsdMinor, priceMicro: PriceMicro): QuantityNano {
  return divideUp(notionalMinor * NANO_MICRO_PER_MINOR, priceMicro) as QuantityNano
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor
}
