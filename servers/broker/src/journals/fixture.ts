import { newYorkDate, newYorkInstant } from '@paddock/calendar'

export const APPLY_JOURNAL_FIXTURE = 'apply-journal-fixture'

const END_OF_DAY = Temporal.PlainTime.from('23:00')

/** Whether the description asks for a rejection, as in the vendor's sandbox (contracts/alpaca/journals.md §4). */
export const asksForRejection = (description: string) =>
  description.includes('/fixtures/status=rejected/fixtures/')

/** When the day's last work is done: this evening in New York, or tomorrow's when that has passed. */
export function endOfDay(now: Temporal.Instant): Temporal.Instant {
  const today = newYorkDate(now)
  const evening = newYorkInstant(today, END_OF_DAY)
  return Temporal.Instant.compare(now, evening) < 0
    ? evening
    : newYorkInstant(today.add({ days: 1 }), END_OF_DAY)
}
