import type { Submission } from './accept-order.ts'
import type { Desk } from './desk.ts'
import { type Order, OrderRejected, type OrderTerms } from './order.ts'

/**
 * Refuses an order that could trade with another open order of the same account on the other side
 * (contracts/alpaca/orders.md §6). Complex and trailing orders are exempt, for their exits always face their entry.
 */
export function refuseWashTrade(
  desk: Desk,
  { accountId, terms, orderClass }: Pick<Submission, 'accountId' | 'terms' | 'orderClass'>,
): void {
  const opposing = desk
    .openOrders({ accountId, symbol: terms.asset.symbol })
    .filter(({ side }) => side !== terms.side)
  if (isWatched({ orderClass, type: terms.type })) {
    const met = opposing.find((other) => isWatched(other) && couldMeet(terms, other))
    if (met !== undefined)
      throw new OrderRejected('wash_trade', { existingOrderId: met.id, existingType: met.type })
  }
  refuseWhileClosing(terms, opposing)
}

/** Nobody buys for dollars what an open order is selling, not even where the two could never meet. */
function refuseWhileClosing({ side, amount }: OrderTerms, opposing: readonly Order[]): void {
  if (side === 'buy' && amount.kind === 'notional' && opposing.some(({ status }) => status !== 'held')) {
    throw new OrderRejected('closing_orders_open')
  }
}

const isWatched = ({ orderClass, type }: Pick<Order, 'orderClass' | 'type'>) =>
  orderClass === 'simple' && type !== 'trailing_stop'

/** Two limits meet when the buyer's is the higher; what has no limit meets every other. */
function couldMeet(terms: OrderTerms, other: Order): boolean {
  if (terms.limitMicro === undefined || other.limitMicro === undefined) return true
  const [buy, sell] = terms.side === 'buy' ? [terms, other] : [other, terms]
  return (buy.limitMicro ?? 0n) >= (sell.limitMicro ?? 0n)
}
