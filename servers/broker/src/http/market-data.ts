import { refreshMarket } from '../corporate-actions/corporate-action-store.ts'
import { codeRoutes } from './market-data-codes.ts'
import { cryptoRoutes } from './market-data-crypto.ts'
import { oneStockRoutes } from './market-data-one-stock.ts'
import { screenerRoutes } from './market-data-screener.ts'
import { stocksRoutes } from './market-data-stocks.ts'
import type { BrokerRoutes } from './routes.ts'

/** Market data for equities and crypto; prices are JSON numbers (contracts/alpaca/market-data.md). */
export const marketDataRoutes: BrokerRoutes = async (app, { ctx }) => {
  // Prices depend on splits, which another process may have heard of.
  app.addHook('preHandler', () => refreshMarket(ctx.db, ctx.config))
  await app.register(stocksRoutes, { ctx })
  await app.register(oneStockRoutes, { ctx })
  await app.register(cryptoRoutes, { ctx })
  await app.register(screenerRoutes, { ctx })
  await app.register(codeRoutes, { ctx })
}
