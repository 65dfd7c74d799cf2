import { isTradingDay, newYorkDate, newYorkInstant } from '@paddock/calendar'
import { DomainError } from '@paddock/kernel'

export type ReportRejection = 'report_not_of_last_day' | 'report_token_invalid'

export class ReportRejected extends DomainError<ReportRejection> {
  override readonly name = 'ReportRejected'
}

/** The end of a trading day: what reports are about. */
export interface ReportDay {
  readonly date: Temporal.PlainDate
  /** The midnight after it: what happened before belongs to it. */
  readonly end: Temporal.Instant
  /** Still on the day, for the prices at which it ended. */
  readonly lastMoment: Temporal.Instant
}

const READY_AT = Temporal.PlainTime.from('04:00')
const MIDNIGHT = new Temporal.PlainTime()

/**
 * The day of which there are reports now: the last trading day that ended before four o'clock of some later
 * morning. Any other day that is asked for is refused.
 */
export function reportDay(now: Temporal.Instant, asked?: Temporal.PlainDate): ReportDay {
  const date = lastReady(now)
  if (asked !== undefined && !asked.equals(date)) {
    throw new ReportRejected('report_not_of_last_day', { asof: asked.toString(), last: date.toString() })
  }
  const end = newYorkInstant(date.add({ days: 1 }), MIDNIGHT)
  return { date, end, lastMoment: end.subtract({ milliseconds: 1 }) }
}

function lastReady(now: Temporal.Instant): Temporal.PlainDate {
  const isReady = (date: Temporal.PlainDate) =>
    isTradingDay(date) && Temporal.Instant.compare(newYorkInstant(date.add({ days: 1 }), READY_AT), now) <= 0
  let date = newYorkDate(now).subtract({ days: 1 })
  while (!isReady(date)) date = date.subtract({ days: 1 })
  return date
}
