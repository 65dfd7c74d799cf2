import { AssetDetail, Assets, BarRange, Bars, WorldTime } from '@paddock/platform-wire'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PlatformContext } from '../context.ts'
import { readBars } from '../market/bars.ts'
import { readAsset, searchAssets } from '../market/search-assets.ts'

const AssetsQuery = z.object({
  query: z.string().max(60).default(''),
  asset_class: z.enum(['us_equity', 'crypto']).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

const SymbolPath = z.object({ symbol: z.string().min(1).max(20) })

export const marketRoutes: FastifyPluginAsyncZod<{ ctx: PlatformContext }> = async (app, { ctx }) => {
  app.get(
    '/api/assets',
    { schema: { querystring: AssetsQuery, response: { 200: Assets } } },
    async ({ query: { query, asset_class: assetClass, limit } }) => ({
      assets: await searchAssets(ctx, { query, assetClass, limit }),
    }),
  )

  app.get(
    '/api/assets/:symbol',
    { schema: { params: SymbolPath, response: { 200: AssetDetail } } },
    async ({ params }) => readAsset(ctx, params.symbol),
  )

  app.get(
    '/api/assets/:symbol/bars',
    {
      schema: {
        params: SymbolPath,
        querystring: z.object({ range: BarRange.default('1D') }),
        response: { 200: Bars },
      },
    },
    async ({ params, query }) => readBars(ctx, params.symbol, query.range),
  )

  app.get('/api/clock', { schema: { response: { 200: WorldTime } } }, async () => {
    const { timestamp, is_open, next_open, next_close } = await ctx.broker.clock.get()
    return { now: timestamp, market_open: is_open, next_open, next_close }
  })
}
