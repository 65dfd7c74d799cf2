import { type PriceMicro, type QuantityNano, quantityForNotional, type UsdMinor } from '@paddock/money'
import type { Amount, OrderSide } from '../orders/order.ts'
import { amountOf, quantityToRaise } from '../orders/order-money.ts'
import type { Execution } from './execution-venue.ts'

/** What an order still wants; of a sale by dollars, also how many shares it may cost. */
export interface Wanted {
  readonly side: OrderSide
  readonly amount: Amount
  readonly mostNano: bigint | undefined
}

/** So many shares or coins at a price. */
export interface Offer {
  readonly priceMicro: PriceMicro
  readonly sizeNano: bigint
}

export interface Taken {
  readonly execution: Execution
  readonly left: Wanted
  readonly isComplete: boolean
}

/** Takes what an order wants from what is on offer, up to its size. */
export function take(wanted: Wanted, { priceMicro, sizeNano }: Offer): Taken {
  const wholeNano = smaller(quantityOf(wanted, priceMicro), wanted.mostNano)
  const quantityNano = smaller(wholeNano, sizeNano) as QuantityNano
  const amount = lessBy(wanted, quantityNano, priceMicro)
  return {
    execution: { quantityNano, priceMicro },
    left: {
      ...wanted,
      amount,
      mostNano: wanted.mostNano === undefined ? undefined : wanted.mostNano - quantityNano,
    },
    // Of an order by dollars a part of a cent may be left.
    isComplete: quantityNano === wholeNano || quantityOf({ ...wanted, amount }, priceMicro) === 0n,
  }
}

/** All that an order wants, as shares at a price. */
export function quantityOf({ side, amount }: Wanted, priceMicro: PriceMicro): bigint {
  if (amount.kind === 'quantity') return amount.quantityNano
  if (amount.notionalMinor <= 0n) return 0n
  return side === 'buy'
    ? quantityForNotional(amount.notionalMinor, priceMicro)
    : quantityToRaise(amount.notionalMinor, priceMicro)
}

function lessBy({ side, amount }: Wanted, quantityNano: QuantityNano, priceMicro: PriceMicro): Amount {
  if (amount.kind === 'quantity') {
    return { kind: 'quantity', quantityNano: (amount.quantityNano - quantityNano) as QuantityNano }
  }
  const movedMinor = amountOf(side, quantityNano, priceMicro)
  return { kind: 'notional', notionalMinor: (amount.notionalMinor - movedMinor) as UsdMinor }
}

const smaller = (a: bigint, b: bigint | undefined) => (b === undefined || a < b ? a : b)
