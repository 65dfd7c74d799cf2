import type { WatchlistRejection } from '../watchlists/watchlist.ts'
import type { WireError } from './wire-error.ts'

const invalid = (message: WireError['message']): WireError => ({ status: 422, code: 40010001, message })
const notFound = (message: WireError['message']): WireError => ({ status: 404, code: 40410000, message })

/** What watchlists are refused with (contracts/alpaca/watchlists.md). */
export const watchlistErrors: Record<WatchlistRejection, WireError> = {
  too_many_watchlists: invalid('the account has too many watchlists'),
  watchlist_asset_not_found: notFound((details) => `asset not found for ${String(details.symbol)}`),
  watchlist_name_taken: invalid('watchlist name must be unique'),
  watchlist_not_found: notFound('watchlist not found'),
  watchlist_too_long: invalid('a watchlist has at most 1000 symbols'),
  watchlist_unchanged: invalid('name or symbols is required'),
}
