import {
  BarsBody,
  BarsPageQuery,
  BarsQuery,
  CryptoSnapshotsBody,
  LatestBarsBody,
  LatestQuotesBody,
  LatestTradesBody,
  StockSnapshotsBody,
  SymbolBarBody,
  SymbolBarsBody,
  SymbolQuoteBody,
  SymbolSnapshotBody,
  SymbolsQuery,
  SymbolTradeBody,
} from '@paddock/broker-wire'
import { z } from 'zod'
import { getAssetOf, latestOf, mapAssets, readHistory } from './market-data-answers.ts'
import type { BrokerRoutes } from './routes.ts'

/** Market data for equities and crypto; prices are JSON numbers (contracts/alpaca/market-data.md). */
export const marketDataRoutes: BrokerRoutes = async (app, { ctx }) => {
  await app.register(stocksRoutes, { ctx })
  await app.register(oneStockRoutes, { ctx })
  await app.register(cryptoRoutes, { ctx })
}

const stocksRoutes: BrokerRoutes = async (app, { ctx }) => {
  const read = latestOf(ctx)
  const querystring = SymbolsQuery

  app.get(
    '/v2/stocks/quotes/latest',
    { schema: { querystring, response: { 200: LatestQuotesBody } } },
    async ({ query }) => ({ quotes: mapAssets(query.symbols, 'us_equity', read.quote) }),
  )
  app.get(
    '/v2/stocks/trades/latest',
    { schema: { querystring, response: { 200: LatestTradesBody } } },
    async ({ query }) => ({ trades: mapAssets(query.symbols, 'us_equity', read.trade) }),
  )
  app.get(
    '/v2/stocks/bars/latest',
    { schema: { querystring, response: { 200: LatestBarsBody } } },
    async ({ query }) => ({ bars: mapAssets(query.symbols, 'us_equity', read.bar) }),
  )
  app.get(
    '/v2/stocks/snapshots',
    { schema: { querystring, response: { 200: StockSnapshotsBody } } },
    async ({ query }) => mapAssets(query.symbols, 'us_equity', read.snapshot),
  )
  app.get(
    '/v2/stocks/bars',
    { schema: { querystring: BarsQuery, response: { 200: BarsBody } } },
    async ({ query }) => readHistory(ctx, 'us_equity', query),
  )
}

const oneStockRoutes: BrokerRoutes = async (app, { ctx }) => {
  const read = latestOf(ctx)
  const params = z.object({ symbol: z.string().transform((symbol) => getAssetOf('us_equity', symbol)) })

  app.get(
    '/v2/stocks/:symbol/quotes/latest',
    { schema: { params, response: { 200: SymbolQuoteBody } } },
    async ({ params: { symbol: asset } }) => ({ symbol: asset.symbol, quote: read.quote(asset) }),
  )
  app.get(
    '/v2/stocks/:symbol/trades/latest',
    { schema: { params, response: { 200: SymbolTradeBody } } },
    async ({ params: { symbol: asset } }) => ({ symbol: asset.symbol, trade: read.trade(asset) }),
  )
  app.get(
    '/v2/stocks/:symbol/bars/latest',
    { schema: { params, response: { 200: SymbolBarBody } } },
    async ({ params: { symbol: asset } }) => ({ symbol: asset.symbol, bar: read.bar(asset) }),
  )
  app.get(
    '/v2/stocks/:symbol/snapshot',
    { schema: { params, response: { 200: SymbolSnapshotBody } } },
    async ({ params: { symbol: asset } }) => ({ symbol: asset.symbol, ...read.snapshot(asset) }),
  )
  app.get(
    '/v2/stocks/:symbol/bars',
    { schema: { params, querystring: BarsPageQuery, response: { 200: SymbolBarsBody } } },
    async ({ params: { symbol: asset }, query }) => {
      const { symbol } = asset
      const { bars, next_page_token } = readHistory(ctx, 'us_equity', { ...query, symbols: [symbol] })
      return { symbol, bars: bars[symbol] ?? [], next_page_token }
    },
  )
}

const cryptoRoutes: BrokerRoutes = async (app, { ctx }) => {
  const read = latestOf(ctx)
  const params = z.object({ loc: z.enum(['us', 'us-1', 'eu-1']) })
  const querystring = SymbolsQuery

  app.get(
    '/v1beta3/crypto/:loc/latest/quotes',
    { schema: { params, querystring, response: { 200: LatestQuotesBody } } },
    async ({ query }) => ({ quotes: mapAssets(query.symbols, 'crypto', read.quote) }),
  )
  app.get(
    '/v1beta3/crypto/:loc/latest/trades',
    { schema: { params, querystring, response: { 200: LatestTradesBody } } },
    async ({ query }) => ({ trades: mapAssets(query.symbols, 'crypto', read.trade) }),
  )
  app.get(
    '/v1beta3/crypto/:loc/latest/bars',
    { schema: { params, querystring, response: { 200: LatestBarsBody } } },
    async ({ query }) => ({ bars: mapAssets(query.symbols, 'crypto', read.bar) }),
  )
  app.get(
    '/v1beta3/crypto/:loc/snapshots',
    { schema: { params, querystring, response: { 200: CryptoSnapshotsBody } } },
    async ({ query }) => ({ snapshots: mapAssets(query.symbols, 'crypto', read.snapshot) }),
  )
  app.get(
    '/v1beta3/crypto/:loc/bars',
    { schema: { params, querystring: BarsQuery, response: { 200: BarsBody } } },
    async ({ query }) => readHistory(ctx, 'crypto', query),
  )
}
