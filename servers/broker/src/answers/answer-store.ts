import type { UsdMinor } from '@paddock/money'
import type { Selectable } from 'kysely'
import type { BrokerContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import type { AchEntryId } from '../origination/ach-file.ts'
import type { Answer, AnswerId, AnswerKind, AnswerState, InboundFileId, ParkedBecause } from './answer.ts'

const TABLE = 'ach_answers'

const cell = (id: string) => ({ table: TABLE, column: 'corrected_cipher', rowId: id })

export async function insertAnswer(
  { cipher }: Pick<BrokerContext, 'cipher'>,
  tx: Tx,
  answer: Answer,
  correctedText: string | undefined,
): Promise<void> {
  await tx
    .insertInto(TABLE)
    .values({
      id: answer.id,
      inbound_file_id: answer.inboundFileId ?? null,
      line_number: answer.lineNumber,
      kind: answer.kind,
      code: answer.code,
      original_trace: answer.originalTrace,
      trace_number: answer.traceNumber,
      individual_id: answer.individualId,
      amount_minor: answer.amountMinor,
      account_hash: answer.accountHash,
      settles_on: answer.settlesOn ?? null,
      information: answer.information,
      corrected_cipher: correctedText === undefined ? null : cipher.encrypt(correctedText, cell(answer.id)),
      state: answer.state,
      parked_because: answer.parkedBecause ?? null,
      entry_id: answer.entryId ?? null,
      created_at: answer.createdAt,
    })
    .execute()
}

/** Whether this line of this file has been read before. */
export async function isAnswered(db: Db, inboundFileId: InboundFileId, lineNumber: number): Promise<boolean> {
  const row = await db
    .selectFrom(TABLE)
    .select('id')
    .where('inbound_file_id', '=', inboundFileId)
    .where('line_number', '=', lineNumber)
    .executeTakeFirst()
  return row !== undefined
}

export async function findAnswer(db: Db, id: AnswerId): Promise<Answer | undefined> {
  const row = await db.selectFrom(TABLE).selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toAnswer(row)
}

/** What a notification said is right, as it stood in its columns. */
export async function readCorrectedText(
  { cipher }: Pick<BrokerContext, 'cipher'>,
  db: Db,
  id: AnswerId,
): Promise<string | undefined> {
  const row = await db.selectFrom(TABLE).select('corrected_cipher').where('id', '=', id).executeTakeFirst()
  const text = row?.corrected_cipher
  return text == null ? undefined : cipher.decrypt(text, cell(id))
}

/** Everything that was said about an entry, oldest first. */
export async function listAnswersOf(db: Db, entryId: AchEntryId): Promise<Answer[]> {
  const rows = await db
    .selectFrom(TABLE)
    .selectAll()
    .where('entry_id', '=', entryId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(toAnswer)
}

/** What waits for a person, oldest first. */
export async function listParked(db: Db, page: { limit: number; offset: number }): Promise<Answer[]> {
  const rows = await db
    .selectFrom(TABLE)
    .selectAll()
    .where('state', '=', 'PARKED')
    .orderBy('created_at')
    .orderBy('id')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return rows.map(toAnswer)
}

export async function resolveAnswer(
  tx: Tx,
  id: AnswerId,
  end: { resolution: string; note: string | undefined; entryId?: AchEntryId | undefined },
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable(TABLE)
    .set({
      state: 'RESOLVED',
      resolution: end.resolution,
      note: end.note ?? null,
      resolved_at: now,
      ...(end.entryId === undefined ? {} : { entry_id: end.entryId }),
    })
    .where('id', '=', id)
    .execute()
}

function toAnswer(row: Selectable<DB[typeof TABLE]>): Answer {
  return {
    id: row.id as AnswerId,
    inboundFileId: (row.inbound_file_id ?? undefined) as InboundFileId | undefined,
    lineNumber: row.line_number,
    kind: row.kind as AnswerKind,
    code: row.code,
    originalTrace: row.original_trace,
    traceNumber: row.trace_number,
    individualId: row.individual_id,
    amountMinor: row.amount_minor as UsdMinor,
    accountHash: row.account_hash,
    settlesOn: row.settles_on ?? undefined,
    information: row.information,
    state: row.state as AnswerState,
    parkedBecause: (row.parked_because ?? undefined) as ParkedBecause | undefined,
    entryId: (row.entry_id ?? undefined) as AchEntryId | undefined,
    resolution: row.resolution ?? undefined,
    note: row.note ?? undefined,
    createdAt: row.created_at,
    resolvedAt: row.resolved_at ?? undefined,
  }
}
