import type { QuantityNano } from '@paddock/money'
import { sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { ActivityType } from '../activities/activity.ts'
import type { Db } from '../db/database.ts'

/** What moved in an account's cash or in one of its assets. */
export type Movement = {
  /** Nothing for dollars. */
  readonly symbol: string | undefined
  /** Dollars that stand against the cash, such as what was given in advance: only both together are the account's own. */
  readonly isAdvance: boolean
  readonly amount: bigint
  readonly at: Temporal.Instant
}

export type Books = {
  /** What there was of each just before `from`. */
  readonly opening: readonly Movement[]
  /** What moved from then until `to`, in order. */
  readonly movements: readonly Movement[]
}

/** An account's dollars and shares in the ledger between two moments. */
export async function readBooks(
  db: Db,
  accountId: AccountId,
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<Books> {
  const { rows } = await sql<{
    is_opening: boolean
    is_advance: boolean
    symbol: string | null
    amount: bigint
    at: Temporal.Instant
  }>`
    with books as (
      select id, case kind when 'shares' then asset end as symbol, kind not in ('cash', 'shares') as is_advance
      from ledger_accounts where owner = ${accountId} and (kind = 'shares' or asset = 'USD')
    )
    select true as is_opening, is_advance, symbol, sum(entry.amount) as amount, ${from.toString()}::timestamptz as at
    from books join ledger_entries as entry on entry.account_id = books.id
    where entry.at < ${from.toString()}::timestamptz
    group by symbol, is_advance having sum(entry.amount) <> 0
    union all
    select false, is_advance, symbol, entry.amount, entry.at
    from books join ledger_entries as entry on entry.account_id = books.id
    where entry.at >= ${from.toString()}::timestamptz and entry.at <= ${to.toString()}::timestamptz
    order by at`.execute(db)
  const [opening = [], movements = []] = [true, false].map((isOpening) =>
    rows
      .filter((row) => row.is_opening === isOpening)
      .map((row) => ({
        symbol: row.symbol ?? undefined,
        isAdvance: row.is_advance,
        amount: row.amount,
        at: row.at,
      })),
  )
  return { opening, movements }
}

/** A line of the statement that brought or took money or shares. */
export type Flow = {
  readonly type: ActivityType
  readonly at: Temporal.Instant
  readonly netAmountMinor: bigint
  readonly symbol: string | undefined
  readonly quantityNano: QuantityNano
}

export async function readFlows(
  db: Db,
  accountId: AccountId,
  types: readonly ActivityType[] | 'all',
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<Flow[]> {
  let query = db
    .selectFrom('activities')
    .select(['activity_type', 'at', 'net_amount_minor', 'symbol', 'quantity_nano'])
    .where('account_id', '=', accountId)
    .where('at', '>=', from)
    .where('at', '<=', to)
  query =
    types === 'all'
      ? query.where('activity_type', '<>', 'FILL')
      : query.where('activity_type', 'in', [...types])
  const rows = await query.orderBy('at').orderBy('seq').execute()
  return rows.map((row) => ({
    type: row.activity_type as ActivityType,
    at: row.at,
    netAmountMinor: row.net_amount_minor,
    symbol: row.symbol ?? undefined,
    quantityNano: (row.quantity_nano ?? 0n) as QuantityNano,
  }))
}
