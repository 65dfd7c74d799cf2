import { newYorkInstant } from '@paddock/calendar'
import type { QuantityNano } from '@paddock/money'
import { sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import { nameBasedId } from '../assets/asset-id.ts'
import type { Db, Tx } from '../db/database.ts'
import { openStatuses } from '../orders/order.ts'

export interface Holder {
  readonly accountId: AccountId
  readonly quantityNano: QuantityNano
}

const MIDNIGHT = new Temporal.PlainTime()

/** The account after which the first page begins. */
export const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/**
 * Who has an asset at the end of a day, settled: bought on that day is not yet theirs, sold on that day still
 * is. One page, in order of account, after `after`. Statements never change, so neither does the answer.
 */
export async function holdersOfRecord(
  db: Db,
  symbol: string,
  day: Temporal.PlainDate,
  page: { after: string; limit: number },
): Promise<Holder[]> {
  const rows = await db
    .selectFrom('activities')
    .select(({ fn }) => ['account_id', fn.sum<bigint>('quantity_nano').as('quantity')])
    .where('symbol', '=', symbol)
    .where('settles_on', '<=', day)
    .where('at', '<', midnightAfter(day))
    .where('account_id', '>', page.after)
    .groupBy('account_id')
    .having(({ fn }) => fn.sum<bigint>('quantity_nano'), '>', 0n)
    .orderBy('account_id')
    .limit(page.limit)
    .execute()
  return rows.map((row) => ({
    accountId: row.account_id as AccountId,
    quantityNano: row.quantity as QuantityNano,
  }))
}

/** Who has, or has an order for, an asset when a day begins, whether settled or not. One page, as above. */
export async function accountsInto(
  db: Db,
  symbol: string,
  day: Temporal.PlainDate,
  page: { after: string; limit: number },
): Promise<AccountId[]> {
  const begin = newYorkInstant(day, MIDNIGHT).toString()
  const { rows } = await sql<{ account_id: string }>`
    select account_id from (
      select account_id from activities where symbol = ${symbol} and at < ${begin}
      group by account_id having sum(quantity_nano) > 0
      union
      select account_id from orders
      where symbol = ${symbol} and submitted_at < ${begin}
        and status in (${sql.join(openStatuses)})
    ) as concerned
    where account_id > ${page.after}::uuid
    order by account_id limit ${page.limit}`.execute(db)
  return rows.map((row) => row.account_id as AccountId)
}

/** How much an account has of an asset when a day begins, whether settled or not. */
export async function heldAtBeginOf(
  tx: Tx,
  accountId: AccountId,
  symbol: string,
  day: Temporal.PlainDate,
): Promise<QuantityNano> {
  const { quantity } = await tx
    .selectFrom('activities')
    .select(({ fn }) => fn.sum<bigint | null>('quantity_nano').as('quantity'))
    .where('account_id', '=', accountId)
    .where('symbol', '=', symbol)
    .where('at', '<', newYorkInstant(day, MIDNIGHT))
    .executeTakeFirstOrThrow()
  return (quantity ?? 0n) as QuantityNano
}

/** The line of the statement that tells that an account's shares were split. */
export const splitActivityId = (actionId: string, accountId: AccountId) =>
  nameBasedId(`${actionId}|${accountId}|split`)

/** Whether a line of the account's statement is there already: what it tells of has happened. */
export async function hasActivity(tx: Tx, accountId: AccountId, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('activities')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

function midnightAfter(day: Temporal.PlainDate): Temporal.Instant {
  return newYorkInstant(day.add({ days: 1 }), MIDNIGHT)
}
