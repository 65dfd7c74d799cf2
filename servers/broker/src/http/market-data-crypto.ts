import {
  BarsBody,
  CryptoBarsQuery,
  CryptoLocation,
  CryptoSnapshotsBody,
  HistoryRangeQuery,
  LatestBarsBody,
  LatestOrderBooksBody,
  LatestQuotesBody,
  LatestTradesBody,
  QuotesBody,
  SymbolsQuery,
  TradesBody,
} from '@paddock/broker-wire'
import { z } from 'zod'
import { assetsOf, latestOf, mapAssets, readBars, readQuotes, readTrades } from './market-data-answers.ts'
import { describe } from './market-data-route.ts'
import type { BrokerRoutes } from './routes.ts'

/** Pairs of coins. All locations show the same market, and to everybody: the vendor's client sends no keys here. */
export const cryptoRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, isOpen: true }
  })
  const params = z.object({ loc: CryptoLocation })
  const { symbols } = SymbolsQuery.shape
  const barsQuery = CryptoBarsQuery.extend({ symbols })
  const ticksQuery = HistoryRangeQuery.extend({ symbols })

  app.get(
    '/v1beta3/crypto/:loc/latest/quotes',
    {
      schema: {
        ...describe('Get the latest quotes of several pairs', SymbolsQuery, LatestQuotesBody),
        params,
      },
    },
    async ({ query }) => ({ quotes: mapAssets(query.symbols, 'crypto', latestOf(ctx).quote) }),
  )
  app.get(
    '/v1beta3/crypto/:loc/latest/trades',
    {
      schema: {
        ...describe('Get the latest trades of several pairs', SymbolsQuery, LatestTradesBody),
        params,
      },
    },
    async ({ query }) => ({ trades: mapAssets(query.symbols, 'crypto', latestOf(ctx).trade) }),
  )
  app.get(
    '/v1beta3/crypto/:loc/latest/bars',
    {
      schema: {
        ...describe('Get the latest minute bars of several pairs', SymbolsQuery, LatestBarsBody),
        params,
      },
    },
    async ({ query }) => ({ bars: mapAssets(query.symbols, 'crypto', latestOf(ctx).bar) }),
  )
  app.get(
    '/v1beta3/crypto/:loc/latest/orderbooks',
    {
      schema: {
        ...describe('Get the latest order books of several pairs', SymbolsQuery, LatestOrderBooksBody),
        params,
      },
    },
    async ({ query }) => ({ orderbooks: mapAssets(query.symbols, 'crypto', latestOf(ctx).orderBook) }),
  )
  app.get(
    '/v1beta3/crypto/:loc/snapshots',
    { schema: { ...describe('Get snapshots of several pairs', SymbolsQuery, CryptoSnapshotsBody), params } },
    async ({ query }) => ({ snapshots: mapAssets(query.symbols, 'crypto', latestOf(ctx).snapshot) }),
  )
  app.get(
    '/v1beta3/crypto/:loc/bars',
    { schema: { ...describe('List bars of several pairs', barsQuery, BarsBody), params } },
    async ({ query }) => {
      const { rows, next_page_token } = await readBars(ctx, assetsOf(query.symbols, 'crypto'), query)
      return { bars: rows, next_page_token }
    },
  )
  app.get(
    '/v1beta3/crypto/:loc/quotes',
    { schema: { ...describe('List quotes of several pairs', ticksQuery, QuotesBody), params } },
    async ({ query }) => {
      const { rows, next_page_token } = await readQuotes(ctx, assetsOf(query.symbols, 'crypto'), query)
      return { quotes: rows, next_page_token }
    },
  )
  app.get(
    '/v1beta3/crypto/:loc/trades',
    { schema: { ...describe('List trades of several pairs', ticksQuery, TradesBody), params } },
    async ({ query }) => {
      const { rows, next_page_token } = await readTrades(ctx, assetsOf(query.symbols, 'crypto'), query)
      return { trades: rows, next_page_token }
    },
  )
}
