import { AssetBody, EntryRequirementBody, ListAssetsQuery, SymbolsQuery } from '@paddock/broker-wire'
import { z } from 'zod'
import { type Asset, assets, findAsset } from '../assets/asset.ts'
import { presentAsset } from '../assets/present-asset.ts'
import type { BrokerRoutes } from './routes.ts'
import { WireRefused } from './wire-error.ts'

const tags = ['Market']
const MOST_SYMBOLS = 500

/** What can be traded (contracts/alpaca/assets.md). */
export const assetRoutes: BrokerRoutes = async (app) => {
  app.get(
    '/v1/assets',
    {
      schema: {
        summary: 'List assets',
        tags,
        querystring: ListAssetsQuery,
        response: { 200: z.array(AssetBody) },
      },
    },
    async ({ query }) => assets.filter((asset) => matches(asset, query)).map(presentAsset),
  )

  app.get(
    '/v1/assets/entry-requirements',
    {
      schema: {
        summary: 'Get what must be paid at once for assets',
        tags,
        querystring: SymbolsQuery,
        response: { 200: z.array(EntryRequirementBody) },
      },
    },
    async ({ query: { symbols } }) => {
      if (symbols.length === 0) throw new WireRefused(422, 40010001, 'symbols is required')
      if (symbols.length > MOST_SYMBOLS) {
        throw new WireRefused(422, 40010001, `at most ${MOST_SYMBOLS} symbols are accepted`)
      }
      const found = new Set(symbols.map(findAsset).filter((asset) => asset !== undefined))
      // Accounts here are cash accounts: all of it, and nothing is sold short.
      return [...found].map(({ symbol }) => ({ symbol, regt_long: '100', regt_short: '100' }))
    },
  )

  // The rest of the path, because pairs arrive with their slash: `/v1/assets/BTC/USD`.
  app.get(
    '/v1/assets/*',
    {
      schema: {
        summary: 'Get an asset by symbol or id',
        tags,
        params: z.object({ '*': z.string() }),
        response: { 200: AssetBody },
      },
    },
    async ({ params }) => {
      const asset = findAsset(params['*'])
      if (asset === undefined) throw new WireRefused(404, 40410000, `asset not found for ${params['*']}`)
      return presentAsset(asset)
    },
  )
}

function matches(asset: Asset, query: ListAssetsQuery): boolean {
  const { status, asset_class, attributes, exchange } = query
  if (asset.assetClass !== asset_class) return false
  if (status !== 'all' && asset.status !== status) return false
  if (exchange !== undefined && asset.exchange !== exchange) return false
  return attributes === undefined || attributes.some((attribute) => asset.attributes.includes(attribute))
}
