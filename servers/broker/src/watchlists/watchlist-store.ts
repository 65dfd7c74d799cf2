import type { Selectable } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import { getAsset } from '../assets/asset.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Watchlists } from '../db/schema.ts'
import type { Watchlist, WatchlistId } from './watchlist.ts'

export async function insertWatchlist(tx: Tx, list: Watchlist): Promise<void> {
  await tx
    .insertInto('watchlists')
    .values({
      account_id: list.accountId,
      id: list.id,
      name: list.name,
      symbols: list.assets.map(({ symbol }) => symbol),
      created_at: list.createdAt,
      updated_at: list.updatedAt,
    })
    .execute()
}

export async function updateWatchlist(tx: Tx, list: Watchlist): Promise<void> {
  await tx
    .updateTable('watchlists')
    .set({
      name: list.name,
      symbols: list.assets.map(({ symbol }) => symbol),
      updated_at: list.updatedAt,
    })
    .where('account_id', '=', list.accountId)
    .where('id', '=', list.id)
    .execute()
}

/** True when there was one. */
export async function deleteWatchlist(tx: Tx, accountId: AccountId, id: WatchlistId): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('watchlists')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

export async function findWatchlist(
  db: Db,
  accountId: AccountId,
  id: WatchlistId,
): Promise<Watchlist | undefined> {
  const row = await db
    .selectFrom('watchlists')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toWatchlist(row)
}

/** An account's lists, oldest first. */
export async function listWatchlists(db: Db, accountId: AccountId): Promise<Watchlist[]> {
  const rows = await db
    .selectFrom('watchlists')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(toWatchlist)
}

function toWatchlist(row: Selectable<Watchlists>): Watchlist {
  return {
    id: row.id as WatchlistId,
    accountId: row.account_id as AccountId,
    name: row.name,
    assets: row.symbols.map(getAsset),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
