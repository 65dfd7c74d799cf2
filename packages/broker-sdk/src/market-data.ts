import type {
  BarBody,
  MoverBody,
  OrderBookBody,
  QuoteBody,
  SnapshotBody,
  TradeBody,
} from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, Query, Transport } from './transport.ts'

export type Quote = Open<QuoteBody>
export type Trade = Open<TradeBody>
export type Snapshot = Open<SnapshotBody>
export type Bar = Open<BarBody>
export type OrderBook = Open<OrderBookBody>
export type Mover = Open<MoverBody>

export type HistoryRequest = {
  symbols: readonly string[]
  start?: string
  end?: string
  /** Rows in all, over all symbols: 1 to 10,000. */
  limit?: number
  page_token?: string
  sort?: 'asc' | 'desc'
}
export type BarsRequest = HistoryRequest & {
  /** Such as `5Min`, `1Hour`, `1Day`, `1Week` or `3Month`. */
  timeframe: string
  /** Of stocks: `raw` (the default), `split`, `dividend`, `all`, or some of them with commas between. */
  adjustment?: string
}

type BySymbol<Row> = Record<string, Row>
type Page = { next_page_token: string | null }
export type BarsPage = Page & { bars: BySymbol<Bar[]> }
export type QuotesPage = Page & { quotes: BySymbol<Quote[]> }
export type TradesPage = Page & { trades: BySymbol<Trade[]> }

/** Prices of stocks and of crypto pairs: the same calls with the same answers. */
export interface PriceCalls {
  latestQuotes(symbols: readonly string[], options?: CallOptions): Promise<BySymbol<Quote>>
  latestTrades(symbols: readonly string[], options?: CallOptions): Promise<BySymbol<Trade>>
  latestBars(symbols: readonly string[], options?: CallOptions): Promise<BySymbol<Bar>>
  snapshots(symbols: readonly string[], options?: CallOptions): Promise<BySymbol<Snapshot>>
  bars(request: BarsRequest, options?: CallOptions): Promise<BarsPage>
  quotes(request: HistoryRequest, options?: CallOptions): Promise<QuotesPage>
  trades(request: HistoryRequest, options?: CallOptions): Promise<TradesPage>
}

export interface CryptoCalls extends PriceCalls {
  latestOrderBooks(symbols: readonly string[], options?: CallOptions): Promise<BySymbol<OrderBook>>
}

export interface ScreenerCalls {
  movers(
    market: 'stocks' | 'crypto',
    top?: number,
    options?: CallOptions,
  ): Promise<{ gainers: Mover[]; losers: Mover[] }>
}

export interface MarketDataCalls {
  stocks: PriceCalls
  crypto: CryptoCalls
  screener: ScreenerCalls
}

type Get = <Answer>(path: string, query: Query, options?: CallOptions) => Promise<Answer>

export function marketDataCalls({ call }: Transport): MarketDataCalls {
  const getFrom =
    (base: string): Get =>
    (path, query, options) =>
      call({ method: 'GET', host: 'data', path: `${base}/${path}`, query, options })
  return {
    stocks: stockCalls(getFrom('/v2/stocks')),
    crypto: cryptoCalls(getFrom('/v1beta3/crypto/us')),
    screener: screenerCalls(getFrom('/v1beta1/screener')),
  }
}

function stockCalls(get: Get): PriceCalls {
  return {
    ...historyCalls(get),
    latestQuotes: async (symbols, options) =>
      (await get<{ quotes: BySymbol<Quote> }>('quotes/latest', { symbols }, options)).quotes,
    latestTrades: async (symbols, options) =>
      (await get<{ trades: BySymbol<Trade> }>('trades/latest', { symbols }, options)).trades,
    latestBars: async (symbols, options) =>
      (await get<{ bars: BySymbol<Bar> }>('bars/latest', { symbols }, options)).bars,
    // The one answer without a wrapper.
    snapshots: (symbols, options) => get<BySymbol<Snapshot>>('snapshots', { symbols }, options),
  }
}

function cryptoCalls(get: Get): CryptoCalls {
  return {
    ...historyCalls(get),
    latestQuotes: async (symbols, options) =>
      (await get<{ quotes: BySymbol<Quote> }>('latest/quotes', { symbols }, options)).quotes,
    latestTrades: async (symbols, options) =>
      (await get<{ trades: BySymbol<Trade> }>('latest/trades', { symbols }, options)).trades,
    latestBars: async (symbols, options) =>
      (await get<{ bars: BySymbol<Bar> }>('latest/bars', { symbols }, options)).bars,
    latestOrderBooks: async (symbols, options) =>
      (await get<{ orderbooks: BySymbol<OrderBook> }>('latest/orderbooks', { symbols }, options)).orderbooks,
    snapshots: async (symbols, options) =>
      (await get<{ snapshots: BySymbol<Snapshot> }>('snapshots', { symbols }, options)).snapshots,
  }
}

function historyCalls(get: Get): Pick<PriceCalls, 'bars' | 'quotes' | 'trades'> {
  return {
    bars: (request, options) => get<BarsPage>('bars', request, options),
    quotes: (request, options) => get<QuotesPage>('quotes', request, options),
    trades: (request, options) => get<TradesPage>('trades', request, options),
  }
}

function screenerCalls(get: Get): ScreenerCalls {
  return {
    movers: (market, top, options) =>
      get<{ gainers: Mover[]; losers: Mover[] }>(`${market}/movers`, { top }, options),
  }
}
