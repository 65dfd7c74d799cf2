import { NEW_YORK } from '@paddock/calendar'
import { ClockRefused, type Happening } from '@paddock/service'
import type { BrokerContext } from '../context.ts'
import { SimRefused } from './sim-rejection.ts'

export type ClockMove =
  | { readonly days: number }
  | { readonly seconds: number }
  | { readonly to: Temporal.Instant }

/** A leap of more than a year is a slip of the finger, and there is no way back. */
const MAX_LEAP_DAYS = 400

/**
 * Moves the world forward. Everything that falls due on the way, here and at the
 * other servers of this process, has happened and is in the event log on return.
 */
export async function advanceClock(
  { clock, events }: Pick<BrokerContext, 'clock' | 'events'>,
  move: ClockMove,
): Promise<{ now: Temporal.Instant; happened: readonly Happening[] }> {
  const now = clock.now()
  const target = targetOf(move, now)
  if (Temporal.Instant.compare(target, now) < 0) throw new SimRefused('clock_moves_forward_only')
  if (Temporal.Instant.compare(target, now.add({ hours: MAX_LEAP_DAYS * 24 })) > 0) {
    throw new SimRefused('clock_too_far')
  }
  try {
    const happened = await clock.advanceTo(target)
    await events.flush()
    return { now: clock.now(), happened }
  } catch (error) {
    if (error instanceof ClockRefused) throw new SimRefused('clock_moves_forward_only')
    throw error
  }
}

/** Days are New York's, so that a day later it is the same time on the wall, summer time or not. */
function targetOf(move: ClockMove, now: Temporal.Instant): Temporal.Instant {
  if ('to' in move) return move.to
  if ('seconds' in move) return now.add({ seconds: move.seconds })
  return now.toZonedDateTimeISO(NEW_YORK).add({ days: move.days }).toInstant()
}
