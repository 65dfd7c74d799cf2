import { addBankingDays, isBankingDay, nextBankingDay } from '@paddock/calendar'
import { returnCodes } from '@paddock/nacha'

/**
 * The last day on which a return of this code may settle, counted from the settlement of our entry
 * (contracts/nacha/answers.md §4); undefined where banks agree among themselves.
 */
export function lastDayToReturn(code: string, settledOn: Temporal.PlainDate): Temporal.PlainDate | undefined {
  switch (returnCodes.get(code)?.clock) {
    case 'two_banking_days':
    case 'operator':
      return addBankingDays(settledOn, 2)
    case 'sixty_days':
      return onOrAfter(settledOn.add({ days: 60 }))
    default:
      return undefined
  }
}

const onOrAfter = (day: Temporal.PlainDate) => (isBankingDay(day) ? day : nextBankingDay(day))

export function isLate(code: string, settledOn: Temporal.PlainDate, returnedOn: Temporal.PlainDate): boolean {
  const last = lastDayToReturn(code, settledOn)
  return last !== undefined && Temporal.PlainDate.compare(returnedOn, last) > 0
}
