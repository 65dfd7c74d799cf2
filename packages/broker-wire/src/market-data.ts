import { z } from 'zod'
import { line, listParam, MomentParam, PlainDate } from './primitives.ts'

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

/** What waits on both sides of a pair, best prices first. */
export const OrderBookBody = z.object({
  t: z.string(),
  b: z.array(z.object({ p: z.number(), s: z.number() })),
  a: z.array(z.object({ p: z.number(), s: z.number() })),
})
export type OrderBookBody = z.infer<typeof OrderBookBody>
export const LatestOrderBooksBody = z.object({ orderbooks: bySymbol(OrderBookBody) })

const nextPage = { next_page_token: z.string().nullable() }
export const BarsBody = z.object({ bars: bySymbol(z.array(BarBody)), ...nextPage })
export const QuotesBody = z.object({ quotes: bySymbol(z.array(QuoteBody)), ...nextPage })
export const TradesBody = z.object({ trades: bySymbol(z.array(TradeBody)), ...nextPage })

/** Answers about one symbol name it. */
const symbol = { symbol: z.string() }
export const SymbolQuoteBody = z.object({ ...symbol, quote: QuoteBody })
export const SymbolTradeBody = z.object({ ...symbol, trade: TradeBody })
export const SymbolBarBody = z.object({ ...symbol, bar: BarBody })
export const SymbolSnapshotBody = SnapshotBody.extend(symbol)
export const SymbolBarsBody = z.object({ ...symbol, bars: z.array(BarBody), ...nextPage })
export const SymbolQuotesBody = z.object({ ...symbol, quotes: z.array(QuoteBody), ...nextPage })
export const SymbolTradesBody = z.object({ ...symbol, trades: z.array(TradeBody), ...nextPage })

export const MoverBody = z.object({
  symbol: z.string(),
  percent_change: z.number(),
  change: z.number(),
  price: z.number(),
})
export type MoverBody = z.infer<typeof MoverBody>

export const MoversBody = z.object({
  gainers: z.array(MoverBody),
  losers: z.array(MoverBody),
  market_type: z.enum(['stocks', 'crypto']),
  last_updated: z.string(),
})

export const MostActivesBody = z.object({
  most_actives: z.array(z.object({ symbol: z.string(), volume: z.number(), trade_count: z.number() })),
  last_updated: z.string(),
})

/** What one-letter codes stand for. */
export const CodesBody = z.record(z.string(), z.string())
export const ConditionCodesPath = z.object({ ticktype: z.enum(['trade', 'quote']) })
export const ConditionCodesQuery = z.object({ tape: z.enum(['A', 'B', 'C']).optional() })

/** There is no news about a simulated market, so the list has always been empty. */
export const NewsBody = z.object({ news: z.array(z.never()), ...nextPage })

export const CryptoLocation = z.enum(['us', 'us-1', 'us-2', 'eu-1', 'bs-1'])

/** Prices are in dollars only. */
const currency = z
  .string()
  .toUpperCase()
  .pipe(z.literal('USD', { error: 'must be USD' }))
  .optional()

/** `delayed_sip` shows what was the latest fifteen minutes ago; the other feeds are one and the same. */
export const LatestFeed = z.enum(['iex', 'sip', 'delayed_sip', 'otc', 'boats', 'overnight'])

/** What the routes of stocks take besides their symbols. */
export const LatestQuery = z.object({ feed: LatestFeed.optional(), currency })
export type LatestQuery = z.infer<typeof LatestQuery>
export const SymbolsQuery = z.object({ symbols: listParam(line(50)) })
export const LatestOfSymbolsQuery = LatestQuery.extend(SymbolsQuery.shape)

/** One to 59 minutes, one to 23 hours, a day, a week, or a number of months that divides a year. */
export const TimeframeName = z
  .string()
  .regex(
    /^(?:(?:[1-9]|[1-5]\d)(?:Min|T)|(?:[1-9]|1\d|2[0-3])(?:Hour|H)|1(?:Day|D|Week|W)|(?:[12346]|12)(?:Month|M))$/,
    'must be a timeframe such as 5Min, 1Hour, 1Day, 1Week or 3Month',
  )
  .meta({ examples: ['1Day'] })

/** Which part of a history, of coins as of stocks. */
export const HistoryRangeQuery = z.object({
  start: MomentParam.optional(),
  end: MomentParam.optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
  page_token: line(200).optional(),
  sort: z.enum(['asc', 'desc']).default('asc'),
})
export type HistoryRangeQuery = z.infer<typeof HistoryRangeQuery>

export const StockHistoryQuery = HistoryRangeQuery.extend({
  feed: z.enum(['iex', 'sip', 'otc', 'boats']).optional(),
  currency,
  /** As of which day symbols are meant; `-` for none. No symbol of the simulated market has had another. */
  asof: z.union([PlainDate, z.literal('-')]).optional(),
})

export const CryptoBarsQuery = HistoryRangeQuery.extend({ timeframe: TimeframeName.default('1Min') })

export const StockBarsQuery = StockHistoryQuery.extend({
  timeframe: TimeframeName.default('1Min'),
  /** `split` shows the past in the shares of today, `dividend` takes what was paid out since, `all` does both. */
  adjustment: listParam(z.enum(['raw', 'split', 'dividend', 'spin-off', 'all'])).optional(),
})
export type StockBarsQuery = z.infer<typeof StockBarsQuery>

export const MoversQuery = z.object({ top: z.coerce.number().int().min(1).max(50).default(10) })
export const MostActivesQuery = z.object({
  by: z.enum(['volume', 'trades']).default('volume'),
  top: z.coerce.number().int().min(1).max(100).default(10),
})

export const NewsQuery = z.object({ limit: z.coerce.number().int().min(1).max(50).default(10) })

/** What a client may say on the data stream; which channels there are depends on its feed. */
const symbolList = z.array(z.string().regex(/^[A-Za-z0-9./*-]{1,20}$/)).optional()
const streamChannels = {
  trades: symbolList,
  quotes: symbolList,
  orderbooks: symbolList,
  bars: symbolList,
  updatedBars: symbolList,
  dailyBars: symbolList,
  statuses: symbolList,
  lulds: symbolList,
  imbalances: symbolList,
  news: symbolList,
}
export const StreamRequest = z.discriminatedUnion('action', [
  z.object({ action: z.literal('auth'), key: z.string().max(200), secret: z.string().max(4_096) }),
  z.object({ action: z.literal('subscribe'), ...streamChannels }),
  z.object({ action: z.literal('unsubscribe'), ...streamChannels }),
])
export type StreamRequest = z.infer<typeof StreamRequest>
