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
import { refreshSplits } from '../corporate-actions/corporate-action-store.ts'
import { getAssetOf, latestOf, mapAssets, readHistory } from './market-data-answers.ts'
import type { BrokerRoutes } from './routes.ts'

/** Market data for equities and crypto; prices are JSON numbers (contracts/alpaca/market-data.md). */
export const marketDataRoutes: BrokerRoutes = async (app, { ctx }) => {
  // Prices depend on splits, which another process may have heard of.
  app.addHook('preHandler', () => refreshSplits(ctx.db, ctx.config))
  await app.register(stocksRoutes, { ctx })
  await app.register(oneStockRoutes, { ctx })
  await app.register(cryptoRoutes, { ctx })
}

const stocksRoutes: BrokerRoutes = async (app, { ctx }) => {
  const read = latestOf(ctx)
  const querystring = SymbolsQuery

  app.get(
    '/v2/stocks/quotes/latest',
    {
      schema: {
        summary: 'Get the latest quotes of several stocks',
        tags: ['Market'],
        querystring,
        response: { 200: LatestQuotesBody },
      },
    },
    async ({ query }) => ({ quotes: mapAssets(query.symbols, 'us_equity', read.quote) }),
  )
  app.get(
    '/v2/stocks/trades/latest',
    {
      schema: {
        summary: 'Get the latest trades of several stocks',
        tags: ['Market'],
        querystring,
        response: { 200: LatestTradesBody },
      },
    },
    async ({ query }) => ({ trades: mapAssets(query.symbols, 'us_equity', read.trade) }),
  )
  app.get(
    '/v2/stocks/bars/latest',
    {
      schema: {
        summary: 'Get the latest minute bars of several stocks',
        tags: ['Market'],
        querystring,
        response: { 200: LatestBarsBody },
      },
    },
    async ({ query }) => ({ bars: mapAssets(query.symbols, 'us_equity', read.bar) }),
  )
  app.get(
    '/v2/stocks/snapshots',
    {
      schema: {
        summary: 'Get snapshots of several stocks',
        tags: ['Market'],
        querystring,
        response: { 200: StockSnapshotsBody },
      },
    },
    async ({ query }) => mapAssets(query.symbols, 'us_equity', read.snapshot),
  )
  app.get(
    '/v2/stocks/bars',
    {
      schema: {
        summary: 'List bars of several stocks',
        tags: ['Market'],
        querystring: BarsQuery,
        response: { 200: BarsBody },
      },
    },
    async ({ query }) => readHistory(ctx, 'us_equity', query),
  )
}

const oneStockRoutes: BrokerRoutes = async (app, { ctx }) => {
  const read = latestOf(ctx)
  const params = z.object({ symbol: z.string().transform((symbol) => getAssetOf('us_equity', symbol)) })

  app.get(
    '/v2/stocks/:symbol/quotes/latest',
    {
      schema: {
        summary: 'Get the latest quote of a stock',
        tags: ['Market'],
        params,
        response: { 200: SymbolQuoteBody },
      },
    },
    async ({ params: { symbol: asset } }) => ({ symbol: asset.symbol, quote: read.quote(asset) }),
  )
  app.get(
    '/v2/stocks/:symbol/trades/latest',
    {
      schema: {
        summary: 'Get the latest trade of a stock',
        tags: ['Market'],
        params,
        response: { 200: SymbolTradeBody },
      },
    },
    async ({ params: { symbol: asset } }) => ({ symbol: asset.symbol, trade: read.trade(asset) }),
  )
  app.get(
    '/v2/stocks/:symbol/bars/latest',
    {
      schema: {
        summary: 'Get the latest minute bar of a stock',
        tags: ['Market'],
        params,
        response: { 200: SymbolBarBody },
      },
    },
    async ({ params: { symbol: asset } }) => ({ symbol: asset.symbol, bar: read.bar(asset) }),
  )
  app.get(
    '/v2/stocks/:symbol/snapshot',
    {
      schema: {
        summary: 'Get a snapshot of a stock',
        tags: ['Market'],
        params,
        response: { 200: SymbolSnapshotBody },
      },
    },
    async ({ params: { symbol: asset } }) => ({ symbol: asset.symbol, ...read.snapshot(asset) }),
  )
  app.get(
    '/v2/stocks/:symbol/bars',
    {
      schema: {
        summary: 'List bars of a stock',
        tags: ['Market'],
        params,
        querystring: BarsPageQuery,
        response: { 200: SymbolBarsBody },
      },
    },
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
    {
      schema: {
        summary: 'Get the latest quotes of several pairs',
        tags: ['Market'],
        params,
        querystring,
        response: { 200: LatestQuotesBody },
      },
    },
    async ({ query }) => ({ quotes: mapAssets(query.symbols, 'crypto', read.quote) }),
  )
  app.get(
    '/v1beta3/crypto/:loc/latest/trades',
    {
      schema: {
        summary: 'Get the latest trades of several pairs',
        tags: ['Market'],
        params,
        querystring,
        response: { 200: LatestTradesBody },
      },
    },
    async ({ query }) => ({ trades: mapAssets(query.symbols, 'crypto', read.trade) }),
  )
  app.get(
    '/v1beta3/crypto/:loc/latest/bars',
    {
      schema: {
        summary: 'Get the latest minute bars of several pairs',
        tags: ['Market'],
        params,
        querystring,
        response: { 200: LatestBarsBody },
      },
    },
    async ({ query }) => ({ bars: mapAssets(query.symbols, 'crypto', read.bar) }),
  )
  app.get(
    '/v1beta3/crypto/:loc/snapshots',
    {
      schema: {
        summary: 'Get snapshots of several pairs',
        tags: ['Market'],
        params,
        querystring,
        response: { 200: CryptoSnapshotsBody },
      },
    },
    async ({ query }) => ({ snapshots: mapAssets(query.symbols, 'crypto', read.snapshot) }),
  )
  app.get(
    '/v1beta3/crypto/:loc/bars',
    {
      schema: {
        summary: 'List bars of several pairs',
        tags: ['Market'],
        params,
        querystring: BarsQuery,
        response: { 200: BarsBody },
      },
    },
    async ({ query }) => readHistory(ctx, 'crypto', query),
  )
}
