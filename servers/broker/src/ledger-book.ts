import type { AccountId } from './accounts/account.ts'
import type { Db } from './db/database.ts'

export type BookAccount = {
  readonly id: string
  readonly kind: string
  readonly asset: string
  readonly posted: bigint
  readonly pendingIn: bigint
  readonly pendingOut: bigint
}

export type BookEntry = {
  readonly ledgerAccountId: string
  readonly transferId: string
  readonly otherSide: string
  readonly asset: string
  readonly amount: bigint
  readonly balanceAfter: bigint
  readonly causeKind: string
  readonly causeId: string
  readonly step: string
  readonly at: Temporal.Instant
}

const MAX_ENTRIES = 100

/** A customer's ledger accounts and their latest entries, newest first. */
export async function readBook(
  db: Db,
  accountId: AccountId,
): Promise<{ accounts: readonly BookAccount[]; entries: readonly BookEntry[] }> {
  const accounts = await db
    .selectFrom('ledger_accounts')
    .select(['id', 'kind', 'asset', 'posted', 'pending_in as pendingIn', 'pending_out as pendingOut'])
    .where('owner', '=', accountId)
    .orderBy('id')
    .execute()
  if (accounts.length === 0) return { accounts, entries: [] }
  const rows = await db
    .selectFrom('ledger_entries as entry')
    .innerJoin('ledger_transfers as transfer', 'transfer.id', 'entry.transfer_id')
    .select([
      'entry.account_id',
      'entry.transfer_id',
      'entry.amount',
      'entry.balance_after',
      'entry.at',
      'transfer.from_account',
      'transfer.to_account',
      'transfer.asset',
      'transfer.cause_kind',
      'transfer.cause_id',
      'transfer.step',
    ])
    .where(
      'entry.account_id',
      'in',
      accounts.map(({ id }) => id),
    )
    .orderBy('entry.created_at', 'desc')
    .orderBy('entry.account_id')
    .orderBy('entry.version', 'desc')
    .limit(MAX_ENTRIES)
    .execute()
  const entries = rows.map((row) => ({
    ledgerAccountId: row.account_id,
    transferId: row.transfer_id,
    otherSide: row.from_account === row.account_id ? row.to_account : row.from_account,
    asset: row.asset,
    amount: row.amount,
    balanceAfter: row.balance_after,
    causeKind: row.cause_kind,
    causeId: row.cause_id,
    step: row.step,
    at: row.at,
  }))
  return { accounts, entries }
}
