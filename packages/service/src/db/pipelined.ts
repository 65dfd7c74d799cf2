import { type ConnectionProvider, type KyselyProps, Transaction } from 'kysely'
import type { Tx } from './database.ts'

/** A transaction in progress needs nothing but its executor: who begins and ends it has the rest. */
const NOTHING_ELSE = { config: {}, dialect: {}, driver: {} } as Omit<KyselyProps, 'executor'>

/**
 * Runs `work` in the same transaction, with statements that do not wait for each other: those that are begun together
 * (`Promise.all`) travel together, and PostgreSQL does them in the order in which they were begun. What needs the
 * answer of another statement awaits it, as ever. The first that fails fails them all, and the transaction.
 */
export function pipelined<Tables, Result>(
  tx: Tx<Tables>,
  work: (tx: Tx<Tables>) => Promise<Result>,
): Promise<Result> {
  const executor = tx.getExecutor()
  return executor.provideConnection((connection) => {
    const together: ConnectionProvider = { provideConnection: (consumer) => consumer(connection) }
    return work(
      new Transaction<Tables>({ ...NOTHING_ELSE, executor: executor.withConnectionProvider(together) }),
    )
  })
}
