import { addBankingDays, NEW_YORK, newYorkDate } from '@paddock/calendar'
import { formatUsd, type UsdMinor } from '@paddock/money'
import { sql } from 'kysely'
import { readInboundTexts } from './inbound-text.ts'
import { type Compared, type Found, type ReconciliationCheck, WINDOW_DAYS } from './reconciliation.ts'

/** What came back is on the statement two banking days after it was read, at the latest. */
const PATIENCE_BANKING_DAYS = 2

/** The money of every file with returns, by its own control record, against the bank's lines about it. */
export const returnsCheck: ReconciliationCheck = {
  name: 'returns',
  async compare(ctx, db, day): Promise<Compared> {
    const start = day.subtract({ days: WINDOW_DAYS }).toZonedDateTime(NEW_YORK).toInstant()
    const files = await readInboundTexts(ctx, db, 'NACHA', start)
    const { rows } = await sql<{ file: string; amount: bigint }>`
      select file, sum(amount_minor) as amount from ach_statement_lines
      where kind = 'return' and file is not null group by file`.execute(db)
    const settled = new Map(rows.map(({ file, amount }) => [file, amount]))
    const found = files.flatMap(({ name, text, receivedAt }) => {
      const wanted = moneyOf(text)
      const told = settled.get(name)
      return judge({ name, wanted, told, receivedOn: newYorkDate(receivedAt) }, day)
    })
    return { compared: files.length, found }
  },
}

type ReturnFile = {
  readonly name: string
  readonly wanted: bigint
  readonly told: bigint | undefined
  readonly receivedOn: Temporal.PlainDate
}

function judge({ name, wanted, told, receivedOn }: ReturnFile, day: Temporal.PlainDate): Found[] {
  const usd = (minor: bigint) => formatUsd(minor as UsdMinor)
  const facts = {
    file: name,
    in_the_file: usd(wanted),
    on_the_statement: told === undefined ? null : usd(told),
  }
  const common = { subject: name, amountMinor: (told ?? 0n) - wanted, facts, since: receivedOn }
  if (told === undefined) {
    const dueOn = addBankingDays(receivedOn, PATIENCE_BANKING_DAYS)
    if (wanted === 0n || Temporal.PlainDate.compare(dueOn, day) > 0) return []
    const guess = 'the bank has not booked these returns yet, or its statement is late'
    return [{ ...common, kind: 'return_not_settled', guess }]
  }
  if (told === wanted) return []
  const guess = 'the file and its settlement are of different entries: compare amounts one by one'
  return [{ ...common, kind: 'return_differs', guess }]
}

/** Credits come back to us, debits leave us again: totals of the file control record, which begins with 9 and is not filler. */
function moneyOf(text: string): bigint {
  const control = text
    .split(/\r?\n/)
    .filter((line) => line.startsWith('9') && !/^9+$/.test(line.trim()))
    .at(-1)
  if (control === undefined) return 0n
  const field = (from: number, to: number) => {
    const digits = control.slice(from - 1, to)
    return /^\d+$/.test(digits) ? BigInt(digits) : 0n
  }
  return field(44, 55) - field(32, 43)
}
