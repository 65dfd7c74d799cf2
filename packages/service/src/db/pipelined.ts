import {
  AbortedTransactionError,
  CompiledQuery,
  type ConnectionProvider,
  type DatabaseConnection,
  type KyselyProps,
  Transaction,
} from 'kysely'
import type { Db, Tx } from './database.ts'

/** A transaction in progress needs nothing but its executor: who begins and ends it has the rest. */
const NOTHING_ELSE = { config: {}, dialect: {}, driver: {} } as Omit<KyselyProps, 'executor'>

/** A transaction that says when it has nothing more to say. */
export type Ending = {
  /** Commits behind the statements that were begun before; to be called once, and last. If one of them fails nothing stays. */
  commit(): Promise<void>
}

/**
 * Runs `work` in a transaction whose statements do not wait for each other: those that are begun together (`Promise.all`)
 * travel together, the first ones with the `begin`, and PostgreSQL does them in the order in which they were begun. What
 * needs the answer of another statement awaits it, as ever. The first that fails fails them all, and the transaction.
 */
export function pipelined<Tables, Result>(
  db: Db<Tables>,
  work: (tx: Tx<Tables>, ending: Ending) => Promise<Result>,
): Promise<Result> {
  return db.connection().execute((single) =>
    single.getExecutor().provideConnection(async (connection) => {
      const together: ConnectionProvider = { provideConnection: (consumer) => consumer(connection) }
      const executor = single.getExecutor().withConnectionProvider(together)
      const tx = new Transaction<Tables>({ ...NOTHING_ELSE, executor })
      let committed: Promise<void> | undefined
      const commit = () => {
        committed ??= sendCommit(connection)
        return committed
      }
      try {
        const begun = connection.executeQuery(CompiledQuery.raw('begin'))
        const [result] = await Promise.all([work(tx, { commit }), begun])
        await commit()
        return result
      } catch (error) {
        // Where even this fails the connection is broken, and nobody gets it again.
        await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => undefined)
        throw error
      }
    }),
  )
}

async function sendCommit(connection: DatabaseConnection): Promise<void> {
  const { rows } = await connection.executeQuery<{ command?: string }>(CompiledQuery.raw('commit'))
  // PostgreSQL answers so to the commit of a transaction in which something failed.
  if (rows[0]?.command !== 'ROLLBACK') return
  // What failed arrived just before, and should be told first.
  await new Promise(setImmediate)
  throw new AbortedTransactionError()
}
