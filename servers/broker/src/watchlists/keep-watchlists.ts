import { newId } from '@paddock/kernel'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { Asset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import {
  MOST_ASSETS,
  readAsset,
  readAssets,
  type Watchlist,
  type WatchlistId,
  WatchlistRejected,
} from './watchlist.ts'
import {
  deleteWatchlist,
  findWatchlist,
  insertWatchlist,
  listWatchlists,
  updateWatchlist,
} from './watchlist-store.ts'

/** More lists than anybody looks at; the vendor tells no limit. */
const MOST_LISTS = 200

/** Begins a list, or refuses it. */
export async function createWatchlist(
  ctx: BrokerContext,
  accountId: AccountId,
  { name, symbols }: { name: string; symbols: readonly string[] },
): Promise<Watchlist> {
  return transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const present = await listWatchlists(tx, accountId)
    if (present.length >= MOST_LISTS) throw new WatchlistRejected('too_many_watchlists')
    refuseTakenName(present, name)
    const now = ctx.clock.now()
    const list: Watchlist = {
      id: newId() as WatchlistId,
      accountId,
      name,
      assets: readAssets(symbols),
      createdAt: now,
      updatedAt: now,
    }
    await insertWatchlist(tx, list)
    return list
  })
}

/** Gives a list another name, other assets, or both. What is not given stays. */
export async function replaceWatchlist(
  ctx: BrokerContext,
  accountId: AccountId,
  id: WatchlistId,
  change: { name?: string | undefined; symbols?: readonly string[] | undefined },
): Promise<Watchlist> {
  if (change.name === undefined && change.symbols === undefined)
    throw new WatchlistRejected('watchlist_unchanged')
  return changeWatchlist(ctx, accountId, id, async (tx, list) => {
    const { name = list.name, symbols } = change
    if (name !== list.name) refuseTakenName(await listWatchlists(tx, accountId), name)
    return { ...list, name, assets: symbols === undefined ? list.assets : readAssets(symbols) }
  })
}

/** Adds an asset at the end; one that is there already stays where it is. */
export async function watchAsset(
  ctx: BrokerContext,
  accountId: AccountId,
  id: WatchlistId,
  symbol: string,
): Promise<Watchlist> {
  return changeWatchlist(ctx, accountId, id, async (_tx, list) => {
    const assets = [...new Set<Asset>([...list.assets, readAsset(symbol)])]
    if (assets.length > MOST_ASSETS) throw new WatchlistRejected('watchlist_too_long')
    return { ...list, assets }
  })
}

/** Takes an asset off a list; one that is not on it is not found. */
export async function unwatchAsset(
  ctx: BrokerContext,
  accountId: AccountId,
  id: WatchlistId,
  symbol: string,
): Promise<Watchlist> {
  return changeWatchlist(ctx, accountId, id, async (_tx, list) => {
    const asset = readAsset(symbol)
    if (!list.assets.includes(asset)) throw new WatchlistRejected('watchlist_asset_not_found', { symbol })
    return { ...list, assets: list.assets.filter((other) => other !== asset) }
  })
}

export async function removeWatchlist(
  ctx: BrokerContext,
  accountId: AccountId,
  id: WatchlistId,
): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    if (!(await deleteWatchlist(tx, accountId, id))) throw new WatchlistRejected('watchlist_not_found')
  })
}

async function changeWatchlist(
  ctx: BrokerContext,
  accountId: AccountId,
  id: WatchlistId,
  change: (tx: Tx, list: Watchlist) => Promise<Watchlist>,
): Promise<Watchlist> {
  return transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const list = await findWatchlist(tx, accountId, id)
    if (list === undefined) throw new WatchlistRejected('watchlist_not_found')
    const changed = { ...(await change(tx, list)), updatedAt: ctx.clock.now() }
    await updateWatchlist(tx, changed)
    return changed
  })
}

function refuseTakenName(present: readonly Watchlist[], name: string): void {
  if (present.some((list) => list.name === name))
    throw new WatchlistRejected('watchlist_name_taken', { name })
}
