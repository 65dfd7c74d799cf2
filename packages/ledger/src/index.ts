export { ledgerAccountId, type NewAccount, openAccounts } from './account.ts'
export { type Balance, balancesAt, type LockedAccount, lockAccounts, readBalances } from './balances.ts'
export { type Check, checkByQuery } from './check.ts'
export type { LedgerDb, LedgerTx } from './database.ts'
export { ledgerChecks } from './ledger-checks.ts'
export {
  type AccountEntry,
  type LedgerAccount,
  readAccounts,
  readEntries,
  readOpenPends,
  readTransfers,
  readTransfersOfCause,
} from './pages.ts'
export { post } from './post.ts'
export { LedgerRejected, type LedgerRejection } from './rejection.ts'
export type { LedgerAccountsTable, LedgerEntriesTable, LedgerTables, LedgerTransfersTable } from './tables.ts'
export type {
  Cause,
  DirectTransfer,
  PostedTransfer,
  PostPending,
  Transfer,
  TransferType,
  VoidPending,
} from './transfer.ts'

/** The folder of the ledger's tables, to be migrated into the schema of the server that keeps the books. */
export const ledgerMigrations = new URL('../migrations/', import.meta.url)
