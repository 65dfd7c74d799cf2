import { isSplitBetween } from '../corporate-actions/split-halt.ts'
import type { Desk } from './desk.ts'
import { endOrder } from './end-order.ts'
import { fillOrder } from './fill-order.ts'
import { nextLookOf } from './next-look.ts'
import { isOpen, type Order } from './order.ts'
import { orderEvent } from './order-events.ts'

/** Whether the venue is to be asked about an order now. */
export const isDue = (order: Order, now: Temporal.Instant) =>
  isOpen(order) && order.lookAt !== undefined && Temporal.Instant.compare(order.lookAt, now) <= 0

/** Takes one order as far as it can go at this instant. */
export function workOrder(desk: Desk, due: Order): void {
  const { ctx, now } = desk
  const { symbol } = due.asset
  if (isSplitBetween(ctx.config, symbol, due.submittedAt, now)) {
    endOrder(desk, due, 'canceled', 'CORPORATE_ACTION')
    return
  }
  const order = arriveAtMarket(desk, due)
  if (order === undefined) return
  const look = ctx.venue.look(order, now)
  let current = order
  if (look.bestMicro !== order.bestMicro || (look.isTriggered && order.triggeredAt === undefined)) {
    current = desk.change(order, {
      bestMicro: look.bestMicro,
      triggeredAt: order.triggeredAt ?? (look.isTriggered ? now : undefined),
    })
  }
  for (const [index, execution] of look.executions.entries()) {
    const isLast = index === look.executions.length - 1
    const filled = fillOrder(desk, current, execution, look.isComplete && isLast)
    if (filled === undefined) {
      // What has executed stays; for the rest nobody pays.
      endOrder(desk, desk.order(current.id) ?? current, current.fillCount === 0 ? 'rejected' : 'canceled')
      return
    }
    current = filled
  }
  if (current.status === 'filled') return
  if (look.ending !== undefined) endOrder(desk, current, look.ending)
  else if (isOver(current, now)) endOrder(desk, current, 'expired')
  else desk.change(current, { lookAt: nextLookOf(current, look) })
}

/** What waited for the market is there now; undefined while a venue that takes its time has not said yes. */
function arriveAtMarket(desk: Desk, order: Order): Order | undefined {
  if (order.status !== 'accepted' && order.status !== 'pending_new') return order
  if (isOver(order, desk.now)) {
    endOrder(desk, order, 'expired')
    return undefined
  }
  if (desk.ctx.venue.answersLater(order.asset)) {
    const pending = desk.change(order, { status: 'pending_new', lookAt: order.expiresAt })
    if (order.status === 'accepted') desk.addEvent(orderEvent(pending, 'pending_new'))
    return undefined
  }
  const arrived = desk.change(order, { status: 'new' })
  desk.addEvent(orderEvent(arrived, 'new'))
  return arrived
}

const isOver = ({ expiresAt }: Order, now: Temporal.Instant) =>
  expiresAt !== undefined && Temporal.Instant.compare(expiresAt, now) <= 0
