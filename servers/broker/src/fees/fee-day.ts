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

export type FeeType = 'REG' | 'TAF' | 'CAT'

/** What will be booked for the day, each type rounded up by itself. */
export function feesOfDay({ regPico, tafPico, catPico }: Fees): Record<FeeType, UsdMinor> {
  return { REG: toBook(regPico), TAF: toBook(tafPico), CAT: toBook(catPico) }
}

export function sumOfDay(fees: Fees): UsdMinor {
  const { REG, TAF, CAT } = feesOfDay(fees)
  return (REG + TAF + CAT) as UsdMinor
}
