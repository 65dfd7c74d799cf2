/** Exchange and ACH operator both keep the time of New York, summer time included. */
export const NEW_YORK = 'America/New_York'

/** The date that the wall calendar in New York shows at this instant. */
export function newYorkDate(at: Temporal.Instant): Temporal.PlainDate {
  return at.toZonedDateTimeISO(NEW_YORK).toPlainDate()
}

/** The instant at which clocks in New York show this time on this date. */
export function newYorkInstant(date: Temporal.PlainDate, time: Temporal.PlainTime): Temporal.Instant {
  return date.toZonedDateTime({ timeZone: NEW_YORK, plainTime: time }).toInstant()
}
