import { type PostedTransfer, readTransfers, readTransfersOfCause } from '@paddock/ledger'
import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { BrokerContext } from '../context.ts'
import type { Db } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import type { AchFileId } from '../origination/ach-file.ts'
import { openFile } from '../origination/send-files.ts'
import { type KeptDecision, listDecisions } from '../risk/decision-store.ts'
import type { Transfer } from '../transfers/transfer.ts'
import { findTransfer } from '../transfers/transfer-store.ts'
import { maskedEntry } from './mask-line.ts'
import { findSubject, type TraceQuestion, type TraceSubject, transferCauses } from './trace-subject.ts'

export type TracedAnswer = Selectable<DB['ach_answers']> & { readonly file_name: string | null }
export type TracedLine = Selectable<DB['ach_statement_lines']>

/** One time that it was in a file, and all that the bank said of it. */
export type TracedEntry = {
  readonly entry: Selectable<DB['ach_entries']>
  readonly file: Omit<Selectable<DB['ach_files']>, 'body'>
  readonly batch: Selectable<DB['ach_batches']>
  /** The line of the file, the account number masked. */
  readonly text: string
  readonly acknowledgement: { readonly name: string; readonly received_at: Temporal.Instant } | undefined
  readonly answers: readonly TracedAnswer[]
  readonly statementLines: readonly TracedLine[]
}

export type TracedEvent = {
  readonly seq: bigint
  readonly ulid: string
  readonly stream: string
  readonly entity_id: string
  readonly status_from: string | null
  readonly status_to: string
  readonly at: Temporal.Instant
}

export type Trace = {
  readonly transfer: Transfer | undefined
  readonly decisions: readonly KeptDecision[]
  readonly attempts: readonly TracedEntry[]
  readonly ledger: readonly PostedTransfer[]
  readonly events: readonly TracedEvent[]
}

/** The whole chain of one movement of money, from whatever end somebody holds it. */
export async function traceMoney(ctx: BrokerContext, question: TraceQuestion): Promise<Trace> {
  const { db } = ctx
  const subject = await findSubject(db, question)
  const isTransfer = subject.of === 'transfer'
  const attempts = await readAttempts(ctx, subject)
  return {
    transfer: isTransfer ? await findTransfer(db, subject.accountId, subject.transferId) : undefined,
    decisions: isTransfer ? await listDecisions(db, { subjectId: subject.transferId, limit: 100 }) : [],
    attempts,
    ledger: await readLedger(db, subject, attempts),
    events: isTransfer ? await readEvents(db, subject) : [],
  }
}

async function readAttempts(ctx: BrokerContext, subject: TraceSubject): Promise<TracedEntry[]> {
  let query = ctx.db.selectFrom('ach_entries').selectAll().where('account_id', '=', subject.accountId)
  query =
    subject.of === 'transfer'
      ? query.where('transfer_id', '=', subject.transferId)
      : query.where('id', '=', subject.entryId)
  const entries = await query.orderBy('attempt').orderBy('sequence').execute()
  const attempts: TracedEntry[] = []
  for (const entry of entries) attempts.push(await readAttempt(ctx, entry))
  return attempts
}

async function readAttempt(ctx: BrokerContext, entry: Selectable<DB['ach_entries']>): Promise<TracedEntry> {
  const { db } = ctx
  const { body: _sealed, ...file } = await db
    .selectFrom('ach_files')
    .selectAll()
    .where('id', '=', entry.file_id)
    .executeTakeFirstOrThrow()
  const batch = await db
    .selectFrom('ach_batches')
    .selectAll()
    .where('file_id', '=', entry.file_id)
    .where('number', '=', entry.batch_number)
    .executeTakeFirstOrThrow()
  const lines = (await openFile(ctx, entry.file_id as AchFileId)).toString('latin1').split(/\r?\n/)
  const { rows: answers } = await sql<TracedAnswer>`
    select answer.*, inbound.name as file_name from ach_answers as answer
    left join ach_inbound_files as inbound on inbound.id = answer.inbound_file_id
    where answer.entry_id = ${entry.id}::uuid order by answer.created_at, answer.id`.execute(db)
  const { rows: acknowledged } = await sql<{ name: string; received_at: Temporal.Instant }>`
    select name, received_at from ach_inbound_files
    where name = ${`ACK_${file.name}.json`} and status = 'READ' limit 1`.execute(db)
  return {
    entry,
    file,
    batch,
    text: maskedEntry(lines[entry.line_number - 1] ?? ''),
    acknowledgement: acknowledged[0],
    answers,
    statementLines: await readStatementLines(db, file.name, entry.batch_number, answers),
  }
}

/** The bank's lines that moved it: those of its batch, and those of the files in which it came back. */
async function readStatementLines(
  db: Db,
  fileName: string,
  batchNumber: number,
  answers: readonly TracedAnswer[],
): Promise<TracedLine[]> {
  const returned = answers.flatMap(({ file_name: name, kind }) =>
    name === null || kind === 'CORRECTION' ? [] : [name],
  )
  const { rows } = await sql<TracedLine>`
    select * from ach_statement_lines
    where (kind = 'batch' and file = ${fileName} and batch_number = ${batchNumber})
      or (kind = 'return' and file = any(${returned}::text[]))
    order by posted_at, id`.execute(db)
  return rows
}

/** What it moved in the books by itself, and the bookings of the bank's lines that moved it with others. */
async function readLedger(
  db: Db,
  subject: TraceSubject,
  attempts: readonly TracedEntry[],
): Promise<PostedTransfer[]> {
  const own: PostedTransfer[] = []
  if (subject.of === 'transfer') {
    for (const kind of transferCauses) {
      own.push(...(await readTransfersOfCause(db, { kind, id: subject.transferId, limit: 100 })))
    }
  }
  const lineIds = attempts.flatMap(({ statementLines }) => statementLines.map(({ id }) => id))
  const booked = await readTransfers(db, [...new Set(lineIds)].map(bookingId))
  return [...own, ...booked.values()].sort(
    (a, b) => Temporal.Instant.compare(a.at, b.at) || (a.id < b.id ? -1 : 1),
  )
}

/** What the books call the booking of a line of the bank's statement. */
const bookingId = (lineId: string): string => `ach_statement:${lineId}`

/** What the world was told of it: its states, and the lines of the customer's statement. */
async function readEvents(
  db: Db,
  { accountId, transferId }: Extract<TraceSubject, { of: 'transfer' }>,
): Promise<TracedEvent[]> {
  const { rows } = await sql<TracedEvent>`
    select sequence.seq, sequence.ulid, event.stream, event.entity_id::text as entity_id, event.status_from,
      event.status_to, event.at
    from events as event join event_sequence as sequence on sequence.event_id = event.id
    where event.account_id = ${accountId}::uuid and (event.entity_id = ${transferId}::uuid
      or event.entity_id in (select id from activities where account_id = ${accountId}::uuid
        and (details ->> 'transfer_id' = ${transferId} or details ->> 'instant_credit_on' = ${transferId})))
    order by sequence.seq`.execute(db)
  return rows
}
