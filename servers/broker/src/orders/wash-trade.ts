import type { Submission } from './accept-order.ts'
import type { Desk } from './desk.ts'
import { type Order, OrderRejected, type OrderTerms } from './order.ts'

/**
 * Refuses an order that could trade with another open order of the same account on the other side
 * (contracts/alpaca/orders.md §6). Complex and trailing orders are exempt, for their exits always face their entry.
 */
export function refuseWashTrade(desk: Desk, { accountId, terms, orderClass }: Submission): void {
  if (orderClass !== 'simple' || terms.type === 'trailing_stop') return
  const opposing = desk
    .openOrders({ accountId, symbol: terms.asset.symbol })
    .find((other) => isWatched(other) && other.side !== terms.side && couldMeet(terms, other))
  if (opposing === undefined) return
  throw new OrderRejected('wash_trade', { existingOrderId: opposing.id, existingType: opposing.type })
}

const isWatched = ({ orderClass, type }: Order) => orderClass === 'simple' && type !== 'trailing_stop'

function couldMeet(terms: OrderTerms, other: Order): boolean {
  if (terms.limitMicro === undefined || other.limitMicro === undefined) return true
  const [buy, sell] = terms.side === 'buy' ? [terms, other] : [other, terms]
  return (buy.limitMicro as bigint) >= (sell.limitMicro as bigint)
}
