import type {
  BarBody,
  MoverBody,
  OrderBookBody,
  QuoteBody,
  SnapshotBody,
  TradeBody,
} from '@paddock/broker-wire'
import { assert } from '@paddock/kernel'
import { formatPrice, formatQuantity } from '@paddock/money'
import type { Asset } from '../assets/asset.ts'
import { type Bar, latestBars } from '../market/bars.ts'
import { tapeLineOf } from '../market/last-trade.ts'
import { type Market, quoteOf } from '../market/market.ts'
import type { Quote } from '../market/quote.ts'
import type { HaltChange } from '../market-data/halts.ts'
import type { BookLevel, OrderBook } from '../market-data/order-book.ts'
import type { Mover } from '../market-data/screener.ts'

/** Market data has JSON numbers: they are printed from exact amounts and nothing is computed with them. */
export const wirePrice = (micro: bigint) => Number(formatPrice(micro))

/** A JSON number carries fifteen digits exactly, so of huge amounts the last decimals are left out. */
const MOST_DIGITS = 15

export function wireSize(nano: bigint): number {
  const surplus = nano.toString().length - MOST_DIGITS
  const step = surplus > 0 ? 10n ** BigInt(surplus) : 1n
  return Number(formatQuantity(nano - (nano % step)))
}

/** The consolidated tape that an exchange's listings are on; crypto has none. */
const TAPES: Partial<Record<string, string>> = { NYSE: 'A', ARCA: 'B', BATS: 'B', AMEX: 'B', NASDAQ: 'C' }
export const VENUE = 'V'
/** Everything that happens here is regular. */
export const CONDITIONS = { trade: '@', quote: 'R' }

export function presentQuote(market: Market, asset: Asset, quote: Quote): QuoteBody {
  const { bidSizeNano, askSizeNano } = tapeLineOf(market, asset, quote)
  const body = {
    t: quote.at.toString(),
    ap: wirePrice(quote.askMicro),
    as: wireSize(askSizeNano),
    bp: wirePrice(quote.bidMicro),
    bs: wireSize(bidSizeNano),
  }
  if (asset.assetClass === 'crypto') return body
  return { ...body, ax: VENUE, bx: VENUE, c: [CONDITIONS.quote], z: TAPES[asset.exchange] ?? 'C' }
}

export function presentTrade(market: Market, asset: Asset, quote: Quote): TradeBody {
  const { id, sizeNano, takerBought } = tapeLineOf(market, asset, quote)
  const body = { t: quote.at.toString(), p: wirePrice(quote.lastMicro), s: wireSize(sizeNano), i: id }
  if (asset.assetClass === 'crypto') return { ...body, tks: takerBought ? 'B' : 'S' }
  return { ...body, x: VENUE, c: [CONDITIONS.trade], z: TAPES[asset.exchange] ?? 'C' }
}

/** The tapes of New York and of Nasdaq have codes of their own; a halt here is always somebody's decision. */
const STATUS_CODES = {
  listedElsewhere: { halt: '2', resume: '3', reason: 'X' },
  nasdaq: { halt: 'H', resume: 'T', reason: 'O1' },
}

export function presentHalt(asset: Asset, { isHalted, at }: HaltChange) {
  const z = TAPES[asset.exchange] ?? 'C'
  const codes = z === 'C' ? STATUS_CODES.nasdaq : STATUS_CODES.listedElsewhere
  const [sc, sm] = isHalted ? [codes.halt, 'Trading Halt'] : [codes.resume, 'Trading Resumption']
  const [rc, rm] = isHalted ? [codes.reason, 'Operational halt'] : ['', '']
  return { sc, sm, rc, rm, t: at.toString(), z }
}

export function presentBar(bar: Bar): BarBody {
  return {
    t: bar.label.toString(),
    o: wirePrice(bar.openMicro),
    h: wirePrice(bar.highMicro),
    l: wirePrice(bar.lowMicro),
    c: wirePrice(bar.closeMicro),
    v: wireSize(bar.volumeNano),
    n: bar.trades,
    vw: wirePrice(bar.averageMicro),
  }
}

export function presentSnapshot(market: Market, asset: Asset, now: Temporal.Instant): SnapshotBody {
  const quote = quoteOf(market, asset, now)
  const [minute] = latestBars(market, asset, '1Min', 1, now)
  const [today, before] = latestBars(market, asset, '1Day', 2, now)
  assert(minute && today && before, 'a market has a bar of every kind')
  return {
    latestTrade: presentTrade(market, asset, quote),
    latestQuote: presentQuote(market, asset, quote),
    minuteBar: presentBar(minute),
    dailyBar: presentBar(today),
    prevDailyBar: presentBar(before),
  }
}

export function presentOrderBook({ at, bids, asks }: OrderBook): OrderBookBody {
  const level = ({ priceMicro, sizeNano }: BookLevel) => ({
    p: wirePrice(priceMicro),
    s: wireSize(sizeNano),
  })
  return { t: at.toString(), b: bids.map(level), a: asks.map(level) }
}

/** A hundredth of a percent, of a number with six decimals. */
const MICRO_PER_HUNDREDTH = 10_000n

export function presentMover({ asset, priceMicro, changeMicro, changeBasisPoints }: Mover): MoverBody {
  return {
    symbol: asset.symbol,
    percent_change: wirePrice(changeBasisPoints * MICRO_PER_HUNDREDTH),
    change: wirePrice(changeMicro),
    price: wirePrice(priceMicro),
  }
}
