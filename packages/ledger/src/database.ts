import type { QueryExecutorProvider } from 'kysely'

/** Any Kysely database or transaction whose search path has the ledger's tables, whatever else it has. */
export type LedgerDb = QueryExecutorProvider

/** A transaction at READ COMMITTED: after waiting for a lock the ledger must see what the other one wrote. */
export type LedgerTx = QueryExecutorProvider & { readonly isTransaction: true }
