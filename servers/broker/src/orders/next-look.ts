import type { Look } from '../exchange/execution-venue.ts'
import type { Order } from './order.ts'

/** When the venue is to be asked again: when it says that something could happen, or when the order is over. */
export function nextLookOf(
  { expiresAt }: Pick<Order, 'expiresAt'>,
  { nextLookAt }: Look,
): Temporal.Instant | undefined {
  if (nextLookAt === undefined || expiresAt === undefined) return nextLookAt ?? expiresAt
  return Temporal.Instant.compare(nextLookAt, expiresAt) < 0 ? nextLookAt : expiresAt
}

/** Whether the venue had nothing to say but when to come again. */
export const saysNothing = ({ executions, ending, isTriggered }: Look): boolean =>
  executions.length === 0 && ending === undefined && !isTriggered
