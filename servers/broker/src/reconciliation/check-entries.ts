import { newYorkDate } from '@paddock/calendar'
import { formatUsd, type UsdMinor } from '@paddock/money'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { type Compared, type Found, type ReconciliationCheck, WINDOW_DAYS } from './reconciliation.ts'

type EntryRow = {
  trace_number: string
  entry_amount: bigint
  entry_status: string
  transfer_id: string
  transfer_amount: bigint | null
  transfer_status: string | null
  return_code: string | null
  returns: number
  effective_on: Temporal.PlainDate
}

/** Every entry against its transfer: the same amount, the same fate, and at most one return. */
export const entriesCheck: ReconciliationCheck = {
  name: 'entries',
  async compare(_ctx, db, day): Promise<Compared> {
    const entries = await readEntries(db, day)
    const forced = await readWithoutFile(db, day)
    return {
      compared: entries.length,
      found: [...entries.flatMap(judge), ...forced.map(withoutFile)],
    }
  },
}

async function readEntries(db: Db, day: Temporal.PlainDate): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select entry.trace_number, entry.amount_minor as entry_amount, entry.status as entry_status,
      entry.transfer_id::text as transfer_id, transfer.amount_minor as transfer_amount,
      transfer.status as transfer_status, transfer.return_code, batch.effective_on,
      (select count(*)::integer from ach_answers as answer where answer.entry_id = entry.id
        and answer.kind = 'RETURN' and answer.state = 'APPLIED') as returns
    from ach_entries as entry
    join ach_batches as batch on batch.file_id = entry.file_id and batch.number = entry.batch_number
    left join transfers as transfer on transfer.account_id = entry.account_id and transfer.id = entry.transfer_id
    where entry.purpose = 'TRANSFER' and entry.status <> 'REJECTED'
      and batch.effective_on > ${day.subtract({ days: WINDOW_DAYS }).toString()}::date
    order by entry.sequence`.execute(db)
  return rows
}

function judge(row: EntryRow): Found[] {
  const found: Found[] = []
  const facts = {
    trace_number: row.trace_number,
    transfer: row.transfer_id,
    entry: `${formatUsd(row.entry_amount as UsdMinor)} ${row.entry_status}`,
    in_the_books: `${formatUsd((row.transfer_amount ?? 0n) as UsdMinor)} ${row.transfer_status ?? 'unknown'}`,
    return_code: row.return_code,
    returns: row.returns,
  }
  const common = { subject: row.trace_number, amountMinor: row.entry_amount, facts, since: row.effective_on }
  if (row.transfer_amount !== row.entry_amount || !fits(row)) {
    const guess = 'the transfer was changed after its file was sealed'
    found.push({ ...common, kind: 'entry_differs', guess })
  }
  if (row.transfer_status === 'RETURNED' && row.returns === 0) {
    const guess = 'it was returned by hand or by the simulation; the bank knows nothing of it'
    found.push({ ...common, kind: 'return_without_answer', guess })
  }
  if (row.returns > 1) {
    const guess = 'a second return was applied: dishonor it as a duplicate (R67)'
    found.push({ ...common, kind: 'returned_twice', guess })
  }
  return found
}

/** What a transfer may be while its entry is what it is. */
function fits({ entry_status, transfer_status }: EntryRow): boolean {
  if (entry_status === 'RETURNED') return transfer_status === 'RETURNED'
  return ['SENT_TO_CLEARING', 'COMPLETE', 'RETURNED'].includes(transfer_status ?? '')
}

type LooseRow = { id: string; amount_minor: bigint; direction: string; settles_at: Temporal.Instant }

/** Transfers that the books have settled although no file ever had them. */
async function readWithoutFile(db: Db, day: Temporal.PlainDate): Promise<LooseRow[]> {
  const { rows } = await sql<LooseRow>`
    select id::text as id, amount_minor, direction, settles_at from transfers
    where transfer_type = 'ach' and status = 'COMPLETE' and without_file is null
      and settles_on > ${day.subtract({ days: WINDOW_DAYS }).toString()}::date
      and not exists (select from ach_entries as entry where entry.transfer_id = transfers.id
        and entry.account_id = transfers.account_id and entry.status <> 'REJECTED')
    order by settles_at, id`.execute(db)
  return rows
}

const withoutFile = (row: LooseRow): Found => ({
  kind: 'settled_without_file',
  subject: row.id,
  amountMinor: row.direction === 'INCOMING' ? row.amount_minor : -row.amount_minor,
  facts: { transfer: row.id, direction: row.direction, amount: formatUsd(row.amount_minor as UsdMinor) },
  guess: 'it was settled in the books before it left in a file',
  since: newYorkDate(row.settles_at),
})
