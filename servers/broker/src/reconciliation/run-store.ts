import type { Selectable } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import type { Run, RunId } from './reconciliation.ts'

export async function insertRun(tx: Tx, run: Run): Promise<void> {
  await tx
    .insertInto('reconciliation_runs')
    .values({
      id: run.id,
      day: run.day,
      reason: run.reason,
      at: run.at,
      checks: JSON.stringify(run.checks),
      figures: JSON.stringify(run.figures),
      open_breaks: run.openBreaks,
    })
    .execute()
}

/** The latest run, or the latest of a day. */
export async function findRun(db: Db, day?: Temporal.PlainDate): Promise<Run | undefined> {
  let query = db.selectFrom('reconciliation_runs').selectAll()
  if (day !== undefined) query = query.where('day', '=', day)
  const row = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row === undefined ? undefined : toRun(row)
}

export async function hasDailyRun(db: Db, day: Temporal.PlainDate): Promise<boolean> {
  const row = await db
    .selectFrom('reconciliation_runs')
    .select('id')
    .where('day', '=', day)
    .where('reason', '=', 'daily')
    .executeTakeFirst()
  return row !== undefined
}

/** Newest first. */
export async function listRuns(db: Db, limit: number): Promise<Run[]> {
  const rows = await db
    .selectFrom('reconciliation_runs')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toRun)
}

const toRun = (row: Selectable<DB['reconciliation_runs']>): Run => ({
  id: row.id as RunId,
  day: row.day,
  reason: row.reason as Run['reason'],
  at: row.at,
  checks: row.checks as unknown as Run['checks'],
  figures: row.figures as Run['figures'],
  openBreaks: row.open_breaks,
})
