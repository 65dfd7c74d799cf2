import { assert } from '@paddock/kernel'
import { type PriceMicro, parsePrice } from '@paddock/money'
import { type AssetId, assetIdOf } from './asset-id.ts'
import type { CryptoRow, EquityRow, Exchange, Volatility } from './asset-row.ts'
import { cryptoPairs } from './crypto-pairs.ts'
import { usEquities } from './us-equities.ts'

export type AssetClass = 'us_equity' | 'crypto'

/** Something that can be held. Active but not tradable means that it may only be sold. */
export interface Asset {
  readonly id: AssetId
  readonly symbol: string
  readonly name: string
  readonly assetClass: AssetClass
  readonly exchange: Exchange
  readonly status: 'active' | 'inactive'
  readonly tradable: boolean
  readonly fractionable: boolean
  readonly attributes: readonly string[]
  readonly referencePriceMicro: PriceMicro
  readonly volatility: Volatility
}

/** Every asset, equities first, each class in order of symbol. */
export const assets: readonly Asset[] = [
  ...usEquities.map(toEquity).sort(bySymbol),
  ...cryptoPairs.map(toCryptoPair).sort(bySymbol),
]

const assetsByKey = new Map<string, Asset>(
  assets.flatMap((asset) => [
    [asset.id, asset],
    [asset.symbol, asset],
    [symbolWithoutSlash(asset.symbol), asset],
  ]),
)

/** Finds an asset by symbol or id. A pair is also known without its slash: `BTCUSD`. */
export function findAsset(symbolOrId: string): Asset | undefined {
  return assetsByKey.get(symbolOrId) ?? assetsByKey.get(symbolOrId.toLowerCase())
}

/** The asset of a row that was written when it existed. */
export function getAsset(symbol: string): Asset {
  const asset = assetsByKey.get(symbol)
  assert(asset !== undefined, `no asset ${symbol}`)
  return asset
}

/** How the vendor writes pairs where a position is meant: `BTCUSD`. */
export function symbolWithoutSlash(symbol: string): string {
  return symbol.replace('/', '')
}

function toEquity([symbol, name, exchange, reference, volatility = 'normal', restriction]: EquityRow): Asset {
  const fractionable = restriction !== 'whole_shares_only'
  return {
    id: assetIdOf(symbol),
    symbol,
    name,
    assetClass: 'us_equity',
    exchange,
    status: restriction === 'inactive' ? 'inactive' : 'active',
    tradable: restriction === undefined || restriction === 'whole_shares_only',
    fractionable,
    attributes: fractionable && restriction === undefined ? ['fractional_eh_enabled'] : [],
    referencePriceMicro: readReference(reference),
    volatility,
  }
}

function toCryptoPair([symbol, name, reference]: CryptoRow): Asset {
  return {
    id: assetIdOf(symbol),
    symbol,
    name,
    assetClass: 'crypto',
    exchange: 'CRYPTO',
    status: 'active',
    tradable: true,
    fractionable: true,
    attributes: [],
    referencePriceMicro: readReference(reference),
    volatility: 'wild',
  }
}

function readReference(text: string): PriceMicro {
  const priceMicro = parsePrice(text)
  assert(priceMicro !== undefined && priceMicro > 0n, `bad reference price ${text}`)
  return priceMicro
}

function bySymbol(a: Asset, b: Asset): number {
  return a.symbol < b.symbol ? -1 : 1
}
