import { z } from 'zod'
import { Fraction, Price, Timestamp } from './scalars.ts'

export const Asset = z.object({
  symbol: z.string(),
  name: z.string(),
  asset_class: z.string(),
  exchange: z.string(),
  tradable: z.boolean(),
  fractionable: z.boolean(),
})
export type Asset = z.infer<typeof Asset>

export const Quote = z.object({
  symbol: z.string(),
  price: Price,
  bid: Price,
  ask: Price,
  previous_close: Price,
  change_fraction: Fraction,
  at: Timestamp,
})
export type Quote = z.infer<typeof Quote>

/** GET /api/assets?query=&asset_class=&limit= with the latest quote of each. */
export const Assets = z.object({ assets: z.array(Asset.extend({ quote: Quote.nullable() })) })
export type Assets = z.infer<typeof Assets>

/** GET /api/assets/:symbol (a crypto pair is written `BTC-USD` in our paths). */
export const AssetDetail = Asset.extend({ quote: Quote })
export type AssetDetail = z.infer<typeof AssetDetail>

export const BarRange = z.enum(['1D', '1W', '1M', '3M', '1Y'])
export type BarRange = z.infer<typeof BarRange>

/** GET /api/assets/:symbol/bars?range=1D */
export const Bars = z.object({
  symbol: z.string(),
  range: BarRange,
  bars: z.array(
    z.object({ at: Timestamp, open: Price, high: Price, low: Price, close: Price, volume: z.string() }),
  ),
})
export type Bars = z.infer<typeof Bars>

/** GET /api/clock */
export const WorldTime = z.object({
  now: Timestamp,
  market_open: z.boolean(),
  next_open: Timestamp,
  next_close: Timestamp,
})
export type WorldTime = z.infer<typeof WorldTime>
