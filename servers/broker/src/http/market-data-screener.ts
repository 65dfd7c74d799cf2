import {
  MostActivesBody,
  MostActivesQuery,
  MoversBody,
  MoversQuery,
  NewsBody,
  NewsQuery,
} from '@paddock/broker-wire'
import { z } from 'zod'
import { mostActiveOf, moversOf } from '../market-data/screener.ts'
import { presentMover, wireSize } from './market-data-body.ts'
import { describe } from './market-data-route.ts'
import type { BrokerRoutes } from './routes.ts'

/** What stands out in the market today, and the news about it, of which there is none. */
export const screenerRoutes: BrokerRoutes = async (app, { ctx }) => {
  const params = z.object({ market_type: z.enum(['stocks', 'crypto']) })

  app.get(
    '/v1beta1/screener/:market_type/movers',
    { schema: { ...describe('List who rose and who fell most today', MoversQuery, MoversBody), params } },
    async ({ params: { market_type }, query }) => {
      const now = ctx.clock.now()
      const assetClass = market_type === 'stocks' ? 'us_equity' : 'crypto'
      const { gainers, losers } = moversOf(ctx.config, assetClass, query.top, now)
      return {
        gainers: gainers.map(presentMover),
        losers: losers.map(presentMover),
        market_type,
        last_updated: now.toString(),
      }
    },
  )
  app.get(
    '/v1beta1/screener/stocks/most-actives',
    { schema: describe('List the most active stocks of today', MostActivesQuery, MostActivesBody) },
    async ({ query }) => {
      const { activities, at } = mostActiveOf(ctx.config, query.by, query.top, ctx.clock.now())
      return {
        most_actives: activities.map(({ asset, today }) => ({
          symbol: asset.symbol,
          volume: wireSize(today.volumeNano),
          trade_count: today.trades,
        })),
        last_updated: at.toString(),
      }
    },
  )
  app.get('/v1beta1/news', { schema: describe('List news', NewsQuery, NewsBody) }, async () => ({
    news: [],
    next_page_token: null,
  }))
}
