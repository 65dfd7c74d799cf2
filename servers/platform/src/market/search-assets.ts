import type { AssetDetail, Assets } from '@paddock/platform-wire'
import { AccountRefused } from '../applications/account-refused.ts'
import type { Asset } from '../broker/client.ts'
import type { PlatformContext } from '../context.ts'
import { readQuotes } from './quotes.ts'

export interface AssetQuery {
  readonly query: string
  readonly assetClass: string | undefined
  readonly limit: number
}

/** Assets whose symbol or name fits, the best fit first, each with its present price. */
export async function searchAssets(
  ctx: PlatformContext,
  { query, assetClass, limit }: AssetQuery,
): Promise<Assets['assets']> {
  const wanted = query.trim().toLowerCase()
  const found = [...(await ctx.assets.all()).values()]
    .filter((asset) => assetClass === undefined || asset.class === assetClass)
    .map((asset) => ({ asset, rank: rankOf(asset, wanted) }))
    .filter(({ rank }) => rank < NO_FIT)
    .sort((a, b) => a.rank - b.rank || (a.asset.symbol < b.asset.symbol ? -1 : 1))
    .slice(0, limit)
    .map(({ asset }) => asset)
  const quotes = await readQuotes(ctx, found)
  return found.map((asset) => ({ ...presentAsset(asset), quote: quotes.get(asset.symbol) ?? null }))
}

export async function readAsset(ctx: PlatformContext, symbol: string): Promise<AssetDetail> {
  const asset = await getAsset(ctx, symbol)
  const quote = (await readQuotes(ctx, [asset])).get(asset.symbol)
  if (quote === undefined) throw new AccountRefused('not_found')
  return { ...presentAsset(asset), quote }
}

export async function getAsset({ assets }: PlatformContext, symbol: string): Promise<Asset> {
  const asset = await assets.find(symbol)
  if (asset === undefined) throw new AccountRefused('not_found')
  return asset
}

const NO_FIT = 5

function rankOf({ symbol, name }: Asset, wanted: string): number {
  const [code, words] = [symbol.toLowerCase(), name.toLowerCase()]
  if (wanted === '' || code === wanted) return 0
  if (code.startsWith(wanted)) return 1
  if (words.startsWith(wanted)) return 2
  if (words.includes(` ${wanted}`)) return 3
  return code.includes(wanted) || words.includes(wanted) ? 4 : NO_FIT
}

function presentAsset(asset: Asset) {
  return {
    symbol: asset.symbol,
    name: asset.name,
    asset_class: asset.class,
    exchange: asset.exchange,
    tradable: asset.tradable,
    fractionable: asset.fractionable,
  }
}
