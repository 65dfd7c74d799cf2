import { NEW_YORK, newYorkInstant } from '@paddock/calendar'

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

/** The day of what `MomentParam` lets through, as it was written. */
export const readDay = (text: string) => Temporal.PlainDate.from(text.slice(0, 10))

/** New York wall time with its offset, to the microsecond, as the vendor's clock prints it. */
export function inNewYork(at: Temporal.Instant): string {
  return at.toZonedDateTimeISO(NEW_YORK).toString({ timeZoneName: 'never', smallestUnit: 'microsecond' })
}
