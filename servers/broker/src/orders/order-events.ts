import { newId } from '@paddock/kernel'
import { formatPrice, formatQuantity, type PriceMicro, type QuantityNano } from '@paddock/money'
import type { Tx } from '../db/database.ts'
import type { JsonObject } from '../db/schema.ts'
import { appendEvent } from '../events/append-event.ts'
import type { Order } from './order.ts'
import { presentOrder } from './present-order.ts'

export interface FillFacts {
  readonly executionId: string
  readonly quantityNano: QuantityNano
  readonly priceMicro: PriceMicro
  /** What the account holds after it. */
  readonly positionNano: QuantityNano
  readonly settlesOn: Temporal.PlainDate
}

/** Why an order was canceled that nobody wished canceled. */
export type CancelReason = 'CORPORATE_ACTION'

/** Tells the world what became of an order; the order is shown as it is after the event. */
export async function appendOrderEvent(
  tx: Tx,
  order: Order,
  event: 'accepted' | 'new' | 'canceled' | 'rejected',
  at: Temporal.Instant,
  reason?: CancelReason,
): Promise<void> {
  const because: JsonObject = reason === undefined ? {} : { reason }
  await append(tx, order, event, at, { execution_id: newId(), ...because })
}

/** Tells the world of an execution. */
export async function appendFillEvent(
  tx: Tx,
  order: Order,
  facts: FillFacts,
  at: Temporal.Instant,
): Promise<void> {
  await append(tx, order, 'fill', at, {
    execution_id: facts.executionId,
    price: formatPrice(facts.priceMicro),
    qty: formatQuantity(facts.quantityNano),
    position_qty: formatQuantity(facts.positionNano),
    settle_date: facts.settlesOn.toString(),
  })
}

async function append(
  tx: Tx,
  order: Order,
  event: string,
  at: Temporal.Instant,
  facts: JsonObject,
): Promise<void> {
  await appendEvent(tx, {
    accountId: order.accountId,
    stream: 'trade',
    entityId: order.id,
    statusTo: event,
    at,
    payload: { timestamp: at.toString(), order: presentOrder(order), ...facts },
  })
}
