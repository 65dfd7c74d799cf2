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
