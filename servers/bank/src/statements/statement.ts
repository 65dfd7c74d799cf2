import { createHash } from 'node:crypto'
import type { Account } from '../items/item.ts'
import { objectIdOf } from '../tokens/object-id.ts'
import type { Range } from './range.ts'

/** A month of an account that is over. */
export interface Statement {
  id: string
  month: Temporal.PlainYearMonth
  postedOn: Temporal.PlainDate
}

/** As long as a bank keeps them at hand. */
const KEPT_MONTHS = 24

/** The months that a range touches, as far as they are over and kept; the newest first. */
export function statementsOf(
  account: Pick<Account, 'id'>,
  range: Range | null,
  today: Temporal.PlainDate,
): Statement[] {
  const last = today.toPlainYearMonth().subtract({ months: 1 })
  return Array.from({ length: KEPT_MONTHS }, (_, ago) => last.subtract({ months: ago }))
    .filter((month) => range === null || touches(month, range))
    .map((month) => ({
      id: idOf(account.id, month),
      month,
      postedOn: month.add({ months: 1 }).toPlainDate({ day: 1 }),
    }))
}

function touches(month: Temporal.PlainYearMonth, { from, to }: Range): boolean {
  return (
    Temporal.PlainYearMonth.compare(month, from.toPlainYearMonth()) >= 0 &&
    Temporal.PlainYearMonth.compare(month, to.toPlainYearMonth()) <= 0
  )
}

function idOf(accountId: string, month: Temporal.PlainYearMonth): string {
  return objectIdOf(createHash('sha256').update(`statement|${accountId}|${month}`).digest())
}
