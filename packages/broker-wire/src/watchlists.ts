import { z } from 'zod'
import { AccountPath } from './accounts.ts'
import { AssetBody } from './assets.ts'
import { filledLine, Uuid } from './primitives.ts'

/** A list of assets that a customer watches, in the order in which they were given. */
export const WatchlistBody = z.object({
  id: Uuid,
  account_id: Uuid,
  name: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  /** Not in the list of lists. */
  assets: z.array(AssetBody).optional(),
})
export type WatchlistBody = z.infer<typeof WatchlistBody>

const Name = filledLine(64)
const Symbols = z.array(filledLine(50)).max(1_000, 'must have at most 1000 symbols')

export const CreateWatchlistBody = z.object({ name: Name, symbols: Symbols.nullish() })
export type CreateWatchlistBody = z.infer<typeof CreateWatchlistBody>

export const UpdateWatchlistBody = z.object({ name: Name.nullish(), symbols: Symbols.nullish() })
export type UpdateWatchlistBody = z.infer<typeof UpdateWatchlistBody>

export const WatchlistSymbolBody = z.object({ symbol: filledLine(50) })

export const WatchlistPath = AccountPath.extend({ watchlist_id: Uuid })
/** The rest of the path, because pairs arrive with their slash. */
export const WatchlistSymbolPath = WatchlistPath.extend({ '*': z.string() })
