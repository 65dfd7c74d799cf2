import { isBankingDay, newYorkDate, nextBankingDay } from '@paddock/calendar'
import type { BankContext } from '../context.ts'
import type { Account } from '../items/item.ts'
import { assertPayable, availableIn, judge } from './evaluate.ts'

/** The day of the question and the five banking days after it. */
const DAYS = 6

export interface ScheduledDay {
  date: Temporal.PlainDate
  recommendation: 'RECOMMENDED' | 'NOT_RECOMMENDED' | 'UNKNOWN'
  rank: number | null
}

/**
 * On which of the next banking days a debit is best submitted (contracts/plaid/identity.md §3). Only the
 * balance of now is known, so that the earlier day is the better one.
 */
export function scheduleDebit(ctx: BankContext, account: Account, amountMinor: bigint): ScheduledDay[] {
  assertPayable(account)
  const { result } = judge(amountMinor, availableIn(account))
  const today = newYorkDate(ctx.clock.now())
  let date = isBankingDay(today) ? today : nextBankingDay(today)
  return Array.from({ length: DAYS }, (_, day) => {
    if (day > 0) date = nextBankingDay(date)
    if (result === 'REROUTE') return { date, recommendation: 'NOT_RECOMMENDED', rank: null }
    const isSure = result === 'ACCEPT' || day === 0
    return isSure
      ? { date, recommendation: 'RECOMMENDED', rank: day + 1 }
      : { date, recommendation: 'UNKNOWN', rank: null }
  })
}
