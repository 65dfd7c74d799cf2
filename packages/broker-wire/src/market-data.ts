import { z } from 'zod'
import { line, listParam, MomentParam } from './primitives.ts'

/** Market data has JSON numbers, unlike the rest of the API. */
export const QuoteBody = z.object({
  t: z.string(),
  ap: z.number(),
  as: z.number(),
  bp: z.number(),
  bs: z.number(),
  ax: z.string().optional(),
  bx: z.string().optional(),
  c: z.array(z.string()).optional(),
  z: z.string().optional(),
})
export type QuoteBody = z.infer<typeof QuoteBody>

export const TradeBody = z.object({
  t: z.string(),
  p: z.number(),
  s: z.number(),
  i: z.number(),
  x: z.string().optional(),
  c: z.array(z.string()).optional(),
  z: z.string().optional(),
  /** Crypto only: the side of the taker. */
  tks: z.enum(['B', 'S']).optional(),
})
export type TradeBody = z.infer<typeof TradeBody>

export const BarBody = z.object({
  t: z.string(),
  o: z.number(),
  h: z.number(),
  l: z.number(),
  c: z.number(),
  v: z.number(),
  n: z.number(),
  vw: z.number(),
})
export type BarBody = z.infer<typeof BarBody>

export const SnapshotBody = z.object({
  latestTrade: TradeBody,
  latestQuote: QuoteBody,
  minuteBar: BarBody,
  dailyBar: BarBody,
  prevDailyBar: BarBody,
})
export type SnapshotBody = z.infer<typeof SnapshotBody>

/** Answers about several symbols are maps from symbol to what was asked for. */
const bySymbol = <Body extends z.ZodType>(body: Body) => z.record(z.string(), body)

export const LatestQuotesBody = z.object({ quotes: bySymbol(QuoteBody) })
export const LatestTradesBody = z.object({ trades: bySymbol(TradeBody) })
export const LatestBarsBody = z.object({ bars: bySymbol(BarBody) })
/** The one map without a name around it. */
export const StockSnapshotsBody = bySymbol(SnapshotBody)
export const CryptoSnapshotsBody = z.object({ snapshots: bySymbol(SnapshotBody) })

const nextPage = { next_page_token: z.string().nullable() }
export const BarsBody = z.object({ bars: bySymbol(z.array(BarBody)), ...nextPage })

/** Answers about one symbol name it. */
const symbol = { symbol: z.string() }
export const SymbolQuoteBody = z.object({ ...symbol, quote: QuoteBody })
export const SymbolTradeBody = z.object({ ...symbol, trade: TradeBody })
export const SymbolBarBody = z.object({ ...symbol, bar: BarBody })
export const SymbolSnapshotBody = SnapshotBody.extend(symbol)
export const SymbolBarsBody = z.object({ ...symbol, bars: z.array(BarBody), ...nextPage })

export const SymbolsQuery = z.object({ symbols: listParam(line(50)) })

/** Timeframes as the vendor spells them, and the short forms it also takes. */
export const TimeframeName = z.enum([
  '1Min',
  '1T',
  '5Min',
  '5T',
  '15Min',
  '15T',
  '1Hour',
  '1H',
  '60Min',
  '1Day',
  '1D',
])

export const BarsPageQuery = z.object({
  timeframe: TimeframeName.default('1Min'),
  start: MomentParam.optional(),
  end: MomentParam.optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
  page_token: line(200).optional(),
  sort: z.enum(['asc', 'desc']).default('asc'),
  /** `split` and `all` show the past in the shares of today; dividends leave prices as they were. */
  adjustment: listParam(z.enum(['raw', 'split', 'dividend', 'spin-off', 'all'])).optional(),
})
export type BarsPageQuery = z.infer<typeof BarsPageQuery>

export const BarsQuery = BarsPageQuery.extend({ symbols: listParam(line(50)) })
export type BarsQuery = z.infer<typeof BarsQuery>
