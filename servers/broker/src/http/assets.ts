import { AssetBody, ListAssetsQuery } from '@paddock/broker-wire'
import { z } from 'zod'
import { type Asset, assets, findAsset } from '../assets/asset.ts'
import type { BrokerRoutes } from './routes.ts'
import { WireRefused } from './wire-error.ts'

/** What can be traded (contracts/alpaca/assets.md). */
export const assetRoutes: BrokerRoutes = async (app) => {
  app.get(
    '/v1/assets',
    { schema: { querystring: ListAssetsQuery, response: { 200: z.array(AssetBody) } } },
    async ({ query }) => assets.filter((asset) => matches(asset, query)).map(presentAsset),
  )

  // The rest of the path, because pairs arrive with their slash: `/v1/assets/BTC/USD`.
  app.get(
    '/v1/assets/*',
    { schema: { params: z.object({ '*': z.string() }), response: { 200: AssetBody } } },
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

const ONE_DOLLAR_MICRO = 1_000_000n

/** Accounts are cash accounts: nothing is bought on margin or sold short, and the asset says so. */
function presentAsset(asset: Asset): AssetBody {
  return {
    id: asset.id,
    class: asset.assetClass,
    exchange: asset.exchange,
    symbol: asset.symbol,
    name: asset.name,
    status: asset.status,
    tradable: asset.tradable,
    marginable: false,
    shortable: false,
    easy_to_borrow: false,
    fractionable: asset.fractionable,
    maintenance_margin_requirement: 100,
    margin_requirement_long: '100',
    margin_requirement_short: '100',
    attributes: [...asset.attributes],
    ...(asset.assetClass === 'crypto' && {
      min_order_size: '0.000000001',
      min_trade_increment: '0.000000001',
      price_increment: asset.referencePriceMicro < ONE_DOLLAR_MICRO ? '0.0001' : '0.01',
    }),
  }
}
