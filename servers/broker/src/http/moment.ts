import { newYorkInstant } from '@paddock/calendar'

const MIDNIGHT = new Temporal.PlainTime()

/**
 * Reads what `MomentParam` lets through: a timestamp, one without a zone (UTC, as the vendor's client means
 * it), or a date, which begins at midnight in New York.
 */
export function readMoment(text: string): Temporal.Instant {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return newYorkInstant(Temporal.PlainDate.from(text), MIDNIGHT)
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)
  return Temporal.Instant.from(hasZone ? text : `${text}Z`)
}
