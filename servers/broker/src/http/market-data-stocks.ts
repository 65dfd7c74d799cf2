import {
  BarsBody,
  LatestBarsBody,
  LatestOfSymbolsQuery,
  LatestQuotesBody,
  LatestTradesBody,
  QuotesBody,
  StockBarsQuery,
  StockHistoryQuery,
  StockSnapshotsBody,
  SymbolsQuery,
  TradesBody,
} from '@paddock/broker-wire'
import { assetsOf, latestOf, mapAssets, readBars, readQuotes, readTrades } from './market-data-answers.ts'
import { describe } from './market-data-route.ts'
import type { BrokerRoutes } from './routes.ts'

/** Several stocks at once: answers are maps from symbol. */
export const stocksRoutes: BrokerRoutes = async (app, { ctx }) => {
  const { symbols } = SymbolsQuery.shape
  const barsQuery = StockBarsQuery.extend({ symbols })
  const ticksQuery = StockHistoryQuery.extend({ symbols })

  app.get(
    '/v2/stocks/quotes/latest',
    { schema: describe('Get the latest quotes of several stocks', LatestOfSymbolsQuery, LatestQuotesBody) },
    async ({ query }) => ({
      quotes: mapAssets(query.symbols, 'us_equity', latestOf(ctx, query.feed).quote),
    }),
  )
  app.get(
    '/v2/stocks/trades/latest',
    { schema: describe('Get the latest trades of several stocks', LatestOfSymbolsQuery, LatestTradesBody) },
    async ({ query }) => ({
      trades: mapAssets(query.symbols, 'us_equity', latestOf(ctx, query.feed).trade),
    }),
  )
  app.get(
    '/v2/stocks/bars/latest',
    {
      schema: describe('Get the latest minute bars of several stocks', LatestOfSymbolsQuery, LatestBarsBody),
    },
    async ({ query }) => ({ bars: mapAssets(query.symbols, 'us_equity', latestOf(ctx, query.feed).bar) }),
  )
  app.get(
    '/v2/stocks/snapshots',
    { schema: describe('Get snapshots of several stocks', LatestOfSymbolsQuery, StockSnapshotsBody) },
    async ({ query }) => mapAssets(query.symbols, 'us_equity', latestOf(ctx, query.feed).snapshot),
  )
  app.get(
    '/v2/stocks/bars',
    { schema: describe('List bars of several stocks', barsQuery, BarsBody) },
    async ({ query }) => {
      const { rows, next_page_token } = await readBars(ctx, assetsOf(query.symbols, 'us_equity'), query)
      return { bars: rows, next_page_token }
    },
  )
  app.get(
    '/v2/stocks/quotes',
    { schema: describe('List quotes of several stocks', ticksQuery, QuotesBody) },
    async ({ query }) => {
      const { rows, next_page_token } = await readQuotes(ctx, assetsOf(query.symbols, 'us_equity'), query)
      return { quotes: rows, next_page_token }
    },
  )
  app.get(
    '/v2/stocks/trades',
    { schema: describe('List trades of several stocks', ticksQuery, TradesBody) },
    async ({ query }) => {
      const { rows, next_page_token } = await readTrades(ctx, assetsOf(query.symbols, 'us_equity'), query)
      return { trades: rows, next_page_token }
    },
  )
}
