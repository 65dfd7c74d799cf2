import { NEW_YORK, newYorkInstant } from '@paddock/calendar'

const MIDNIGHT = new Temporal.PlainTime()
const FIRST = Temporal.Instant.from('0001-01-01T00:00:00Z')
const LAST = Temporal.Instant.from('9999-12-31T23:59:59Z')

/**
 * Reads what `MomentParam` lets through: a timestamp, one without a zone (UTC, as the vendor's client means
 * it), or a date, which begins at midnight in New York.
 */
export function readMoment(text: string): Temporal.Instant {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return newYorkInstant(Temporal.PlainDate.from(text), MIDNIGHT)
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)
  return withinFourDigits(Temporal.Instant.from(hasZone ? text : `${text}Z`))
}

/** An offset may carry a moment out of the years that PostgreSQL reads as they are written. */
function withinFourDigits(at: Temporal.Instant): Temporal.Instant {
  if (Temporal.Instant.compare(at, FIRST) < 0) return FIRST
  return Temporal.Instant.compare(at, LAST) > 0 ? LAST : at
}

/** The day of what `MomentParam` lets through, as it was written. */
export const readDay = (text: string) => Temporal.PlainDate.from(text.slice(0, 10))

/** New York wall time with its offset, to the microsecond, as the vendor's clock prints it. */
export function inNewYork(at: Temporal.Instant): string {
  return at.toZonedDateTimeISO(NEW_YORK).toString({ timeZoneName: 'never', smallestUnit: 'microsecond' })
}
