import type { BarBody, QuoteBody, SnapshotBody } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, Transport } from './transport.ts'

export type Quote = Open<QuoteBody>
export type Snapshot = Open<SnapshotBody>
export type Bar = Open<BarBody>
export type BarsRequest = {
  symbols: readonly string[]
  timeframe: string
  start?: string
  end?: string
  /** Bars in all, over all symbols: 1 to 10,000. */
  limit?: number
  page_token?: string
  sort?: 'asc' | 'desc'
}
export type BarsPage = { bars: Record<string, Bar[]>; next_page_token: string | null }

/** Prices of stocks and of crypto pairs: the same calls with the same answers. */
export interface PriceCalls {
  latestQuotes(symbols: readonly string[], options?: CallOptions): Promise<Record<string, Quote>>
  snapshots(symbols: readonly string[], options?: CallOptions): Promise<Record<string, Snapshot>>
  bars(request: BarsRequest, options?: CallOptions): Promise<BarsPage>
}

export function marketDataCalls(transport: Transport): { stocks: PriceCalls; crypto: PriceCalls } {
  return { stocks: stockCalls(transport), crypto: cryptoCalls(transport) }
}

function stockCalls({ call }: Transport): PriceCalls {
  const get = <Answer>(
    path: string,
    query: BarsRequest | { symbols: readonly string[] },
    options?: CallOptions,
  ) => call<Answer>({ method: 'GET', host: 'data', path: `/v2/stocks/${path}`, query, options })
  return {
    latestQuotes: async (symbols, options) =>
      (await get<{ quotes: Record<string, Quote> }>('quotes/latest', { symbols }, options)).quotes,
    // The one answer without a wrapper.
    snapshots: (symbols, options) => get<Record<string, Snapshot>>('snapshots', { symbols }, options),
    bars: (request, options) => get<BarsPage>('bars', request, options),
  }
}

function cryptoCalls({ call }: Transport): PriceCalls {
  const get = <Answer>(
    path: string,
    query: BarsRequest | { symbols: readonly string[] },
    options?: CallOptions,
  ) => call<Answer>({ method: 'GET', host: 'data', path: `/v1beta3/crypto/us/${path}`, query, options })
  return {
    latestQuotes: async (symbols, options) =>
      (await get<{ quotes: Record<string, Quote> }>('latest/quotes', { symbols }, options)).quotes,
    snapshots: async (symbols, options) =>
      (await get<{ snapshots: Record<string, Snapshot> }>('snapshots', { symbols }, options)).snapshots,
    bars: (request, options) => get<BarsPage>('bars', request, options),
  }
}
