import { newId } from '@paddock/kernel'
import { formatQuantity, type QuantityNano, type UsdMinor } from '@paddock/money'
import type { NewActivity } from '../activities/book-activity.ts'
import type { Fill } from './fill-store.ts'
import type { Order } from './order.ts'
import { remainingOf } from './order-money.ts'

/** The line of the statement for an execution. The order is as the execution has left it. */
export function fillLine(order: Order, fill: Fill): NewActivity {
  const { quantityNano, amountMinor, priceMicro } = fill
  const isBuy = order.side === 'buy'
  const type = order.status === 'filled' ? 'fill' : 'partial_fill'
  return {
    ...partsOf(order, fill),
    id: fill.id,
    type: 'FILL',
    netAmountMinor: (isBuy ? -amountMinor : amountMinor) as UsdMinor,
    symbol: order.asset.symbol,
    quantityNano: (isBuy ? quantityNano : -quantityNano) as QuantityNano,
    priceMicro,
    details: {
      order_id: order.id,
      client_order_id: order.clientOrderId,
      side: order.side,
      symbol: order.asset.symbol,
      asset_id: order.asset.id,
      cum_qty: formatQuantity(order.filledQuantityNano),
      leaves_qty: leavesOf(order),
      order_status: order.status,
      execution_type: 'fill',
      type,
    },
  }
}

export function commissionLine(order: Order, fill: Fill): NewActivity {
  return {
    ...partsOf(order, fill),
    id: newId(),
    type: 'FEE',
    subType: 'COM',
    netAmountMinor: -fill.commissionMinor as UsdMinor,
    description: 'commission',
    details: { parent_id: fill.id },
  }
}

const partsOf = ({ id, accountId }: Order, { at, settlesOn }: Fill) => ({
  accountId,
  at,
  settlesOn,
  orderId: id,
})

/** An order by dollars does not know how many shares are left. */
function leavesOf(order: Order): string {
  const remaining = remainingOf(order)
  if (order.status === 'filled' || remaining.kind === 'notional') return '0'
  return formatQuantity(remaining.quantityNano)
}
