import { assert } from '@paddock/kernel'
import { sql } from 'kysely'
import type { Balance } from './balances.ts'
import type { LedgerDb } from './database.ts'
import { findTransfers, type TransferRow, toTransfer, transferColumns } from './store.ts'
import type { Cause, PostedTransfer, TransferType } from './transfer.ts'

/** What an operator's desk shows of the books. Every list has a limit and ends in a unique column. */

export type LedgerAccount = Balance & {
  readonly id: string
  readonly owner: string
  readonly kind: string
  readonly asset: string
  readonly floor: bigint | null
  readonly version: bigint
}

/** One line of an account's statement; `version` numbers them from 1 without a gap. */
export type AccountEntry = {
  readonly accountId: string
  readonly version: bigint
  readonly transferId: string
  readonly type: TransferType
  /** The account at the other end. */
  readonly otherAccountId: string
  readonly asset: string
  readonly amount: bigint
  readonly balanceAfter: bigint
  readonly cause: Cause
  readonly at: Temporal.Instant
  readonly createdAt: Temporal.Instant
}

const MAX_PAGE = 1_000

function pageSize(limit: number): number {
  assert(Number.isInteger(limit) && limit > 0 && limit <= MAX_PAGE, `a page of ${limit} cannot be read`)
  return limit
}

/** Accounts in order of id, of one owner or of all. The next page starts after the last id of this one. */
export async function readAccounts(
  db: LedgerDb,
  page: { owner?: string; afterId?: string; limit: number },
): Promise<LedgerAccount[]> {
  const { rows } = await sql<Omit<LedgerAccount, 'available'>>`
    select id, owner, kind, asset, floor, posted, pending_in as "pendingIn", pending_out as "pendingOut", version
    from ledger_accounts
    where id > ${page.afterId ?? ''} ${page.owner === undefined ? sql`` : sql`and owner = ${page.owner}`}
    order by id limit ${pageSize(page.limit)}`.execute(db)
  return rows.map((row) => ({ ...row, available: row.posted - row.pendingOut }))
}

/** An account's entries, newest first. The next page lies before the last version of this one. */
export async function readEntries(
  db: LedgerDb,
  page: { accountId: string; beforeVersion?: bigint; limit: number },
): Promise<AccountEntry[]> {
  const before = page.beforeVersion
  const { rows } = await sql<
    TransferRow & {
      account_id: string
      version: bigint
      signed: bigint
      balance_after: bigint
      created_at: Temporal.Instant
    }
  >`
    select transfer.*, entry.account_id, entry.version, entry.amount as signed, entry.balance_after
    from ledger_entries as entry join ledger_transfers as transfer on transfer.id = entry.transfer_id
    where entry.account_id = ${page.accountId}
      ${before === undefined ? sql`` : sql`and entry.version < ${before.toString()}::bigint`}
    order by entry.version desc limit ${pageSize(page.limit)}`.execute(db)
  return rows.map((row) => ({
    accountId: row.account_id,
    version: row.version,
    transferId: row.id,
    type: row.type,
    otherAccountId: row.from_account === row.account_id ? row.to_account : row.from_account,
    asset: row.asset,
    amount: row.signed,
    balanceAfter: row.balance_after,
    cause: { kind: row.cause_kind, id: row.cause_id, step: row.step },
    at: row.at,
    createdAt: row.created_at,
  }))
}

/** The pends that hold an account's money now, oldest first. */
export async function readOpenPends(
  db: LedgerDb,
  page: { accountId: string; limit: number },
): Promise<PostedTransfer[]> {
  const { rows } = await sql<TransferRow>`
    select ${transferColumns} from ledger_transfers as pend
    where pend.type = 'pend' and pend.from_account = ${page.accountId}
      and not exists (select from ledger_transfers as ending where ending.pending_id = pend.id)
    order by pend.at, pend.id limit ${pageSize(page.limit)}`.execute(db)
  return rows.map(toTransfer)
}

/** Transfers by id; those that do not exist are left out. */
export async function readTransfers(
  db: LedgerDb,
  ids: readonly string[],
): Promise<Map<string, PostedTransfer>> {
  const transfers = await findTransfers(db, ids)
  return new Map(transfers.map((transfer) => [transfer.id, transfer]))
}

/** Everything that one thing of the business moved, in the order of its steps' time. */
export async function readTransfersOfCause(
  db: LedgerDb,
  cause: { kind: string; id: string; limit: number },
): Promise<PostedTransfer[]> {
  const { rows } = await sql<TransferRow>`
    select ${transferColumns} from ledger_transfers
    where cause_kind = ${cause.kind} and cause_id = ${cause.id}
    order by at, step limit ${pageSize(cause.limit)}`.execute(db)
  return rows.map(toTransfer)
}
