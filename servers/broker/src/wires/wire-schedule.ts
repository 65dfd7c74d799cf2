import { isBankingDay, newYorkDate, newYorkInstant, nextBankingDay } from '@paddock/calendar'

/** Until then an outgoing wire leaves on the same banking day; at the cut-off is too late (contracts/alpaca/transfers.md §5). */
const CUTOFF = Temporal.PlainTime.from('16:00')

/** An hour before the banks' own wire system closes, each wire of the day has been confirmed. */
const CONFIRMED = Temporal.PlainTime.from('18:00')

export type WireSchedule = {
  readonly cutoffAt: Temporal.Instant
  readonly settlesOn: Temporal.PlainDate
  readonly settlesAt: Temporal.Instant
}

/** When a wire that is asked for at `now` leaves, and when it has arrived: both on one banking day. */
export function wireSchedule(now: Temporal.Instant): WireSchedule {
  const today = newYorkDate(now)
  const isInTime = isBankingDay(today) && Temporal.Instant.compare(now, newYorkInstant(today, CUTOFF)) < 0
  const settlesOn = isInTime ? today : nextBankingDay(today)
  return {
    cutoffAt: newYorkInstant(settlesOn, CUTOFF),
    settlesOn,
    settlesAt: newYorkInstant(settlesOn, CONFIRMED),
  }
}
