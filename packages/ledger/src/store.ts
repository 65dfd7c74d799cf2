import { assert } from '@paddock/kernel'
import { sql } from 'kysely'
import { instantArray, nullableTextArray, numberArray, textArray } from './array-literal.ts'
import type { LedgerDb, LedgerTx } from './database.ts'
import type { AccountState, Plan } from './plan.ts'
import type { PostedTransfer, TransferType } from './transfer.ts'

type AccountRow = {
  id: string
  asset: string
  floor: bigint | null
  place: string
  posted: bigint
  pending_in: bigint
  pending_out: bigint
  version: bigint
}

export type TransferRow = {
  id: string
  type: TransferType
  pending_id: string | null
  from_account: string
  to_account: string
  asset: string
  amount: bigint
  cause_kind: string
  cause_id: string
  step: string
  at: Temporal.Instant
}

export const transferColumns = sql.raw(
  'id, type, pending_id, from_account, to_account, asset, amount, cause_kind, cause_id, step, at',
)

export function toTransfer(row: TransferRow): PostedTransfer {
  return {
    id: row.id,
    type: row.type,
    pendingId: row.pending_id,
    from: row.from_account,
    to: row.to_account,
    asset: row.asset,
    amount: row.amount,
    cause: { kind: row.cause_kind, id: row.cause_id, step: row.step },
    at: row.at,
  }
}

/** Locks accounts in order of id. Those that do not exist are left out. */
export async function lockRows(
  tx: LedgerTx,
  accountIds: readonly string[],
): Promise<Map<string, AccountState>> {
  const { rows } = await sql<AccountRow>`
    select id, asset, floor, ctid as place, posted, pending_in, pending_out, version
    from ledger_accounts
    where id = any(${textArray(accountIds)}::text[])
    order by id
    for update`.execute(tx)
  const accounts = rows.map(
    ({ id, asset, floor, place, posted, pending_in, pending_out, version }): [string, AccountState] => [
      id,
      { id, asset, floor, place, posted, pendingIn: pending_in, pendingOut: pending_out, version },
    ],
  )
  return new Map(accounts)
}

export async function findTransfers(db: LedgerDb, ids: readonly string[]): Promise<PostedTransfer[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<TransferRow>`
    select ${transferColumns} from ledger_transfers where id = any(${textArray(ids)}::text[])`.execute(db)
  return rows.map(toTransfer)
}

/** From a pend's id to the transfer that ended it, for those that were ended. */
export async function findEndings(db: LedgerDb, pendingIds: readonly string[]): Promise<Map<string, string>> {
  if (pendingIds.length === 0) return new Map()
  const { rows } = await sql<{ pending_id: string; id: string }>`
    select pending_id, id from ledger_transfers
    where pending_id = any(${textArray(pendingIds)}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.pending_id, row.id]))
}

/**
 * Writes a whole plan in one statement, whatever its size. Rows go in the order of their keys: that is kinder
 * to the indexes, and two batches that quarrel about an id, on different accounts, meet in order.
 */
export async function writePlan(tx: LedgerTx, plan: Plan): Promise<void> {
  const transfers = plan.newTransfers.toSorted((a, b) => inOrder(a.id, b.id))
  const entries = plan.newEntries.toSorted((a, b) => inOrder(a.accountId, b.accountId))
  const accounts = [...plan.changedAccounts].sort((a, b) => inOrder(a.id, b.id))
  const { numAffectedRows } = await sql`
    with written_transfers as (
      insert into ledger_transfers (${transferColumns})
      select * from unnest(
        ${textArray(transfers.map(({ id }) => id))}::text[],
        ${textArray(transfers.map(({ type }) => type))}::text[],
        ${nullableTextArray(transfers.map(({ pendingId }) => pendingId))}::text[],
        ${textArray(transfers.map(({ from }) => from))}::text[],
        ${textArray(transfers.map(({ to }) => to))}::text[],
        ${textArray(transfers.map(({ asset }) => asset))}::text[],
        ${numberArray(transfers.map(({ amount }) => amount))}::numeric[],
        ${textArray(transfers.map(({ cause }) => cause.kind))}::text[],
        ${textArray(transfers.map(({ cause }) => cause.id))}::text[],
        ${textArray(transfers.map(({ cause }) => cause.step))}::text[],
        ${instantArray(transfers.map(({ at }) => at))}::timestamptz[]
      )
    ), written_entries as (
      insert into ledger_entries (account_id, version, transfer_id, amount, balance_after, at)
      select * from unnest(
        ${textArray(entries.map(({ accountId }) => accountId))}::text[],
        ${numberArray(entries.map(({ version }) => version))}::bigint[],
        ${textArray(entries.map(({ transferId }) => transferId))}::text[],
        ${numberArray(entries.map(({ amount }) => amount))}::numeric[],
        ${numberArray(entries.map(({ balanceAfter }) => balanceAfter))}::numeric[],
        ${instantArray(entries.map(({ at }) => at))}::timestamptz[]
      )
    )
    update ledger_accounts as account
    set posted = changed.posted,
        pending_in = changed.pending_in,
        pending_out = changed.pending_out,
        version = changed.version
    from unnest(
      ${textArray(accounts.map(({ place }) => place))}::tid[],
      ${numberArray(accounts.map(({ posted }) => posted))}::numeric[],
      ${numberArray(accounts.map(({ pendingIn }) => pendingIn))}::numeric[],
      ${numberArray(accounts.map(({ pendingOut }) => pendingOut))}::numeric[],
      ${numberArray(accounts.map(({ version }) => version))}::bigint[]
    ) as changed (place, posted, pending_in, pending_out, version)
    where account.ctid = changed.place`.execute(tx)
  assert(numAffectedRows === BigInt(accounts.length), 'a locked account has moved or gone')
}

function inOrder(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
