import { newId } from '@paddock/kernel'
import type { Db, Tx } from '../db/database.ts'

export type AchAlarm = {
  readonly id: string
  readonly kind: string
  readonly subject: string
  readonly message: string
  readonly raisedAt: Temporal.Instant
  readonly clearedAt: Temporal.Instant | undefined
}

/** Tells the operators of something once, however often it is found: one open alarm of a kind about a thing. True when it is new. */
export async function raiseAlarm(
  tx: Tx,
  alarm: Pick<AchAlarm, 'kind' | 'subject' | 'message'>,
  now: Temporal.Instant,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('ach_alarms')
    .values({ id: newId(), ...alarm, raised_at: now })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'subject']).where('cleared_at', 'is', null).doNothing(),
    )
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** What it warned of is over. Does nothing where there was no alarm. */
export async function clearAlarm(
  tx: Tx,
  { kind, subject }: Pick<AchAlarm, 'kind' | 'subject'>,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('ach_alarms')
    .set({ cleared_at: now })
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('cleared_at', 'is', null)
    .execute()
}

/** What there is an open alarm of a kind about. */
export async function listOpenSubjects(db: Db, kind: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('ach_alarms')
    .select('subject')
    .where('kind', '=', kind)
    .where('cleared_at', 'is', null)
    .execute()
  return new Set(rows.map(({ subject }) => subject))
}

/** Those that are open first, then newest first. */
export async function listAlarms(db: Db, limit: number): Promise<AchAlarm[]> {
  const rows = await db
    .selectFrom('ach_alarms')
    .selectAll()
    .orderBy((by) => by('cleared_at', 'is not', null))
    .orderBy('raised_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    message: row.message,
    raisedAt: row.raised_at,
    clearedAt: row.cleared_at ?? undefined,
  }))
}
