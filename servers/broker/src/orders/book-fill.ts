import { newId } from '@paddock/kernel'
import { formatQuantity, type QuantityNano, type UsdMinor } from '@paddock/money'
import { bookActivity } from '../activities/book-activity.ts'
import type { Tx } from '../db/database.ts'
import type { Order } from './order.ts'
import type { Execution } from './order-money.ts'

/** The lines of the statement for an execution: the trade, and the commission if there is one. */
export async function bookFill(
  tx: Tx,
  order: Order,
  { quantityNano, priceMicro, amountMinor, commissionMinor }: Execution,
  {
    executionId,
    settlesOn,
    at,
  }: { executionId: string; settlesOn: Temporal.PlainDate; at: Temporal.Instant },
): Promise<void> {
  const isBuy = order.side === 'buy'
  const line = { accountId: order.accountId, at, settlesOn, orderId: order.id }
  await bookActivity(tx, {
    ...line,
    id: executionId,
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
      cum_qty: formatQuantity(quantityNano),
      leaves_qty: '0',
      order_status: 'filled',
      execution_type: 'fill',
      type: 'fill',
    },
  })
  if (commissionMinor === 0n) return
  await bookActivity(tx, {
    ...line,
    id: newId(),
    type: 'FEE',
    subType: 'COM',
    netAmountMinor: -commissionMinor as UsdMinor,
    description: 'commission',
    details: { parent_id: executionId },
  })
}
