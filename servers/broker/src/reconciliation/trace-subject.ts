import { DomainError } from '@paddock/kernel'
import { sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { Db } from '../db/database.ts'
import type { TransferId } from '../transfers/transfer.ts'

/** By what somebody knows a movement of money; exactly one of them. */
export type TraceQuestion =
  | { readonly by: 'transfer'; readonly id: string }
  | { readonly by: 'trace_number'; readonly traceNumber: string }
  | { readonly by: 'line'; readonly fileId: string; readonly line: number }
  | { readonly by: 'ledger_transaction'; readonly id: string }
  /** An event's ULID, or its number in the order of the world. */
  | { readonly by: 'event'; readonly id: string }

/** What a trace is of: a transfer in all its attempts, or an entry that belongs to none, such as a prenote. */
export type TraceSubject =
  | { readonly of: 'transfer'; readonly accountId: AccountId; readonly transferId: TransferId }
  | { readonly of: 'entry'; readonly accountId: AccountId; readonly entryId: string }

export type TraceRejection = 'trace_ambiguous' | 'trace_not_found' | 'trace_needs_one'

export class TraceRejected extends DomainError<TraceRejection> {
  override readonly name = 'TraceRejected'
}

type Row = { account_id: string; entry_id: string | null; transfer_id: string | null }

/** Finds what is meant. What is part of several movements is not guessed at. */
export async function findSubject(db: Db, question: TraceQuestion): Promise<TraceSubject> {
  const rows = await findRows(db, question)
  const subjects = new Map(rows.map((row) => [row.transfer_id ?? row.entry_id, row]))
  const [first] = [...subjects.values()]
  if (first === undefined) throw new TraceRejected('trace_not_found')
  if (subjects.size > 1) {
    throw new TraceRejected('trace_ambiguous', { of: [...subjects.keys()].slice(0, 100) })
  }
  const accountId = first.account_id as AccountId
  return first.transfer_id === null
    ? { of: 'entry', accountId, entryId: String(first.entry_id) }
    : { of: 'transfer', accountId, transferId: first.transfer_id as TransferId }
}

async function findRows(db: Db, question: TraceQuestion): Promise<Row[]> {
  switch (question.by) {
    case 'transfer':
      return transfersWith(db, [question.id])
    case 'trace_number':
      return entriesByTrace(db, question.traceNumber)
    case 'line':
      return entriesByLine(db, question.fileId, question.line)
    case 'ledger_transaction':
      return rowsOfLedger(db, question.id)
    case 'event':
      return rowsOfEvent(db, question.id)
  }
}

async function transfersWith(db: Db, ids: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select account_id::text as account_id, null as entry_id, id::text as transfer_id from transfers
    where id = any(${ids.filter(isUuid)}::uuid[]) and transfer_type = 'ach'`.execute(db)
  return rows
}

const isUuid = (text: string) => /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text)

const entryColumns = sql`account_id::text as account_id, entry.id::text as entry_id, entry.transfer_id::text as transfer_id`

/** Our own number, the newest should it have gone round; or the number of an answer about the entry. */
async function entriesByTrace(db: Db, traceNumber: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${entryColumns} from ach_entries as entry where trace_number = ${traceNumber}
    order by sequence desc limit 1`.execute(db)
  if (rows.length > 0) return rows
  const { rows: answered } = await sql<Row>`
    select ${entryColumns} from ach_answers as answer join ach_entries as entry on entry.id = answer.entry_id
    where answer.trace_number = ${traceNumber}`.execute(db)
  return answered
}

/** A line of a file that we sent, or of one that we got. */
async function entriesByLine(db: Db, fileId: string, line: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${entryColumns} from ach_entries as entry where file_id = ${fileId}::uuid and line_number = ${line}
    union all
    select ${entryColumns} from ach_answers as answer join ach_entries as entry on entry.id = answer.entry_id
    where answer.inbound_file_id = ${fileId}::uuid and answer.line_number = ${line}`.execute(db)
  return rows
}

/** The causes whose id is that of the transfer. */
export const transferCauses = ['transfer', 'returned_deposit', 'instant_credit'] as const

async function rowsOfLedger(db: Db, ledgerId: string): Promise<Row[]> {
  const { rows } = await sql<{ cause_kind: string; cause_id: string }>`
    select cause_kind, cause_id from ledger_transfers where id = ${ledgerId}`.execute(db)
  const cause = rows[0]
  if (cause === undefined) return []
  if (transferCauses.some((kind) => kind === cause.cause_kind)) return transfersWith(db, [cause.cause_id])
  if (cause.cause_kind === 'ach_statement') return rowsOfStatementLine(db, cause.cause_id)
  return []
}

/** Everything that one line of the statement has settled or brought back. */
async function rowsOfStatementLine(db: Db, lineId: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${entryColumns} from ach_statement_lines as line
    join ach_files as file on file.name = line.file
    join ach_entries as entry on entry.file_id = file.id and entry.batch_number = line.batch_number
    where line.id = ${lineId} and line.kind = 'batch'
    union all
    select ${entryColumns} from ach_statement_lines as line
    join ach_inbound_files as inbound on inbound.name = line.file
    join ach_answers as answer on answer.inbound_file_id = inbound.id and answer.kind <> 'CORRECTION'
    join ach_entries as entry on entry.id = answer.entry_id
    where line.id = ${lineId} and line.kind = 'return'`.execute(db)
  return rows
}

/** A change of the transfer, or a line of the customer's statement that it made. */
async function rowsOfEvent(db: Db, id: string): Promise<Row[]> {
  const key = /^\d{1,18}$/.test(id) ? sql`sequence.seq = ${id}::bigint` : sql`sequence.ulid = ${id}`
  const { rows } = await sql<{ stream: string; entity_id: string; told: string | null }>`
    select event.stream, event.entity_id::text as entity_id,
      coalesce(line.details ->> 'transfer_id', line.details ->> 'instant_credit_on') as told
    from event_sequence as sequence join events as event on event.id = sequence.event_id
    left join activities as line on line.account_id = event.account_id and line.id = event.entity_id
      and event.stream = 'non_trade_activity'
    where ${key}`.execute(db)
  const event = rows[0]
  if (event === undefined) return []
  const transferId = event.stream === 'transfer' ? event.entity_id : event.told
  return transferId === null ? [] : transfersWith(db, [transferId])
}
