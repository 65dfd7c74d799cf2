import {
  costToBuy,
  NANO_MICRO_PER_MINOR,
  type PriceMicro,
  proceedsOfSale,
  type QuantityNano,
  quantityForNotional,
  type UsdMinor,
} from '@paddock/money'
import { type Amount, type Order, type OrderTerms, stopOf } from './order.ts'

/** Least value of a buy, in cents. Sales are exempt: what is left of a position can always be sold. */
export const SMALLEST_BUY_MINOR = 100n as UsdMinor

const FIFTY_DOLLARS_MICRO = 50_000_000n

/**
 * What has no limit is held at a price this much worse than the one it is measured by, because it executes at a
 * later one: 4 percent below $50, 2.5 percent from there on (contracts/alpaca/orders.md §5).
 */
export function collaredUp(priceMicro: PriceMicro): PriceMicro {
  return (priceMicro + divideUp(priceMicro * collarPerMille(priceMicro), 1_000n)) as PriceMicro
}

export function collaredDown(priceMicro: PriceMicro): PriceMicro {
  return (priceMicro - divideUp(priceMicro * collarPerMille(priceMicro), 1_000n)) as PriceMicro
}

const collarPerMille = (priceMicro: PriceMicro) => (priceMicro < FIFTY_DOLLARS_MICRO ? 40n : 25n)

/** What a share of a buy will cost at most, as far as one can tell: its limit, or its stop or the ask with the collar. */
export function holdPriceOf(
  order: Pick<Order, 'side' | 'limitMicro' | 'stopMicro' | 'trail' | 'bestMicro'>,
  askMicro: PriceMicro,
): PriceMicro {
  return order.limitMicro ?? collaredUp(stopOf(order) ?? askMicro)
}

/** What a buy is worth at a price: the figure that the smallest buy is measured by. */
export function costOfBuy(amount: Amount, priceMicro: PriceMicro): UsdMinor {
  return amount.kind === 'notional' ? amount.notionalMinor : costToBuy(amount.quantityNano, priceMicro)
}

/** What an order still asks for. */
export function remainingOf({
  amount,
  filledQuantityNano,
  filledMinor,
}: Pick<Order, 'amount' | 'filledQuantityNano' | 'filledMinor'>): Amount {
  if (amount.kind === 'quantity') {
    return { kind: 'quantity', quantityNano: (amount.quantityNano - filledQuantityNano) as QuantityNano }
  }
  return { kind: 'notional', notionalMinor: (amount.notionalMinor - filledMinor) as UsdMinor }
}

/** Cents to set aside for what is left of a buy, commission included. */
export function holdOfBuy(order: Order, holdPriceMicro: PriceMicro): UsdMinor {
  const costMinor = costOfBuy(remainingOf(order), holdPriceMicro)
  const { amount } = order
  const dueMinor = commissionDue(order, {
    quantityNano:
      amount.kind === 'quantity'
        ? amount.quantityNano
        : quantityForNotional(amount.notionalMinor, collaredDown(holdPriceMicro)),
    valueMinor: (order.filledMinor + costMinor) as UsdMinor,
    isWhole: true,
  })
  return (costMinor + dueMinor - order.commissionChargedMinor) as UsdMinor
}

/**
 * Shares to set aside for what is left of a sale. By dollars somewhat more than the bid asks for, if the account
 * has more; `neededNano` is what it must have.
 */
export function holdOfSale(
  remaining: Amount,
  bidMicro: PriceMicro,
  availableNano: bigint,
): { neededNano: QuantityNano; heldNano: QuantityNano } {
  if (remaining.kind === 'quantity') {
    return { neededNano: remaining.quantityNano, heldNano: remaining.quantityNano }
  }
  const neededNano = quantityToRaise(remaining.notionalMinor, bidMicro)
  const collaredNano = quantityToRaise(remaining.notionalMinor, collaredDown(bidMicro))
  const heldNano = collaredNano < availableNano ? collaredNano : availableNano
  return { neededNano, heldNano: heldNano as QuantityNano }
}

/** What has executed of an order, all executions together. */
export type Done = {
  readonly quantityNano: QuantityNano
  readonly valueMinor: UsdMinor
  /** Nothing more will execute. */
  readonly isWhole: boolean
}

/**
 * What commission is due for what has executed. A flat one is spread over the executions by their part of the
 * order, and the last takes what is left of it; the others are rounded to the nearest cent.
 */
export function commissionDue(
  { commission, amount }: Pick<OrderTerms, 'commission' | 'amount'>,
  done: Done,
): UsdMinor {
  switch (commission.type) {
    case 'qty':
      return divideToNearest(commission.rateMicro * done.quantityNano, NANO_MICRO_PER_MINOR) as UsdMinor
    case 'bps':
      return divideToNearest(commission.ratePpm * done.valueMinor, 1_000_000n) as UsdMinor
    case 'notional': {
      if (done.isWhole) return commission.rateMinor
      const [part, whole] =
        amount.kind === 'quantity'
          ? [done.quantityNano, amount.quantityNano]
          : [done.valueMinor, amount.notionalMinor]
      return ((commission.rateMinor * part) / whole) as UsdMinor
    }
  }
}

/** Cents that an execution costs or brings. */
export function amountOf(
  side: OrderTerms['side'],
  quantityNano: QuantityNano,
  priceMicro: PriceMicro,
): UsdMinor {
  return side === 'buy' ? costToBuy(quantityNano, priceMicro) : proceedsOfSale(quantityNano, priceMicro)
}

/** Shares whose sale brings `notionalMinor`: rounded up, because proceeds are rounded down. */
export function quantityToRaise(notionalMinor: UsdMinor, priceMicro: PriceMicro): QuantityNano {
  return divideUp(notionalMinor * NANO_MICRO_PER_MINOR, priceMicro) as QuantityNano
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor
}

function divideToNearest(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor / 2n) / divisor
}
