import type { StatementsRange } from '@paddock/bank-wire'
import { BankRefused } from '../refusals.ts'

/** Which months of statements were asked for, by their days. */
export interface Range {
  from: Temporal.PlainDate
  to: Temporal.PlainDate
}

export function readRange(asked: StatementsRange | undefined): Range | null {
  if (asked === undefined) return null
  const [from, to] = [asked.start_date, asked.end_date].map((text) => Temporal.PlainDate.from(text))
  if (from === undefined || to === undefined) return null
  if (Temporal.PlainDate.compare(from, to) > 0) throw new BankRefused('statements_range_wrong')
  return { from, to }
}
