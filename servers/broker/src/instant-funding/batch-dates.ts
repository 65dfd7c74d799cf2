import { isBankingDay, newYorkDate, newYorkInstant, nextBankingDay } from '@paddock/calendar'

/** At eight in the evening the day's batch is closed, and what the day before's nobody paid for is called off. */
export const BATCH_CLOSES = Temporal.PlainTime.from('20:00')

/** What is not paid for by then on its deadline costs interest. */
export const SETTLEMENT_DUE = Temporal.PlainTime.from('13:00')

/** To which banking day's batch a request of this moment belongs, and the banking day on which it must be paid. */
export function batchDates(now: Temporal.Instant): {
  systemDate: Temporal.PlainDate
  deadline: Temporal.PlainDate
} {
  const today = newYorkDate(now)
  const isOpen = isBankingDay(today) && Temporal.Instant.compare(now, newYorkInstant(today, BATCH_CLOSES)) < 0
  const systemDate = isOpen ? today : nextBankingDay(today)
  return { systemDate, deadline: nextBankingDay(systemDate) }
}
