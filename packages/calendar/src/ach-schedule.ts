import { addBankingDays, isBankingDay, nextBankingDay } from './banking-days.ts'
import { newYorkDate, newYorkInstant } from './new-york.ts'

/** Our own cut-off: the last operator window less the bank's lead time and ours (contracts/nacha). */
const CUTOFF = '14:00'

/** Standard entries settle at half past eight on their settlement date. */
const SETTLEMENT = '08:30'

/** Banking days after settlement until returns are too unlikely to keep deposited money waiting: the usual hold. */
export const USUAL_HOLD_BANKING_DAYS = 5

export type AchSchedule = {
  /** The file that takes the transfer is built at this instant; until then it can be cancelled. */
  readonly cutoffAt: Temporal.Instant
  readonly settlesOn: Temporal.PlainDate
  readonly settlesAt: Temporal.Instant
}

/** When a standard ACH entry that is asked for at `now` leaves and settles. At the cut-off is too late. */
export function achSchedule(now: Temporal.Instant): AchSchedule {
  const today = newYorkDate(now)
  const isInTime = isBankingDay(today) && Temporal.Instant.compare(now, cutoffOn(today)) < 0
  const sendsOn = isInTime ? today : nextBankingDay(today)
  const settlesOn = nextBankingDay(sendsOn)
  return { cutoffAt: cutoffOn(sendsOn), settlesOn, settlesAt: settlementOn(settlesOn) }
}

/** The day from which a deposit that settled on `settlesOn` may leave again. */
export function withdrawableOn(
  settlesOn: Temporal.PlainDate,
  holdBankingDays = USUAL_HOLD_BANKING_DAYS,
): Temporal.PlainDate {
  return addBankingDays(settlesOn, holdBankingDays)
}

function cutoffOn(date: Temporal.PlainDate): Temporal.Instant {
  return newYorkInstant(date, Temporal.PlainTime.from(CUTOFF))
}

function settlementOn(date: Temporal.PlainDate): Temporal.Instant {
  return newYorkInstant(date, Temporal.PlainTime.from(SETTLEMENT))
}
