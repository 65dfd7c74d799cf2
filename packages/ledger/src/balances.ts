import { sql } from 'kysely'
import { textArray } from './array-literal.ts'
import type { LedgerDb, LedgerTx } from './database.ts'
import { lockRows } from './store.ts'

export type Balance = {
  readonly posted: bigint
  readonly pendingIn: bigint
  readonly pendingOut: bigint
  /** Posted less pending-out: what may still be spent, were the floor zero. */
  readonly available: bigint
}

export type LockedAccount = Balance & {
  readonly id: string
  readonly asset: string
  readonly floor: bigint | null
  readonly version: bigint
}

type BalanceRow = { id: string; posted: bigint; pending_in: bigint; pending_out: bigint }

/** Balances as of now, by account id. An account that was never opened is not in the answer. */
export async function readBalances(
  db: LedgerDb,
  accountIds: readonly string[],
): Promise<Map<string, Balance>> {
  if (accountIds.length === 0) return new Map()
  const { rows } = await sql<BalanceRow>`
    select id, posted, pending_in, pending_out from ledger_accounts
    where id = any(${textArray(accountIds)}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.id, toBalance(row)]))
}

/**
 * Balances at an instant, from everything that had happened by then. Added up from entries, not taken from
 * the last one: two batches may be recorded in another order than they happened.
 */
export async function balancesAt(
  db: LedgerDb,
  accountIds: readonly string[],
  at: Temporal.Instant,
): Promise<Map<string, Balance>> {
  if (accountIds.length === 0) return new Map()
  // PostgreSQL would round to its microseconds, and so might show what happened just after.
  const until = at.round({ smallestUnit: 'microsecond', roundingMode: 'floor' }).toString()
  const openPends = sql`
    pend.type = 'pend' and pend.at <= ${until}::timestamptz and not exists (
      select from ledger_transfers as ending
      where ending.pending_id = pend.id and ending.at <= ${until}::timestamptz
    )`
  const { rows } = await sql<BalanceRow>`
    select account.id,
      (select coalesce(sum(entry.amount), 0) from ledger_entries as entry
        where entry.account_id = account.id and entry.at <= ${until}::timestamptz) as posted,
      (select coalesce(sum(pend.amount), 0) from ledger_transfers as pend
        where pend.to_account = account.id and ${openPends}) as pending_in,
      (select coalesce(sum(pend.amount), 0) from ledger_transfers as pend
        where pend.from_account = account.id and ${openPends}) as pending_out
    from ledger_accounts as account
    where account.id = any(${textArray(accountIds)}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.id, toBalance(row)]))
}

/**
 * Locks accounts until the transaction ends and tells their balances; those never opened are left out.
 * A `post` in the same transaction must need no other accounts than these.
 */
export async function lockAccounts(
  tx: LedgerTx,
  accountIds: readonly string[],
): Promise<Map<string, LockedAccount>> {
  const accounts = await lockRows(tx, accountIds)
  return new Map(
    [...accounts].map(([id, { place: _place, ...account }]) => [
      id,
      { ...account, available: account.posted - account.pendingOut },
    ]),
  )
}

function toBalance(row: BalanceRow): Balance {
  return {
    posted: row.posted,
    pendingIn: row.pending_in,
    pendingOut: row.pending_out,
    available: row.posted - row.pending_out,
  }
}
