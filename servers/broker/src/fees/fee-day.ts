import { newYorkDate, newYorkInstant } from '@paddock/calendar'
import type { UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { type Fees, toBook } from './fee-rates.ts'

/** What an account owes for the executions of one day. */
export type FeeDay = Fees & { readonly accountId: AccountId; readonly day: Temporal.PlainDate }

/** When a day of fees ends and is booked: what executes later belongs to the next. */
export const FEES_BOOKED_AT = Temporal.PlainTime.from('23:00')

export function feeDayOf(at: Temporal.Instant): Temporal.PlainDate {
  const date = newYorkDate(at)
  const isOver = Temporal.Instant.compare(at, newYorkInstant(date, FEES_BOOKED_AT)) >= 0
  return isOver ? date.add({ days: 1 }) : date
}

/** What regulators charge is told as a FEE of its type, what the broker charges on coins as a CFEE. */
export type FeeType = 'REG' | 'TAF' | 'CAT' | 'CFEE'

/** What will be booked for the day, each type rounded up by itself. */
export function feesOfDay({ regPico, tafPico, catPico, cryptoPico }: Fees): Record<FeeType, UsdMinor> {
  return { REG: toBook(regPico), TAF: toBook(tafPico), CAT: toBook(catPico), CFEE: toBook(cryptoPico) }
}

export function sumOfDay(fees: Fees): UsdMinor {
  const { REG, TAF, CAT, CFEE } = feesOfDay(fees)
  return (REG + TAF + CAT + CFEE) as UsdMinor
}
