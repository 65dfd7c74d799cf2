import type { QuantityNano } from '@paddock/money'
import type { Desk } from './desk.ts'
import { endOrder } from './end-order.ts'
import { hold, pairOf, release } from './hold.ts'
import { isOpen, type Order } from './order.ts'
import { orderEvent } from './order-events.ts'
import { holdPriceOf } from './order-money.ts'

/** The other orders of a bracket, an oco or an oto that are still open: an order, and its exits. */
export function familyOf(desk: Desk, order: Order): Order[] {
  const head = order.parentId ?? order.id
  return desk
    .openOrders(pairOf(order))
    .filter(({ id, parentId }) => id !== order.id && (id === head || parentId === head))
}

/** Of two exits that work at the same shares: the other one. */
function siblingOf(desk: Desk, order: Order): Order | undefined {
  const isExit = order.leg !== undefined || order.orderClass === 'oco'
  if (!isExit) return undefined
  return familyOf(desk, order).find((other) => other.leg !== undefined || other.orderClass === 'oco')
}

/** Two exits set the same shares aside once. The one that executes takes that hold over. */
export function takeHold(desk: Desk, order: Order): Order {
  if (order.side === 'buy' || order.hold !== undefined || order.amount.kind !== 'quantity') return order
  const sibling = siblingOf(desk, order)
  if (sibling?.hold === undefined) return order
  release(desk, sibling)
  return hold(desk, order, order.amount.quantityNano - order.filledQuantityNano)
}

/** What an execution means for the orders that belong to the one that executed. */
export function followExecution(desk: Desk, order: Order, executedNano: QuantityNano): void {
  const sibling = siblingOf(desk, order)
  if (sibling !== undefined) {
    if (order.status === 'filled') endOrder(desk, sibling, 'canceled')
    else shrink(desk, sibling, executedNano)
    return
  }
  if (order.status !== 'filled') return
  const exits = familyOf(desk, order)
  for (const [index, exit] of exits.entries()) activate(desk, exit, index === 0)
}

/** One exit has sold a part: the other is for the rest only. */
function shrink(desk: Desk, sibling: Order, executedNano: QuantityNano): void {
  if (sibling.amount.kind !== 'quantity') return
  const quantityNano = (sibling.amount.quantityNano - executedNano) as QuantityNano
  desk.addEvent(orderEvent(desk.change(sibling, { amount: { kind: 'quantity', quantityNano } }), 'restated'))
}

/** The entry is filled: an exit comes to the market. Of two the first sets the shares, or the cash, aside. */
function activate(desk: Desk, exit: Order, holds: boolean): void {
  const { venue } = desk.ctx
  const comesAt = venue.comesToMarket(exit, desk.now)
  const waits = Temporal.Instant.compare(comesAt, desk.now) > 0
  const priced: Order = {
    ...exit,
    status: waits ? 'accepted' : 'new',
    lookAt: comesAt,
    holdPriceMicro:
      exit.side === 'buy' ? holdPriceOf(exit, venue.quote(exit.asset, desk.now).askMicro) : undefined,
  }
  const active = desk.change(priced, {})
  desk.addEvent(orderEvent(active, waits ? 'accepted' : 'new'))
  if (holds && exit.side === 'sell' && exit.amount.kind === 'quantity') {
    hold(desk, active, exit.amount.quantityNano)
  }
}
