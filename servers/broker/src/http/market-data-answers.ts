import type { BarBody, HistoryRangeQuery, QuoteBody, StockBarsQuery, TradeBody } from '@paddock/broker-wire'
import { newYorkDate, newYorkInstant } from '@paddock/calendar'
import { assert } from '@paddock/kernel'
import { type Asset, type AssetClass, findAsset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import type { CorporateAction } from '../corporate-actions/corporate-action.ts'
import { findActions } from '../corporate-actions/find-actions.ts'
import { latestBars } from '../market/bars.ts'
import { quoteOf } from '../market/market.ts'
import type { Quote } from '../market/quote.ts'
import { barHistory } from '../market-data/bar-history.ts'
import { dividendAdjustment } from '../market-data/dividend-adjustment.ts'
import { type HistoryPage, type Range, readHistoryPage } from '../market-data/history-page.ts'
import { orderBookOf } from '../market-data/order-book.ts'
import { ticksBetween } from '../market-data/ticks.ts'
import { readTimeframe } from '../market-data/timeframe.ts'
import {
  presentBar,
  presentOrderBook,
  presentQuote,
  presentSnapshot,
  presentTrade,
} from './market-data-body.ts'
import { readMoment } from './moment.ts'
import { WireRefused } from './wire-error.ts'

const DELAY = { minutes: 15 }

/** What is latest of one asset on a feed, in wire form. */
export function latestOf({ clock, config }: BrokerContext, feed?: string) {
  const now = feed === 'delayed_sip' ? clock.now().subtract(DELAY) : clock.now()
  const quoteNow = (asset: Asset) => quoteOf(config, asset, now)
  return {
    quote: (asset: Asset) => presentQuote(config, asset, quoteNow(asset)),
    trade: (asset: Asset) => presentTrade(config, asset, quoteNow(asset)),
    bar(asset: Asset): BarBody {
      const [bar] = latestBars(config, asset, '1Min', 1, now)
      assert(bar !== undefined, 'one bar was asked for')
      return presentBar(bar)
    },
    snapshot: (asset: Asset) => presentSnapshot(config, asset, now),
    orderBook: (asset: Asset) => presentOrderBook(orderBookOf(config, asset, now)),
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

/** The assets of a list of symbols, each once, without those that nobody knows. */
export function assetsOf(symbols: readonly string[], assetClass: AssetClass): Asset[] {
  if (symbols.length === 0) throw new WireRefused(400, 40010001, 'symbols is required')
  const found = symbols.map(findAsset).filter((asset) => asset !== undefined)
  return [...new Set(found)].filter((asset) => asset.assetClass === assetClass)
}

/** Rows by symbol, and where the next page begins. */
export interface Rows<Body> {
  readonly rows: Record<string, Body[]>
  readonly next_page_token: string | null
}

type BarsQuery = HistoryRangeQuery & Pick<StockBarsQuery, 'timeframe' | 'adjustment'>

/** A page of bars. */
export async function readBars(
  ctx: BrokerContext,
  assets: readonly Asset[],
  query: BarsQuery,
): Promise<Rows<BarBody>> {
  const { config, clock } = ctx
  const now = clock.now()
  const range = readRange(query, now)
  const adjusts = (kind: 'split' | 'dividend') =>
    query.adjustment?.some((asked) => asked === kind || asked === 'all') ?? false
  const dividends = adjusts('dividend') ? await dividendsSince(ctx, range.from) : []
  const length = readTimeframe(query.timeframe)
  const page = await readHistoryPage(
    assets,
    {
      range,
      rowsOf(asset, rest) {
        const own = dividends.filter(({ symbol }) => symbol === asset.symbol)
        const adjust = dividendAdjustment(config, asset, own)
        return barHistory(config, asset, { ...rest, length, splitAdjusted: adjusts('split'), adjust }, now)
      },
      timeOf: ({ label }) => label,
    },
    { limit: query.limit, token: query.page_token },
  )
  return presentRows(page, (_, bar) => presentBar(bar))
}

/** A page of quotes: one a second. */
export async function readQuotes(
  ctx: BrokerContext,
  assets: readonly Asset[],
  query: HistoryRangeQuery,
): Promise<Rows<QuoteBody>> {
  return presentRows(await readTicks(ctx, assets, query), (asset, quote) =>
    presentQuote(ctx.config, asset, quote),
  )
}

/** A page of trades: one a second. */
export async function readTrades(
  ctx: BrokerContext,
  assets: readonly Asset[],
  query: HistoryRangeQuery,
): Promise<Rows<TradeBody>> {
  return presentRows(await readTicks(ctx, assets, query), (asset, quote) =>
    presentTrade(ctx.config, asset, quote),
  )
}

function readTicks({ clock, config }: BrokerContext, assets: readonly Asset[], query: HistoryRangeQuery) {
  const now = clock.now()
  return readHistoryPage<Quote>(
    assets,
    {
      range: readRange(query, now),
      rowsOf: (asset, rest) => ticksBetween(config, asset, rest, now),
      timeOf: ({ at }) => at,
    },
    { limit: query.limit, token: query.page_token },
  )
}

function presentRows<Row, Body>(
  { rowsByAsset, nextPageToken }: HistoryPage<Row>,
  present: (asset: Asset, row: Row) => Body,
): Rows<Body> {
  const rows = [...rowsByAsset].map(([asset, list]) => {
    return [asset.symbol, list.map((row) => present(asset, row))] as const
  })
  return { rows: Object.fromEntries(rows), next_page_token: nextPageToken ?? null }
}

/** The vendor's history begins in 2016; asking further back is not an error. */
const FIRST_BAR = Temporal.Instant.from('2016-01-01T05:00:00Z')

/** Without a start: of today. */
function readRange({ start, end, sort }: HistoryRangeQuery, now: Temporal.Instant): Range {
  const today = newYorkInstant(newYorkDate(now), new Temporal.PlainTime())
  const from = start === undefined ? today : readMoment(start)
  return {
    from: Temporal.Instant.compare(from, FIRST_BAR) < 0 ? FIRST_BAR : from,
    to: end === undefined ? now : readMoment(end),
    direction: sort,
  }
}

/** What went ex from a day until today: it makes the prices before it smaller. */
async function dividendsSince(
  { db, config, clock }: BrokerContext,
  from: Temporal.Instant,
): Promise<CorporateAction[]> {
  const [first, today] = [newYorkDate(from), newYorkDate(clock.now())]
  if (Temporal.PlainDate.compare(first, today) > 0) return []
  const actions = await findActions(db, config, 'exOn', first, today)
  return actions.filter(({ type, subType }) => type === 'dividend' && subType === 'cash')
}
