import type { ColumnType } from 'kysely'

type Amount = ColumnType<bigint, bigint | string, bigint | string>
type DefaultAmount = ColumnType<bigint, bigint | string | undefined, bigint | string>
type RecordedAt = ColumnType<Temporal.Instant, Temporal.Instant | undefined, never>

export interface LedgerAccountsTable {
  id: string
  owner: string
  kind: string
  asset: string
  floor: ColumnType<bigint | null, bigint | string | null | undefined, never>
  posted: DefaultAmount
  pending_in: DefaultAmount
  pending_out: DefaultAmount
  version: DefaultAmount
  created_at: RecordedAt
}

export interface LedgerTransfersTable {
  id: string
  type: string
  pending_id: string | null
  from_account: string
  to_account: string
  asset: string
  amount: Amount
  cause_kind: string
  cause_id: string
  step: string
  at: Temporal.Instant
  created_at: RecordedAt
}

export interface LedgerEntriesTable {
  account_id: string
  version: Amount
  transfer_id: string
  amount: Amount
  balance_after: Amount
  at: Temporal.Instant
  created_at: RecordedAt
}

/** The ledger's tables, for a server whose queries join them: `interface BrokerTables extends LedgerTables`. */
export interface LedgerTables {
  ledger_accounts: LedgerAccountsTable
  ledger_transfers: LedgerTransfersTable
  ledger_entries: LedgerEntriesTable
}
