import { addBankingDays } from '@paddock/calendar'
import { formatUsd, type UsdMinor } from '@paddock/money'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { type Compared, type Found, type ReconciliationCheck, WINDOW_DAYS } from './reconciliation.ts'

type BatchRow = {
  file: string
  number: number
  status: string
  effective_on: Temporal.PlainDate
  wanted: bigint
  lines: number
  settled: bigint
  first_day: Temporal.PlainDate | null
}

/** A banking day after its effective date a batch is on the statement. */
const PATIENCE_BANKING_DAYS = 1

/** The bank's lines about our batches, against the batches. */
export const settlementCheck: ReconciliationCheck = {
  name: 'settlement',
  async compare(_ctx, db, day): Promise<Compared> {
    const rows = await readBatches(db, day)
    const strangers = await readUnknownLines(db, day)
    return {
      compared: rows.length + strangers.length,
      found: [...rows.flatMap((row) => judge(row, day)), ...strangers.map(unknown)],
    }
  },
}

async function readBatches(db: Db, day: Temporal.PlainDate): Promise<BatchRow[]> {
  const { rows } = await sql<BatchRow>`
    select file.name as file, batch.number, file.status, batch.effective_on,
      batch.debits_minor - batch.credits_minor as wanted, count(line.id)::integer as lines,
      coalesce(sum(line.amount_minor), 0) as settled, min(line.day) as first_day
    from ach_batches as batch
    join ach_files as file on file.id = batch.file_id
    left join ach_statement_lines as line on line.kind = 'batch' and line.file = file.name
      and line.batch_number = batch.number and line.day <= ${day.toString()}::date
    where batch.effective_on > ${day.subtract({ days: WINDOW_DAYS }).toString()}::date
    group by file.name, batch.number, file.status, batch.effective_on, wanted
    order by 1, 2`.execute(db)
  return rows
}

function judge(row: BatchRow, day: Temporal.PlainDate): Found[] {
  const subject = `${row.file} batch ${row.number}`
  const wanted = row.status === 'REJECTED' ? 0n : row.wanted
  const facts = {
    file: row.file,
    batch: row.number,
    file_status: row.status,
    effective_on: row.effective_on.toString(),
    in_the_file: formatUsd(wanted as UsdMinor),
    on_the_statement: formatUsd(row.settled as UsdMinor),
    lines: row.lines,
  }
  const base = { subject, amountMinor: row.settled - wanted, facts, since: row.first_day ?? row.effective_on }
  if (row.lines === 0) {
    const dueOn = addBankingDays(row.effective_on, PATIENCE_BANKING_DAYS)
    if (wanted === 0n || Temporal.PlainDate.compare(dueOn, day) > 0) return []
    const guess = 'the bank has not settled the batch, or its statement is late'
    return [{ ...base, kind: 'settlement_missing', guess }]
  }
  if (row.settled === wanted) return []
  return [{ ...base, kind: 'settlement_differs', guess: guessOf(row, wanted) }]
}

function guessOf({ status, lines, settled }: BatchRow, wanted: bigint): string {
  if (status === 'REJECTED') return 'the bank settled a batch of a file that it had refused'
  if (lines > 1 && settled === wanted * BigInt(lines)) return 'the bank settled the batch more than once'
  return 'the bank left entries out, or returned some of them within the same line'
}

type LineRow = {
  id: string
  day: Temporal.PlainDate
  file: string | null
  batch_number: number | null
  amount_minor: bigint
  description: string
}

/** Lines about batches that we never sent. */
async function readUnknownLines(db: Db, day: Temporal.PlainDate): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select line.id, line.day, line.file, line.batch_number, line.amount_minor, line.description
    from ach_statement_lines as line
    where line.kind = 'batch' and line.day <= ${day.toString()}::date
      and line.day > ${day.subtract({ days: WINDOW_DAYS }).toString()}::date
      and not exists (select from ach_files as file join ach_batches as batch on batch.file_id = file.id
        where file.name = line.file and batch.number = line.batch_number)
    order by line.day, line.id`.execute(db)
  return rows
}

const unknown = (line: LineRow): Found => ({
  kind: 'line_unknown',
  subject: line.id,
  amountMinor: line.amount_minor,
  facts: {
    line: line.id,
    file: line.file,
    batch: line.batch_number,
    amount: formatUsd(line.amount_minor as UsdMinor),
    description: line.description,
  },
  guess: 'the bank booked a batch that is not ours, or names it by another number',
  since: line.day,
})
