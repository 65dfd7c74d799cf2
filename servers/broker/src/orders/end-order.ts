import type { Desk } from './desk.ts'
import { familyOf } from './exit-legs.ts'
import { release } from './hold.ts'
import type { Order } from './order.ts'
import { type CancelReason, orderEvent } from './order-events.ts'

type Ending = 'canceled' | 'expired' | 'rejected'

/**
 * Ends an open order before it is filled, frees what it holds, and ends with it the exits that belong to it. With an exit
 * that somebody cancels its twin goes too; with one whose time is over its twin ends as it does, if its own is over too.
 */
export function endOrder(desk: Desk, order: Order, ending: Ending, reason?: CancelReason): Order {
  const at = desk.now
  const times = {
    canceled: { canceledAt: at, cancelRequestedAt: order.cancelRequestedAt ?? at },
    expired: { expiredAt: at },
    rejected: { failedAt: at },
  }
  const ended = desk.change(release(desk, order), { ...times[ending], status: ending, lookAt: undefined })
  desk.addEvent(orderEvent(ended, ending, reason))
  // One after the other, for with the first of two exits the second has gone already.
  for (let [next] = familyOf(desk, ended); next !== undefined; [next] = familyOf(desk, ended)) {
    const endsToo = ending === 'expired' && next.status !== 'held' && isOver(next, at)
    endOrder(desk, next, endsToo ? 'expired' : 'canceled', reason)
  }
  return ended
}

const isOver = ({ expiresAt }: Order, now: Temporal.Instant) =>
  expiresAt !== undefined && Temporal.Instant.compare(expiresAt, now) <= 0
