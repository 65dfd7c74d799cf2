import { BarsPageQuery, BarsQuery, SymbolsQuery } from '@paddock/broker-wire'
import { newYorkDate, newYorkInstant } from '@paddock/calendar'
import { z } from 'zod'
import { type Asset, type AssetClass, findAsset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import { latestBars } from '../market/bars.ts'
import { readBarsPage } from '../market/bars-page.ts'
import { quoteOf } from '../market/market.ts'
import type { Timeframe } from '../market/spans.ts'
import { presentBar, presentQuote, presentSnapshot, presentTrade } from './market-data-body.ts'
import { readMoment } from './moment.ts'
import type { BrokerRoutes } from './routes.ts'
import { WireRefused } from './wire-error.ts'

const SymbolPath = z.object({ symbol: z.string() })

/** Market data for equities and crypto; prices are JSON numbers (contracts/alpaca/market-data.md). */
export const marketDataRoutes: BrokerRoutes = async (app, { ctx }) => {
  await app.register(equityRoutes, { ctx })
  await app.register(cryptoRoutes, { ctx })
}

const equityRoutes: BrokerRoutes = async (app, { ctx }) => {
  const bySymbol = { schema: { params: SymbolPath } }
  const bySymbols = { schema: { querystring: SymbolsQuery } }
  const read = latestOf(ctx)

  app.get('/v2/stocks/quotes/latest', bySymbols, async ({ query }) => ({
    quotes: mapAssets(query.symbols, 'us_equity', read.quote),
  }))
  app.get('/v2/stocks/trades/latest', bySymbols, async ({ query }) => ({
    trades: mapAssets(query.symbols, 'us_equity', read.trade),
  }))
  app.get('/v2/stocks/bars/latest', bySymbols, async ({ query }) => ({
    bars: mapAssets(query.symbols, 'us_equity', read.bar),
  }))
  app.get('/v2/stocks/snapshots', bySymbols, async ({ query }) =>
    mapAssets(query.symbols, 'us_equity', read.snapshot),
  )
  app.get('/v2/stocks/bars', { schema: { querystring: BarsQuery } }, async ({ query }) =>
    readHistory(ctx, 'us_equity', query),
  )

  app.get('/v2/stocks/:symbol/quotes/latest', bySymbol, async ({ params }) => {
    const asset = getEquity(params.symbol)
    return { symbol: asset.symbol, quote: read.quote(asset) }
  })
  app.get('/v2/stocks/:symbol/trades/latest', bySymbol, async ({ params }) => {
    const asset = getEquity(params.symbol)
    return { symbol: asset.symbol, trade: read.trade(asset) }
  })
  app.get('/v2/stocks/:symbol/bars/latest', bySymbol, async ({ params }) => {
    const asset = getEquity(params.symbol)
    return { symbol: asset.symbol, bar: read.bar(asset) }
  })
  app.get('/v2/stocks/:symbol/snapshot', bySymbol, async ({ params }) => {
    const asset = getEquity(params.symbol)
    return { symbol: asset.symbol, ...read.snapshot(asset) }
  })
  app.get(
    '/v2/stocks/:symbol/bars',
    { schema: { params: SymbolPath, querystring: BarsPageQuery } },
    async ({ params, query }) => {
      const { symbol } = getEquity(params.symbol)
      const { bars, next_page_token } = readHistory(ctx, 'us_equity', { ...query, symbols: [symbol] })
      return { symbol, bars: bars[symbol] ?? [], next_page_token }
    },
  )
}

const cryptoRoutes: BrokerRoutes = async (app, { ctx }) => {
  const Location = z.object({ loc: z.enum(['us', 'us-1', 'eu-1']) })
  const bySymbols = { schema: { params: Location, querystring: SymbolsQuery } }
  const read = latestOf(ctx)

  app.get('/v1beta3/crypto/:loc/latest/quotes', bySymbols, async ({ query }) => ({
    quotes: mapAssets(query.symbols, 'crypto', read.quote),
  }))
  app.get('/v1beta3/crypto/:loc/latest/trades', bySymbols, async ({ query }) => ({
    trades: mapAssets(query.symbols, 'crypto', read.trade),
  }))
  app.get('/v1beta3/crypto/:loc/latest/bars', bySymbols, async ({ query }) => ({
    bars: mapAssets(query.symbols, 'crypto', read.bar),
  }))
  app.get('/v1beta3/crypto/:loc/snapshots', bySymbols, async ({ query }) => ({
    snapshots: mapAssets(query.symbols, 'crypto', read.snapshot),
  }))
  app.get(
    '/v1beta3/crypto/:loc/bars',
    { schema: { params: Location, querystring: BarsQuery } },
    async ({ query }) => readHistory(ctx, 'crypto', query),
  )
}

/** What is latest of one asset, in wire form. */
function latestOf({ clock, config }: BrokerContext) {
  const quoteNow = (asset: Asset) => quoteOf(config, asset, clock.now())
  return {
    quote: (asset: Asset) => presentQuote(config, asset, quoteNow(asset)),
    trade: (asset: Asset) => presentTrade(config, asset, quoteNow(asset)),
    bar: (asset: Asset) => latestBars(config, asset, '1Min', 1, clock.now()).map((bar) => presentBar(bar))[0],
    snapshot: (asset: Asset) => presentSnapshot(config, asset, clock.now()),
  }
}

/** Symbols that nobody knows are left out of the answer, as the vendor does. */
function mapAssets<Body>(
  symbols: readonly string[],
  assetClass: AssetClass,
  read: (asset: Asset) => Body,
): Record<string, Body> {
  return Object.fromEntries(assetsOf(symbols, assetClass).map((asset) => [asset.symbol, read(asset)]))
}

function assetsOf(symbols: readonly string[], assetClass: AssetClass): Asset[] {
  if (symbols.length === 0) throw new WireRefused(400, 40010001, 'symbols is required')
  const found = symbols.map(findAsset).filter((asset) => asset?.assetClass === assetClass)
  return [...new Set(found)].filter((asset) => asset !== undefined)
}

function getEquity(symbol: string): Asset {
  const asset = findAsset(symbol)
  if (asset?.assetClass !== 'us_equity') throw new WireRefused(404, 40410000, `asset not found for ${symbol}`)
  return asset
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

function readHistory({ clock, config }: BrokerContext, assetClass: AssetClass, query: BarsQuery) {
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
    },
    { limit: query.limit, token: query.page_token },
    now,
  )
  const bars = [...barsByAsset].map(([asset, list]) => [asset.symbol, list.map((bar) => presentBar(bar))])
  return {
    bars: Object.fromEntries(bars) as Record<string, ReturnType<typeof presentBar>[]>,
    next_page_token: nextPageToken ?? null,
  }
}
