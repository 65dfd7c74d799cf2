import { z } from 'zod'
import { AssetClassName, ExchangeName } from './assets.ts'
import { DecimalInput } from './decimal.ts'
import { ErrorBody } from './errors.ts'
import { OrderBody } from './orders.ts'
import { BooleanParam, Uuid } from './primitives.ts'

const Text = z.string().nullish()

/** A holding: money and ratios as text. Ratios are fractions, not percent: `"0.05"` is five percent. */
export const PositionBody = z.object({
  asset_id: Uuid,
  /** Pairs are written without a slash here: `BTCUSD`. */
  symbol: z.string(),
  exchange: z.enum([...ExchangeName.options, '']),
  asset_class: AssetClassName,
  asset_marginable: z.boolean().nullish(),
  avg_entry_price: z.string(),
  qty: z.string(),
  qty_available: Text,
  side: z.enum(['long', 'short']),
  market_value: Text,
  cost_basis: z.string(),
  unrealized_pl: Text,
  unrealized_plpc: Text,
  unrealized_intraday_pl: Text,
  unrealized_intraday_plpc: Text,
  current_price: Text,
  lastday_price: Text,
  change_today: Text,
})
export type PositionBody = z.infer<typeof PositionBody>

export const AllPositionsBody = z.object({
  as_of: z.string(),
  positions: z.record(z.string(), z.array(PositionBody)),
})
export type AllPositionsBody = z.infer<typeof AllPositionsBody>

/** One row of the answer to "close all": the order that sells it, or why there is none. */
export const ClosedPositionRow = z.object({
  symbol: z.string(),
  status: z.number().int(),
  order_id: Uuid.optional(),
  body: z.union([OrderBody, ErrorBody]),
})
export type ClosedPositionRow = z.infer<typeof ClosedPositionRow>

export const CloseAllQuery = z.object({ cancel_orders: BooleanParam.optional() })

export const ClosePositionQuery = z.object({
  qty: DecimalInput.optional(),
  percentage: DecimalInput.optional(),
})
export type ClosePositionQuery = z.infer<typeof ClosePositionQuery>
