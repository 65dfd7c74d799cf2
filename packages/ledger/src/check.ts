import { type RawBuilder, sql } from 'kysely'
import type { LedgerDb } from './database.ts'

/**
 * One promise about the books that can be looked up in them. `run` answers one sentence for each violation,
 * none when the promise is kept; it only reads, and is meant for one REPEATABLE READ transaction.
 */
export type Check<Db = LedgerDb> = {
  readonly id: string
  readonly title: string
  run(db: Db): Promise<string[]>
}

/** More sentences than this help nobody; the check has failed anyway. */
const MOST_SHOWN = 20

/** Makes a check of a query whose rows are the violations, each with its sentence. */
export function checkByQuery(
  id: string,
  title: string,
  violations: RawBuilder<{ violation: string }>,
): Check {
  return {
    id,
    title,
    async run(db) {
      const { rows } = await sql<{ violation: string }>`
        select violation from (${violations}) as found order by 1 limit ${MOST_SHOWN}`.execute(db)
      return rows.map(({ violation }) => violation)
    },
  }
}
