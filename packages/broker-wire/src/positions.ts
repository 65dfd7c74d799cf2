import { z } from 'zod'
import { AssetClassName, ExchangeName } from './assets.ts'
import { DecimalInput } from './decimal.ts'
import { Timestamp, Uuid } from './primitives.ts'

/** A holding. Ratios are fractions, not percent: `"0.05"` is five percent. */
export const PositionBody = z.object({
  asset_id: Uuid,
  /** Pairs are written without a slash here: `BTCUSD`. */
  symbol: z.string(),
  exchange: ExchangeName,
  asset_class: AssetClassName,
  asset_marginable: z.boolean(),
  avg_entry_price: z.string(),
  qty: z.string(),
  qty_available: z.string(),
  side: z.enum(['long', 'short']),
  market_value: z.string(),
  cost_basis: z.string(),
  unrealized_pl: z.string(),
  unrealized_plpc: z.string(),
  unrealized_intraday_pl: z.string(),
  unrealized_intraday_plpc: z.string(),
  current_price: z.string(),
  lastday_price: z.string(),
  change_today: z.string(),
})
export type PositionBody = z.infer<typeof PositionBody>

export const AllPositionsBody = z.object({
  as_of: Timestamp,
  positions: z.record(z.string(), z.array(PositionBody)),
})
export type AllPositionsBody = z.infer<typeof AllPositionsBody>

export const ClosePositionQuery = z.object({
  qty: DecimalInput.optional(),
  percentage: DecimalInput.optional(),
})
export type ClosePositionQuery = z.infer<typeof ClosePositionQuery>
