import { addBankingDays } from '@paddock/calendar'

/** What a consumer disputes comes back until the sixtieth day after settlement, and travels two banking days (contracts/nacha/risk.md). */
const DISPUTE_DAYS = 60
const DELIVERY_BANKING_DAYS = 2

/** Deposits that settled on this day or before can hardly come back any more. */
export function pastReturns(today: Temporal.PlainDate): Temporal.PlainDate {
  return addBankingDays(today, -DELIVERY_BANKING_DAYS).subtract({ days: DISPUTE_DAYS })
}
