import type { PriceMicro, QuantityNano } from '@paddock/money'
import type { Desk } from './desk.ts'
import { endOrder } from './end-order.ts'
import { holdRest, pairOf, release } from './hold.ts'
import { isOpen, type Order } from './order.ts'
import { orderEvent } from './order-events.ts'
import { holdOfBuy, holdPriceOf } from './order-money.ts'

/** The other orders of a bracket, an oco or an oto that are still open: an order, and its exits. */
export function familyOf(desk: Desk, order: Order): Order[] {
  const head = order.parentId ?? order.id
  return desk
    .openOrders(pairOf(order))
    .filter(({ id, parentId }) => id !== order.id && (id === head || parentId === head))
}

/** Of two exits that work at the same shares: the other one. */
export function siblingOf(desk: Desk, order: Order): Order | undefined {
  const isExit = order.leg !== undefined || order.orderClass === 'oco'
  if (!isExit) return undefined
  return familyOf(desk, order).find((other) => other.leg !== undefined || other.orderClass === 'oco')
}

/** Two exits set the same shares, or cash, aside once. The one that executes, or changes, takes that hold over. */
export function takeHold(desk: Desk, order: Order): Order {
  if (order.hold !== undefined) return order
  const sibling = siblingOf(desk, order)
  if (sibling?.hold === undefined) return order
  release(desk, sibling)
  return holdRest(desk, order, desk.ctx.venue.quote(order.asset, desk.now).bidMicro)
}

/** What an execution means for the orders that belong to the one that executed. */
export function followExecution(desk: Desk, order: Order, executedNano: QuantityNano): void {
  const sibling = siblingOf(desk, order)
  if (sibling !== undefined) {
    if (order.status === 'filled') endOrder(desk, sibling, 'canceled')
    // What one exit has sold the other need not sell any more.
    else resize(desk, sibling, -executedNano)
    return
  }
  if (order.status !== 'filled') return
  for (const [index, { id }] of familyOf(desk, order).entries()) {
    const exit = desk.order(id)
    if (exit !== undefined && isOpen(exit)) activate(desk, exit, index === 0)
  }
}

/** An exit is for more or fewer shares, because the order has become so that it belongs to, or its twin. */
export function resize(desk: Desk, exit: Order, byNano: bigint): void {
  if (exit.amount.kind !== 'quantity' || byNano === 0n) return
  const quantityNano = (exit.amount.quantityNano + byNano) as QuantityNano
  desk.addEvent(orderEvent(desk.change(exit, { amount: { kind: 'quantity', quantityNano } }), 'restated'))
}

/**
 * The price by which two exits that buy set their cash aside: that of the dearer one, whichever of them has the hold, so
 * that what is aside is enough for either.
 */
export function dearerHoldPriceOf(desk: Desk, exit: Order, twin: Order | undefined): PriceMicro {
  const { askMicro } = desk.ctx.venue.quote(exit.asset, desk.now)
  const own = holdPriceOf(exit, askMicro)
  const other = twin === undefined ? own : holdPriceOf(twin, askMicro)
  return own > other ? own : other
}

/** The entry is filled: an exit comes to the market. Of two the first sets the shares, or the cash, aside. */
function activate(desk: Desk, exit: Order, holds: boolean): void {
  const { venue } = desk.ctx
  const comesAt = venue.comesToMarket(exit, desk.now)
  const waits = Temporal.Instant.compare(comesAt, desk.now) > 0
  const { bidMicro } = venue.quote(exit.asset, desk.now)
  const active = desk.change(exit, {
    status: waits ? 'accepted' : 'new',
    lookAt: comesAt,
    holdPriceMicro: exit.side === 'buy' ? dearerHoldPriceOf(desk, exit, siblingOf(desk, exit)) : undefined,
  })
  if (holds && !isCovered(desk, active)) {
    // What the entry had bought so far is gone, or there is less cash than it takes to buy back what it has sold.
    endOrder(desk, active, 'rejected')
    return
  }
  desk.addEvent(orderEvent(active, waits ? 'accepted' : 'new'))
  if (holds) holdRest(desk, active, bidMicro)
}

function isCovered(desk: Desk, exit: Order): boolean {
  const { amount, holdPriceMicro } = exit
  if (holdPriceMicro !== undefined) {
    return holdOfBuy(exit, holdPriceMicro) <= desk.buyingPowerMinor(exit.accountId)
  }
  return amount.kind === 'notional' || amount.quantityNano <= desk.shares(pairOf(exit)).availableNano
}
