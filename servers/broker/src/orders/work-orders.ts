import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { Desk } from './desk.ts'
import { type DueOrder, findDueOrders, nextDueAt, postponeOrder } from './order-store.ts'
import { isDue, workOrder } from './work-order.ts'

const ORDERS_AT_ONCE = 200
const PAUSE_AFTER_ERROR = { hours: 1 }

/** When an order is due next, if any is: the agenda moves the world's clock there. */
export function nextOrderDueAt({ preparedDb }: BrokerContext): Promise<Temporal.Instant | undefined> {
  return nextDueAt(preparedDb)
}

/**
 * Shows the venue the orders that are due by `now`, some hundred in one transaction, and books what it says. Answers how
 * many there were. Orders that another process has at work are left to it.
 */
export async function workDueOrders(ctx: BrokerContext): Promise<number> {
  const due = await findDueOrders(ctx.preparedDb, ctx.clock.now(), ORDERS_AT_ONCE)
  if (due.length === 0) return 0
  await work(ctx, due).catch(() => workEach(ctx, due))
  return due.length
}

async function work(ctx: BrokerContext, due: readonly DueOrder[]): Promise<void> {
  await transact({ ...ctx, db: ctx.preparedDb }, async (tx) => {
    const desk = await Desk.open(ctx, tx, due)
    for (const { orderId } of due) {
      const order = desk.order(orderId)
      if (order !== undefined && isDue(order, desk.now)) workOrder(desk, order)
    }
    await desk.flush()
  })
}

/** After an error: whoever caused it meets it alone, and then waits, so that nobody waits behind it. */
async function workEach(ctx: BrokerContext, due: readonly DueOrder[]): Promise<void> {
  const errors: unknown[] = []
  for (const order of due) {
    try {
      await work(ctx, [order])
    } catch (error) {
      await postponeOrder(ctx.db, order, ctx.clock.now().add(PAUSE_AFTER_ERROR))
      errors.push(error)
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} orders could not be worked`)
}
