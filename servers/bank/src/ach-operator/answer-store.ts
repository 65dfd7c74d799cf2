import type { Selectable } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { AchAnswers } from '../db/schema.ts'
import type { Answer, AnswerKind, Flaw, NewAnswer } from './operator.ts'
import { scheduleAt } from './schedule.ts'

/** Puts an answer on its way; one of the same cause changes nothing. */
export async function promiseAnswer(tx: Tx, answer: NewAnswer): Promise<void> {
  // The operator's lock is held: nobody else counts.
  const last = await tx
    .selectFrom('ach_answers')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  await tx
    .insertInto('ach_answers')
    .values({
      id: (last?.id ?? 0n) + 1n,
      key: answer.key,
      file_name: answer.fileName,
      line: answer.line,
      kind: answer.kind,
      code: answer.code,
      flaw: answer.flaw ?? null,
      amount_minor: answer.amountMinor,
      dishonor_file: answer.dishonorFile ?? null,
      dishonor_line: answer.dishonorLine ?? null,
      due_at: answer.dueAt,
      settles_at: answer.settlesAt,
      contra_id: answer.contraId,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
  await scheduleAt(tx, 'output', answer.dueAt)
  await scheduleAt(tx, 'settlement', answer.settlesAt)
}

/** What must leave by now, and is in no file yet. */
export async function listDueAnswers(tx: Tx, at: Temporal.Instant): Promise<Answer[]> {
  const rows = await tx
    .selectFrom('ach_answers')
    .selectAll()
    .where('delivery_name', 'is', null)
    .where('due_at', '<=', at)
    .orderBy('id')
    .execute()
  return rows.map(toAnswer)
}

/** What left, and whose money moves by now. */
export async function listUnsettledAnswers(tx: Tx, at: Temporal.Instant): Promise<Answer[]> {
  const rows = await tx
    .selectFrom('ach_answers')
    .selectAll()
    .where('settled_at', 'is', null)
    .where('delivery_name', 'is not', null)
    .where('settles_at', '<=', at)
    .orderBy('delivery_name')
    .orderBy('batch_number')
    .orderBy('id')
    .execute()
  return rows.map(toAnswer)
}

export async function bindAnswer(
  tx: Tx,
  id: bigint,
  bound: { traceNumber: string; deliveryName: string; batchNumber: number },
): Promise<void> {
  await tx
    .updateTable('ach_answers')
    .set({
      trace_number: bound.traceNumber,
      delivery_name: bound.deliveryName,
      batch_number: bound.batchNumber,
    })
    .where('id', '=', id)
    .execute()
}

export async function markAnswerSettled(tx: Tx, ids: readonly bigint[], at: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('ach_answers')
    .set({ settled_at: at })
    .where('id', 'in', [...ids])
    .execute()
}

export async function findAnswerByTrace(tx: Tx, traceNumber: string): Promise<Answer | undefined> {
  const row = await tx
    .selectFrom('ach_answers')
    .selectAll()
    .where('trace_number', '=', traceNumber)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? undefined : toAnswer(row)
}

/** What is still to come, next first. */
export async function listUpcomingAnswers(db: Db, limit: number): Promise<Answer[]> {
  const rows = await db
    .selectFrom('ach_answers')
    .selectAll()
    .where('delivery_name', 'is', null)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toAnswer)
}

function toAnswer(row: Selectable<AchAnswers>): Answer {
  return {
    id: row.id,
    fileName: row.file_name,
    line: row.line,
    kind: row.kind as AnswerKind,
    code: row.code,
    flaw: row.flaw as Flaw | null,
    amountMinor: row.amount_minor,
    dishonorFile: row.dishonor_file,
    dishonorLine: row.dishonor_line,
    dueAt: row.due_at,
    settlesAt: row.settles_at,
    contraId: row.contra_id,
    traceNumber: row.trace_number,
    deliveryName: row.delivery_name,
    batchNumber: row.batch_number,
    settledAt: row.settled_at,
  }
}
