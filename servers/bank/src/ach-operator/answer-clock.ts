import { addBankingDays, newYorkDate, nextBankingDay } from '@paddock/calendar'
import { type ReturnClock, returnCodes } from '@paddock/nacha'
import { morningDelivery, morningSettlement, nextWindow } from './windows.ts'

export interface AnswerTime {
  /** When it is with the firm. */
  dueAt: Temporal.Instant
  settlesAt: Temporal.Instant
}

/** How long the bank has for a return with this code; for codes that nobody knows as for most. */
export function clockOf(code: string): ReturnClock {
  return returnCodes.get(code)?.clock ?? 'two_banking_days'
}

/**
 * When the answer to an entry that settled at `settledAt` is there: as late as its clock allows, and a
 * banking day later than that when it is to be late (contracts/nacha/operator.md §3).
 */
export function answerTime(clock: ReturnClock, settledAt: Temporal.Instant, isLate = false): AnswerTime {
  if (clock === 'operator') return operatorAnswerTime(settledAt)
  const settledOn = newYorkDate(settledAt)
  const lastDay =
    clock === 'sixty_days' ? nextBankingDay(settledOn.add({ days: 60 })) : addBankingDays(settledOn, 2)
  const day = isLate ? nextBankingDay(lastDay) : lastDay
  return { dueAt: morningDelivery(day), settlesAt: morningSettlement(day) }
}

/** What the operator itself sends back leaves with its next output and settles on the next banking day. */
function operatorAnswerTime(at: Temporal.Instant): AnswerTime {
  const { outputAt } = nextWindow(at)
  return { dueAt: outputAt, settlesAt: morningSettlement(nextBankingDay(newYorkDate(outputAt))) }
}
