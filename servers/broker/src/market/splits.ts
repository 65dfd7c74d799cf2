import { newYorkDate } from '@paddock/calendar'
import { nameBasedId } from '../assets/asset-id.ts'
import type { BrokerConfig } from '../config.ts'
import { scheduledSplits } from './scheduled-splits.ts'

/** What makes one simulated market: the same seed and hours give the same prices. */
export type Market = Pick<BrokerConfig, 'seed' | 'marketHours'>

/** From midnight in New York at the beginning of `exOn`, `newRate` shares stand for `oldRate` shares of before. */
export interface Split {
  readonly actionId: string
  readonly symbol: string
  readonly exOn: Temporal.PlainDate
  readonly oldRate: bigint
  readonly newRate: bigint
}

/** A price before all splits times `old`, divided by `new`, is the price after them. */
export interface PriceFactor {
  readonly old: bigint
  readonly new: bigint
}

export const UNSPLIT: PriceFactor = { old: 1n, new: 1n }

/** The splits that every market of ours has coming. */
export const calendarSplits: readonly Split[] = scheduledSplits.map(([symbol, exDate, oldRate, newRate]) => ({
  actionId: nameBasedId(`split|${symbol}|${exDate}`),
  symbol,
  exOn: Temporal.PlainDate.from(exDate),
  oldRate,
  newRate,
}))

const calendarBook = bookOf(calendarSplits)
const noSplits: readonly Split[] = []

/**
 * Prices are asked for without waiting, so what the database knows of splits is kept here, beside the market
 * that it belongs to; `refreshMarket` brings it up to date before money depends on it.
 */
const books = new WeakMap<Market, ReadonlyMap<string, readonly Split[]>>()

export function rememberSplits(market: Market, created: readonly Split[]): void {
  books.set(market, bookOf([...calendarSplits, ...created]))
}

/** The splits of an asset that are known, past and coming, in order of date. */
export function splitsOf(market: Market, symbol: string): readonly Split[] {
  return (books.get(market) ?? calendarBook).get(symbol) ?? noSplits
}

/** What the splits of an asset up to a day, that day included, have made of its price. */
export function factorOn(market: Market, symbol: string, day: Temporal.PlainDate): PriceFactor {
  return splitsOf(market, symbol)
    .filter(({ exOn }) => Temporal.PlainDate.compare(exOn, day) <= 0)
    .reduce(
      (factor, split) => ({ old: factor.old * split.oldRate, new: factor.new * split.newRate }),
      UNSPLIT,
    )
}

export function factorAt(market: Market, symbol: string, at: Temporal.Instant): PriceFactor {
  return splitsOf(market, symbol).length === 0 ? UNSPLIT : factorOn(market, symbol, newYorkDate(at))
}

function bookOf(splits: readonly Split[]): ReadonlyMap<string, readonly Split[]> {
  const inOrder = [...splits].sort((a, b) => Temporal.PlainDate.compare(a.exOn, b.exOn))
  return Map.groupBy(inOrder, ({ symbol }) => symbol)
}
