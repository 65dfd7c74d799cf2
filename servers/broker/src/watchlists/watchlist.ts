import { type Brand, DomainError } from '@paddock/kernel'
import type { AccountId } from '../accounts/account.ts'
import { type Asset, findAsset } from '../assets/asset.ts'

export type WatchlistId = Brand<string, 'WatchlistId'>

/** Assets that somebody keeps an eye on, in the order in which they were given, each once. */
export interface Watchlist {
  readonly id: WatchlistId
  readonly accountId: AccountId
  readonly name: string
  readonly assets: readonly Asset[]
  readonly createdAt: Temporal.Instant
  readonly updatedAt: Temporal.Instant
}

export type WatchlistRejection =
  | 'too_many_watchlists'
  | 'watchlist_asset_not_found'
  | 'watchlist_name_taken'
  | 'watchlist_not_found'
  | 'watchlist_unchanged'
  | 'watchlist_too_long'

export class WatchlistRejected extends DomainError<WatchlistRejection> {
  override readonly name = 'WatchlistRejected'
}

export const MOST_ASSETS = 1_000

/** Reads symbols or asset ids, or refuses the first that nobody knows. */
export function readAssets(symbolsOrIds: readonly string[]): Asset[] {
  return [...new Set(symbolsOrIds.map(readAsset))]
}

export function readAsset(symbolOrId: string): Asset {
  const asset = findAsset(symbolOrId)
  if (asset === undefined) throw new WatchlistRejected('watchlist_asset_not_found', { symbol: symbolOrId })
  return asset
}
