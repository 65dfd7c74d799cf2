import type { PriceMicro } from '@paddock/money'
import { booksOf } from '../positions/books.ts'
import type { Desk } from './desk.ts'
import type { Order } from './order.ts'
import { holdOfBuy, holdOfSale, remainingOf } from './order-money.ts'

export const pairOf = ({ accountId, asset }: Pick<Order, 'accountId' | 'asset'>) => ({
  accountId,
  symbol: asset.symbol,
})

/** The ledger accounts between which an order's hold lies: cash of a buy, shares of a sale. */
export function sidesOf({ accountId, asset, side }: Pick<Order, 'accountId' | 'asset' | 'side'>) {
  const { cash, streetCash, shares, streetShares } = booksOf(accountId, asset.symbol)
  return side === 'buy' ? { from: cash, to: streetCash } : { from: shares, to: streetShares }
}

/** Sets `amount` aside for an order that holds nothing. */
export function hold(desk: Desk, order: Order, amount: bigint): Order {
  if (amount === 0n) return order
  const holdNumber = order.holdNumber + 1
  const id = `order:${order.id}:hold:${holdNumber}`
  desk.move(
    {
      type: 'pend',
      id,
      ...sidesOf(order),
      amount,
      cause: causeOf(order, `hold:${holdNumber}`),
      at: desk.now,
    },
    pairOf(order),
  )
  return desk.change(order, { hold: { id, amount }, holdNumber })
}

/** Frees all that an order holds. */
export function release(desk: Desk, order: Order): Order {
  if (order.hold === undefined) return order
  const step = `release:${order.holdNumber}`
  desk.endHold(
    {
      type: 'void_pending',
      id: `order:${order.id}:${step}`,
      pendingId: order.hold.id,
      cause: causeOf(order, step),
      at: desk.now,
    },
    { heldAmount: order.hold.amount, ...sidesOf(order) },
  )
  return desk.change(order, { hold: undefined })
}

/** Holds again what the rest of an order needs, after a part has executed. */
export function holdRest(desk: Desk, order: Order, bidMicro: PriceMicro): Order {
  if (order.side === 'sell') {
    const { availableNano } = desk.shares(pairOf(order))
    return hold(desk, order, holdOfSale(remainingOf(order), bidMicro, availableNano).heldNano)
  }
  const wantedMinor = order.holdPriceMicro === undefined ? 0n : holdOfBuy(order, order.holdPriceMicro)
  const freeMinor = desk.buyingPowerMinor(order.accountId)
  return hold(desk, order, wantedMinor < freeMinor ? wantedMinor : freeMinor)
}

export const causeOf = ({ id }: Pick<Order, 'id'>, step: string) => ({ kind: 'order', id, step })
