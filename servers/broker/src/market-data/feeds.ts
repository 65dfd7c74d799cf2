import { type Asset, assets } from '../assets/asset.ts'
import { assetIdOf } from '../assets/asset-id.ts'
import type { Market } from '../market/market.ts'
import { type Channel, cryptoChannels, stockChannels } from './channels.ts'

/** One address of the stream: which market it shows, of which symbols, and what of it. */
export interface Feed {
  readonly market: Market
  readonly assets: ReadonlyMap<string, Asset>
  readonly symbols: readonly string[]
  readonly channels: readonly Channel[]
}

/** The vendor's symbol for trying out clients: it trades day and night, and nobody can hold it. */
const testAsset: Asset = {
  id: assetIdOf('FAKEPACA'),
  symbol: 'FAKEPACA',
  name: 'Fakepaca Incorporated',
  assetClass: 'us_equity',
  exchange: 'NASDAQ',
  status: 'active',
  tradable: false,
  fractionable: false,
  attributes: [],
  referencePriceMicro: 133_850_000n as Asset['referencePriceMicro'],
  volatility: 'normal',
}

/** The feeds by address. All feeds of stocks show one market, and all locations of crypto another. */
export function feedsOf(market: Market): ReadonlyMap<string, Feed> {
  const ofClass = (assetClass: Asset['assetClass']) =>
    assets.filter((asset) => asset.assetClass === assetClass)
  const stocks = feedOf(market, ofClass('us_equity'), stockChannels)
  const crypto = feedOf(market, ofClass('crypto'), cryptoChannels)
  const test = feedOf({ seed: market.seed, marketHours: 'always' }, [testAsset], stockChannels)
  return new Map([
    ...['iex', 'sip', 'delayed_sip', 'boats', 'overnight'].map((name) => [`/v2/${name}`, stocks] as const),
    ['/v2/test', test],
    ...['us', 'us-1', 'us-2', 'eu-1', 'bs-1'].map((loc) => [`/v1beta3/crypto/${loc}`, crypto] as const),
  ])
}

function feedOf(market: Market, listed: readonly Asset[], channels: readonly Channel[]): Feed {
  const bySymbol = new Map(listed.map((asset) => [asset.symbol, asset]))
  return { market, assets: bySymbol, symbols: [...bySymbol.keys()], channels }
}
