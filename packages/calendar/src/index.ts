export { type AchSchedule, achSchedule, USUAL_HOLD_BANKING_DAYS, withdrawableOn } from './ach-schedule.ts'
export { addBankingDays, bankHolidays, isBankingDay, nextBankingDay } from './banking-days.ts'
export type { Holiday } from './holiday.ts'
export { NEW_YORK, newYorkDate, newYorkInstant } from './new-york.ts'
export {
  currentOrNextSession,
  extendedSessionOf,
  type MarketClock,
  marketClock,
  type Session,
  type SessionHours,
  sessionHours,
  sessionOf,
} from './sessions.ts'
export {
  exchangeHolidays,
  isEarlyClose,
  isTradingDay,
  nextTradingDay,
  settlementDate,
  tradingDays,
} from './trading-days.ts'
