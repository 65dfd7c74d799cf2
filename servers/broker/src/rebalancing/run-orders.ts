import { assert } from '@paddock/kernel'
import type { BrokerContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import { Desk } from '../orders/desk.ts'
import { endOrder } from '../orders/end-order.ts'
import { pairOf } from '../orders/hold.ts'
import { isOpen, type Order, openStatuses } from '../orders/order.ts'
import { findOrders } from '../orders/order-store.ts'
import type { Run, RunLeg } from './run.ts'
import { readLegs } from './run-store.ts'

/** The orders that a run made: those that may still trade, and those that ended without. */
export type RunOrders = {
  readonly all: readonly Order[]
  readonly open: readonly Order[]
  readonly failed: readonly Order[]
}

/** What these runs wanted and what became of it. */
export type RunRecord = RunOrders & { readonly run: Run; readonly skipped: readonly SkippedLeg[] }
export type SkippedLeg = RunLeg & { readonly outcome: { readonly skipped: string; readonly details: string } }

export async function readRecords(db: Db, runs: readonly Run[]): Promise<RunRecord[]> {
  const legs = await readLegs(db, runs)
  const ids = [...legs.values()]
    .flat()
    .flatMap(({ outcome }) => ('orderId' in outcome ? [outcome.orderId] : []))
  const accountIds = [...new Set(runs.map(({ accountId }) => accountId))]
  const orders = new Map((await findOrders(db, accountIds, ids)).map((order) => [order.id, order]))
  return runs.map((run) => {
    const own = legs.get(run.id) ?? []
    const all = own.flatMap(({ outcome }) => {
      const order = 'orderId' in outcome ? orders.get(outcome.orderId) : undefined
      return order === undefined ? [] : [order]
    })
    const open = all.filter(({ status }) => openStatuses.includes(status))
    const failed = all.filter((order) => order.status !== 'filled' && !open.includes(order))
    return {
      run,
      all,
      open,
      failed,
      skipped: own.filter((leg): leg is SkippedLeg => 'skipped' in leg.outcome),
    }
  })
}

export async function ordersOf(db: Db, run: Run): Promise<RunRecord> {
  const [record] = await readRecords(db, [run])
  assert(record !== undefined, 'one run has one record')
  return record
}

/** Cancels what a run still has in the market. The account must be locked. */
export async function cancelOrdersOf(ctx: BrokerContext, tx: Tx, run: Run): Promise<void> {
  const { open } = await ordersOf(tx, run)
  const desk = await Desk.open(ctx, tx, open.map(pairOf))
  for (const { id } of open) {
    const order = desk.order(id)
    if (order !== undefined && isOpen(order)) endOrder(desk, order, 'canceled')
  }
  await desk.flush()
}
