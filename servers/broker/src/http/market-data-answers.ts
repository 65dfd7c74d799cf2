import type { BarBody, BarsQuery } from '@paddock/broker-wire'
import { newYorkDate, newYorkInstant } from '@paddock/calendar'
import { assert } from '@paddock/kernel'
import { type Asset, type AssetClass, findAsset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import { latestBars } from '../market/bars.ts'
import { readBarsPage } from '../market/bars-page.ts'
import { quoteOf } from '../market/market.ts'
import type { Timeframe } from '../market/spans.ts'
import { presentBar, presentQuote, presentSnapshot, presentTrade } from './market-data-body.ts'
import { readMoment } from './moment.ts'
import { WireRefused } from './wire-error.ts'

/** What is latest of one asset, in wire form. */
export function latestOf({ clock, config }: BrokerContext) {
  const quoteNow = (asset: Asset) => quoteOf(config, asset, clock.now())
  return {
    quote: (asset: Asset) => presentQuote(config, asset, quoteNow(asset)),
    trade: (asset: Asset) => presentTrade(config, asset, quoteNow(asset)),
    bar(asset: Asset): BarBody {
      const [bar] = latestBars(config, asset, '1Min', 1, clock.now())
      assert(bar !== undefined, 'one bar was asked for')
      return presentBar(bar)
    },
    snapshot: (asset: Asset) => presentSnapshot(config, asset, clock.now()),
  }
}

/** Symbols that nobody knows are left out of the answer, as the vendor does. */
export function mapAssets<Body>(
  symbols: readonly string[],
  assetClass: AssetClass,
  read: (asset: Asset) => Body,
): Record<string, Body> {
  return Object.fromEntries(assetsOf(symbols, assetClass).map((asset) => [asset.symbol, read(asset)]))
}

export function getAssetOf(assetClass: AssetClass, symbol: string): Asset {
  const asset = findAsset(symbol)
  if (asset?.assetClass === assetClass) return asset
  throw new WireRefused(404, 40410000, `asset not found for ${symbol}`)
}

function assetsOf(symbols: readonly string[], assetClass: AssetClass): Asset[] {
  if (symbols.length === 0) throw new WireRefused(400, 40010001, 'symbols is required')
  const found = symbols.map(findAsset).filter((asset) => asset !== undefined)
  return [...new Set(found)].filter((asset) => asset.assetClass === assetClass)
}

/** The vendor's history begins in 2016; asking further back is not an error. */
const FIRST_BAR = Temporal.Instant.from('2016-01-01T05:00:00Z')

const timeframes: Record<BarsQuery['timeframe'], Timeframe> = {
  '1Min': '1Min',
  '1T': '1Min',
  '5Min': '5Min',
  '5T': '5Min',
  '15Min': '15Min',
  '15T': '15Min',
  '1Hour': '1Hour',
  '1H': '1Hour',
  '60Min': '1Hour',
  '1Day': '1Day',
  '1D': '1Day',
}

/** A page of history; without a start, of today. */
export function readHistory(
  { clock, config }: BrokerContext,
  assetClass: AssetClass,
  query: BarsQuery,
): { bars: Record<string, BarBody[]>; next_page_token: string | null } {
  const now = clock.now()
  const today = newYorkInstant(newYorkDate(now), new Temporal.PlainTime())
  const from = query.start === undefined ? today : readMoment(query.start)
  const { barsByAsset, nextPageToken } = readBarsPage(
    config,
    assetsOf(query.symbols, assetClass),
    {
      timeframe: timeframes[query.timeframe],
      from: Temporal.Instant.compare(from, FIRST_BAR) < 0 ? FIRST_BAR : from,
      to: query.end === undefined ? now : readMoment(query.end),
      direction: query.sort,
      splitAdjusted: query.adjustment?.some((kind) => kind === 'split' || kind === 'all') ?? false,
    },
    { limit: query.limit, token: query.page_token },
    now,
  )
  const bars = [...barsByAsset].map(([asset, list]) => [asset.symbol, list.map(presentBar)] as const)
  return { bars: Object.fromEntries(bars), next_page_token: nextPageToken ?? null }
}
