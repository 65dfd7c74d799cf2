import {
  LatestQuery,
  StockBarsQuery,
  StockHistoryQuery,
  SymbolBarBody,
  SymbolBarsBody,
  SymbolQuoteBody,
  SymbolQuotesBody,
  SymbolSnapshotBody,
  SymbolTradeBody,
  SymbolTradesBody,
} from '@paddock/broker-wire'
import { z } from 'zod'
import { getAssetOf, latestOf, readBars, readQuotes, readTrades } from './market-data-answers.ts'
import { describe } from './market-data-route.ts'
import type { BrokerRoutes } from './routes.ts'

/** One stock, named in the path and in the answer. */
export const oneStockRoutes: BrokerRoutes = async (app, { ctx }) => {
  const params = z.object({ symbol: z.string().transform((symbol) => getAssetOf('us_equity', symbol)) })

  app.get(
    '/v2/stocks/:symbol/quotes/latest',
    { schema: { ...describe('Get the latest quote of a stock', LatestQuery, SymbolQuoteBody), params } },
    async ({ params: { symbol: asset }, query }) => ({
      symbol: asset.symbol,
      quote: latestOf(ctx, query.feed).quote(asset),
    }),
  )
  app.get(
    '/v2/stocks/:symbol/trades/latest',
    { schema: { ...describe('Get the latest trade of a stock', LatestQuery, SymbolTradeBody), params } },
    async ({ params: { symbol: asset }, query }) => ({
      symbol: asset.symbol,
      trade: latestOf(ctx, query.feed).trade(asset),
    }),
  )
  app.get(
    '/v2/stocks/:symbol/bars/latest',
    { schema: { ...describe('Get the latest minute bar of a stock', LatestQuery, SymbolBarBody), params } },
    async ({ params: { symbol: asset }, query }) => ({
      symbol: asset.symbol,
      bar: latestOf(ctx, query.feed).bar(asset),
    }),
  )
  app.get(
    '/v2/stocks/:symbol/snapshot',
    { schema: { ...describe('Get a snapshot of a stock', LatestQuery, SymbolSnapshotBody), params } },
    async ({ params: { symbol: asset }, query }) => ({
      symbol: asset.symbol,
      ...latestOf(ctx, query.feed).snapshot(asset),
    }),
  )
  app.get(
    '/v2/stocks/:symbol/bars',
    { schema: { ...describe('List bars of a stock', StockBarsQuery, SymbolBarsBody), params } },
    async ({ params: { symbol: asset }, query }) => {
      const { rows, next_page_token } = await readBars(ctx, [asset], query)
      return { symbol: asset.symbol, bars: rows[asset.symbol] ?? [], next_page_token }
    },
  )
  app.get(
    '/v2/stocks/:symbol/quotes',
    { schema: { ...describe('List quotes of a stock', StockHistoryQuery, SymbolQuotesBody), params } },
    async ({ params: { symbol: asset }, query }) => {
      const { rows, next_page_token } = await readQuotes(ctx, [asset], query)
      return { symbol: asset.symbol, quotes: rows[asset.symbol] ?? [], next_page_token }
    },
  )
  app.get(
    '/v2/stocks/:symbol/trades',
    { schema: { ...describe('List trades of a stock', StockHistoryQuery, SymbolTradesBody), params } },
    async ({ params: { symbol: asset }, query }) => {
      const { rows, next_page_token } = await readTrades(ctx, [asset], query)
      return { symbol: asset.symbol, trades: rows[asset.symbol] ?? [], next_page_token }
    },
  )
}
