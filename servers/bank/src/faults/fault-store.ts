import { randomUUID } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { Faults } from '../db/schema.ts'
import type { Fault, FaultKind } from './fault.ts'

/** What is wrong now, in the order in which it was made. */
export async function listFaults(db: Db | Tx): Promise<Fault[]> {
  const rows = await db
    .selectFrom('faults')
    .selectAll()
    .where('ended_at', 'is', null)
    .where((where) => where.or([where('times', 'is', null), where('times', '>', where.ref('met_count'))]))
    .orderBy('seq')
    .limit(200)
    .execute()
  return rows.map(toFault)
}

export async function insertFault(
  db: Db,
  fault: Omit<Fault, 'id' | 'metCount'>,
  madeAt: Temporal.Instant,
): Promise<Fault> {
  const row = await db
    .insertInto('faults')
    .values({
      id: randomUUID(),
      kind: fault.kind,
      institution_id: fault.institutionId,
      item_id: fault.itemId,
      path: fault.path,
      product: fault.product,
      delay_ms: fault.delayMs,
      times: fault.times,
      made_at: madeAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toFault(row)
}

/** Ends one fault, or all; answers how many. */
export async function endFaults(db: Db, id: string | undefined, at: Temporal.Instant): Promise<bigint> {
  const ended = await db
    .updateTable('faults')
    .set({ ended_at: at })
    .where('ended_at', 'is', null)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .executeTakeFirst()
  return ended.numUpdatedRows
}

/** Counts that a fault happens; answers the how manieth time, or nothing when it was over meanwhile. */
export async function countMeeting(db: Db | Tx, id: string): Promise<number | undefined> {
  const row = await db
    .updateTable('faults')
    .set({ met_count: sql`met_count + 1` })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where((where) => where.or([where('times', 'is', null), where('times', '>', where.ref('met_count'))]))
    .returning('met_count')
    .executeTakeFirst()
  return row?.met_count
}

function toFault(row: Selectable<Faults>): Fault {
  return {
    id: row.id,
    kind: row.kind as FaultKind,
    institutionId: row.institution_id,
    itemId: row.item_id,
    path: row.path,
    product: row.product,
    delayMs: row.delay_ms,
    times: row.times,
    metCount: row.met_count,
  }
}
