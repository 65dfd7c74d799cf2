import type { PriceMicro, QuantityNano, UsdMinor } from '@paddock/money'
import { type Selectable, sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { Db } from '../db/database.ts'
import type { DB, JsonObject } from '../db/schema.ts'
import type { Activity, ActivityType } from './activity.ts'

/** Where a line stands among all lines: when it was booked, and in which order at that moment. */
export type Place = { readonly at: Temporal.Instant; readonly seq: bigint }

export type ActivityFilter = {
  readonly accountId?: AccountId | undefined
  /** Any of these; all when there are none. */
  readonly types?: readonly ActivityType[] | undefined
  readonly category?: 'trade_activity' | 'non_trade_activity' | undefined
  readonly orderId?: string | undefined
  /** From here on, this instant included … */
  readonly from?: Temporal.Instant | undefined
  /** … or from just after here … */
  readonly after?: Temporal.Instant | undefined
  /** … until just before here. */
  readonly until?: Temporal.Instant | undefined
}

export type ActivityPage = {
  readonly direction: 'asc' | 'desc'
  readonly limit: number
  /** The last line of the page before. */
  readonly beyond?: Place | undefined
}

/**
 * Lines in the order of their booking or backwards. Each page begins beyond the last line of the one before, so
 * that lines which come in meanwhile move nothing.
 */
export async function listActivities(
  db: Db,
  filter: ActivityFilter,
  { direction, limit, beyond }: ActivityPage,
): Promise<Activity[]> {
  let query = db.selectFrom('activities').selectAll()
  if (filter.accountId !== undefined) query = query.where('account_id', '=', filter.accountId)
  if (filter.types !== undefined) query = query.where('activity_type', 'in', filter.types)
  if (filter.category !== undefined) {
    query = query.where('activity_type', filter.category === 'trade_activity' ? '=' : '<>', 'FILL')
  }
  if (filter.orderId !== undefined) query = query.where('order_id', '=', filter.orderId)
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from)
  if (filter.after !== undefined) query = query.where('at', '>', filter.after)
  if (filter.until !== undefined) query = query.where('at', '<', filter.until)
  if (beyond !== undefined) {
    const sign = sql.raw(direction === 'asc' ? '>' : '<')
    const place = sql`(${beyond.at.toString()}::timestamptz, ${beyond.seq.toString()}::bigint)`
    query = query.where(sql<boolean>`(at, seq) ${sign} ${place}`)
  }
  const rows = await query.orderBy('at', direction).orderBy('seq', direction).limit(limit).execute()
  return rows.map(toActivity)
}

/** Where the line stands that has this id and was booked between these instants. */
export async function findPlace(
  db: Db,
  id: string,
  moments: readonly { readonly from: Temporal.Instant; readonly until: Temporal.Instant }[],
): Promise<Place | undefined> {
  return db
    .selectFrom('activities')
    .select(['at', 'seq'])
    .where('id', '=', id)
    .where(({ and, eb, or }) =>
      or(moments.map(({ from, until }) => and([eb('at', '>=', from), eb('at', '<', until)]))),
    )
    .executeTakeFirst()
}

function toActivity(row: Selectable<DB['activities']>): Activity {
  return {
    accountId: row.account_id as AccountId,
    id: row.id,
    type: row.activity_type as ActivityType,
    subType: row.sub_type ?? undefined,
    status: row.status as Activity['status'],
    at: row.at,
    settlesOn: row.settles_on,
    netAmountMinor: row.net_amount_minor as UsdMinor,
    symbol: row.symbol ?? undefined,
    quantityNano: (row.quantity_nano ?? undefined) as QuantityNano | undefined,
    priceMicro: (row.price_micro ?? undefined) as PriceMicro | undefined,
    perShareMicro: (row.per_share_micro ?? undefined) as PriceMicro | undefined,
    description: row.description,
    orderId: row.order_id ?? undefined,
    groupId: row.group_id ?? undefined,
    previousId: row.previous_id ?? undefined,
    details: row.details as JsonObject,
  }
}
