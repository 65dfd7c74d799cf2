import { newId } from '@paddock/kernel'
import type { Selectable } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import type { AchEntryId } from '../origination/ach-file.ts'
import type { AnswerId } from './answer.ts'

/** Why we would send a return back: misrouted, unintended credit, twice, late, wrong fields, not asked for. */
export type DisputeGround = 'R61' | 'R62' | 'R67' | 'R68' | 'R69' | 'R70'

export type CaseState = 'OPEN' | 'DISHONORED' | 'CONTESTED' | 'CORRECTED' | 'CLOSED' | 'LAPSED'

export type AchCase = {
  readonly id: string
  readonly answerId: AnswerId
  readonly entryId: AchEntryId | undefined
  readonly ground: DisputeGround
  readonly state: CaseState
  /** The last banking day for the step that comes next. */
  readonly dueOn: Temporal.PlainDate
  readonly note: string | undefined
  readonly openedAt: Temporal.Instant
}

export async function openCase(
  tx: Tx,
  one: Pick<AchCase, 'answerId' | 'entryId' | 'ground' | 'dueOn'>,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto('ach_cases')
    .values({
      id: newId(),
      answer_id: one.answerId,
      entry_id: one.entryId ?? null,
      ground: one.ground,
      state: 'OPEN',
      due_on: one.dueOn,
      opened_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.columns(['answer_id', 'ground']).doNothing())
    .execute()
}

export async function findCase(db: Db, id: string): Promise<AchCase | undefined> {
  const row = await db.selectFrom('ach_cases').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toCase(row)
}

/** The disputes about an entry that have not ended, newest first. */
export async function listOpenCasesOf(db: Db, entryId: AchEntryId): Promise<AchCase[]> {
  const rows = await db
    .selectFrom('ach_cases')
    .selectAll()
    .where('entry_id', '=', entryId)
    .where('state', 'in', ['OPEN', 'DISHONORED'])
    .orderBy('opened_at', 'desc')
    .execute()
  return rows.map(toCase)
}

/** Those that wait for somebody first, by their deadline. */
export async function listCases(db: Db, limit: number): Promise<AchCase[]> {
  const rows = await db
    .selectFrom('ach_cases')
    .selectAll()
    .orderBy((by) => by('state', 'not in', ['OPEN', 'DISHONORED']))
    .orderBy('due_on')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toCase)
}

/** Those whose deadline has passed without the step. */
export async function listOverdueCases(db: Db, today: Temporal.PlainDate): Promise<AchCase[]> {
  const rows = await db
    .selectFrom('ach_cases')
    .selectAll()
    .where('state', 'in', ['OPEN', 'DISHONORED'])
    .where('due_on', '<', today)
    .orderBy('id')
    .execute()
  return rows.map(toCase)
}

export async function updateCase(
  tx: Tx,
  id: string,
  change: { state: CaseState; due_on?: Temporal.PlainDate; note?: string },
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('ach_cases')
    .set({ ...change, updated_at: now })
    .where('id', '=', id)
    .execute()
}

const toCase = (row: Selectable<DB['ach_cases']>): AchCase => ({
  id: row.id,
  answerId: row.answer_id as AnswerId,
  entryId: (row.entry_id ?? undefined) as AchEntryId | undefined,
  ground: row.ground as DisputeGround,
  state: row.state as CaseState,
  dueOn: row.due_on,
  note: row.note ?? undefined,
  openedAt: row.opened_at,
})
