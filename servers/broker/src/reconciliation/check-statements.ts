import { isBankingDay, newYorkInstant, nextBankingDay } from '@paddock/calendar'
import { readBalances } from '@paddock/ledger'
import { formatUsd, type UsdMinor } from '@paddock/money'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { ACH_SETTLEMENT } from '../ledger-accounts.ts'
import { type Compared, type Found, type ReconciliationCheck, WINDOW_DAYS } from './reconciliation.ts'

type StatementRow = {
  day: Temporal.PlainDate
  opening: bigint
  closing: bigint
  lines: bigint
}

/** Whether the bank told every banking day, each beginning where the one before has ended. */
export const statementsCheck: ReconciliationCheck = {
  name: 'statements',
  async compare({ clock }, db, day): Promise<Compared> {
    const rows = await readStatements(db, day)
    return { compared: rows.length, found: [...missing(rows, day, clock.now()), ...outOfLine(rows)] }
  },
}

async function readStatements(db: Db, day: Temporal.PlainDate): Promise<StatementRow[]> {
  const { rows } = await sql<StatementRow>`
    select statement.day, opening_minor as opening, closing_minor as closing,
      coalesce(sum(line.amount_minor), 0) as lines
    from ach_statements as statement left join ach_statement_lines as line on line.day = statement.day
    where statement.day <= ${day.toString()}::date
      and statement.day > ${day.subtract({ days: WINDOW_DAYS }).toString()}::date
    group by statement.day, opening_minor, closing_minor order by statement.day`.execute(db)
  return rows
}

/** The bank writes it in the evening, and the next reading of the drop finds it. */
const STATEMENT_BY = Temporal.PlainTime.from('23:00')

/** From the first statement on. Whoever never sent one is found by the batches that are not on it. */
function missing(rows: readonly StatementRow[], day: Temporal.PlainDate, now: Temporal.Instant): Found[] {
  const [first] = rows
  if (first === undefined) return []
  const told = new Set(rows.map((row) => row.day.toString()))
  const found: Found[] = []
  for (let one = first.day; Temporal.PlainDate.compare(one, day) <= 0; one = nextBankingDay(one)) {
    if (!isBankingDay(one) || told.has(one.toString())) continue
    if (Temporal.Instant.compare(now, newYorkInstant(one, STATEMENT_BY)) < 0) continue
    found.push({
      kind: 'statement_missing',
      subject: one.toString(),
      amountMinor: 0n,
      facts: { day: one.toString() },
      guess: 'the statement is late, or was lost on its way',
      since: one,
    })
  }
  return found
}

function outOfLine(rows: readonly StatementRow[]): Found[] {
  return rows.flatMap((row, index) => {
    const before = rows[index - 1]
    const subject = row.day.toString()
    const common = { subject, since: row.day }
    const found: Found[] = []
    if (row.opening + row.lines !== row.closing) {
      found.push({
        ...common,
        kind: 'statement_sum_differs',
        amountMinor: row.closing - row.opening - row.lines,
        facts: { opening: usd(row.opening), lines: usd(row.lines), closing: usd(row.closing) },
        guess: 'a line is missing on the statement, or is there twice',
      })
    }
    if (before !== undefined && before.closing !== row.opening) {
      found.push({
        ...common,
        kind: 'statement_gap',
        amountMinor: row.opening - before.closing,
        facts: {
          before: before.day.toString(),
          closed_with: usd(before.closing),
          opens_with: usd(row.opening),
        },
        guess: 'a statement between the two is missing',
      })
    }
    return found
  })
}

/** What the bank says that is in the account, against what our books make of its lines. */
export const bankBalanceCheck: ReconciliationCheck = {
  name: 'bank_balance',
  async compare(_ctx, db, day): Promise<Compared> {
    const { rows } = await sql<{ day: Temporal.PlainDate; closing: bigint }>`
      select day, closing_minor as closing from ach_statements where day <= ${day.toString()}::date order by day desc limit 1`.execute(
      db,
    )
    const latest = rows[0]
    const bank = latest?.closing ?? 0n
    const balance = (await readBalances(db, [ACH_SETTLEMENT])).get(ACH_SETTLEMENT)
    const books = -(balance?.posted ?? 0n)
    const figures = { bank_balance: bank, settlement_in_books: books }
    if (bank === books) return { compared: 1, found: [], figures }
    const found: Found = {
      kind: 'bank_balance_differs',
      subject: ACH_SETTLEMENT,
      amountMinor: bank - books,
      facts: { bank: usd(bank), books: usd(books), statement_of: latest?.day.toString() ?? null },
      guess: 'a line of the statement was not booked, or was booked twice',
      since: latest?.day ?? day,
    }
    return { compared: 1, found: [found], figures }
  },
}

const usd = (minor: bigint) => formatUsd(minor as UsdMinor)
