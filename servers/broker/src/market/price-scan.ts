import { newYorkInstant } from '@paddock/calendar'
import { assert } from '@paddock/kernel'
import type { PriceMicro } from '@paddock/money'
import type { Asset } from '../assets/asset.ts'
import {
  HIGHEST_LEVEL_PPM,
  LOWEST_LEVEL_PPM,
  levelBeyond,
  levelOf,
  type PricePath,
  priceAtLevel,
  pricePaths,
} from './price-path.ts'
import { instantOfSecond, secondOf } from './quote.ts'
import { factorAt, type Market, type PriceFactor, splitsOf } from './splits.ts'
import { searchWalks } from './walk-search.ts'

/** Whole seconds, both ends included. */
export interface Seconds {
  readonly fromSecond: number
  readonly toSecond: number
}

/** The last price is at least so much, or at most. */
export type PriceWish = { readonly atLeastMicro: PriceMicro } | { readonly atMostMicro: PriceMicro }

/** A part of a price's way in which one set of rules holds and no split comes. */
interface Leg extends Seconds {
  readonly path: PricePath
  readonly factor: PriceFactor
}

const MIDNIGHT = new Temporal.PlainTime()
/** The first of some seconds at which the price is as wished. */
export function firstSecondWhere(
  market: Market,
  asset: Asset,
  seconds: Seconds,
  wish: PriceWish,
): number | undefined {
  for (const leg of legsOf(market, asset, seconds)) {
    const found = firstInLeg(leg, wish)
    if (found !== undefined) return found
  }
  return undefined
}

/** The highest and the lowest price of some seconds. With a factor, all of them are told in the shares of that time. */
export function extremesBetween(
  market: Market,
  asset: Asset,
  seconds: Seconds,
  factor?: PriceFactor,
): { highMicro: PriceMicro; lowMicro: PriceMicro } {
  let high: PriceMicro | undefined
  let low: PriceMicro | undefined
  for (const leg of legsOf(market, asset, seconds)) {
    const highMicro = extremePrice(leg, 'high', factor ?? leg.factor)
    const lowMicro = extremePrice(leg, 'low', factor ?? leg.factor)
    if (high === undefined || highMicro > high) high = highMicro
    if (low === undefined || lowMicro < low) low = lowMicro
  }
  assert(high !== undefined && low !== undefined, 'seconds have a price')
  return { highMicro: high, lowMicro: low }
}

/** A stop that follows the best price: below the highest for a sale, above the lowest for a buy. */
export interface TrailingStop {
  readonly side: 'buy' | 'sell'
  readonly bestMicro: PriceMicro
  stopFor(bestMicro: PriceMicro): PriceMicro
}

/** How far the best price has come by the end, or by the second at which its stop was reached. */
export interface Trailed {
  readonly bestMicro: PriceMicro
  readonly stoppedSecond: number | undefined
}

/** Follows a trailing stop through some seconds. */
export function followTrailingStop(
  market: Market,
  asset: Asset,
  seconds: Seconds,
  stop: TrailingStop,
): Trailed {
  const isSale = stop.side === 'sell'
  const better = (a: PriceMicro, b: PriceMicro) => (isSale === a > b ? a : b)
  const isReached = (price: PriceMicro, best: PriceMicro) =>
    isSale ? price <= stop.stopFor(best) : price >= stop.stopFor(best)
  let { bestMicro } = stop
  let stoppedSecond: number | undefined
  for (const leg of legsOf(market, asset, seconds)) {
    const { path, factor } = leg
    searchLeg(leg, {
      isWorthLooking(lowest, highest, part) {
        const [bottom, top] = [priceAtLevel(path, lowest, factor), priceAtLevel(path, highest, factor)]
        const [good, bad] = isSale ? [top, bottom] : [bottom, top]
        const bestThen = better(good, bestMicro)
        if (isReached(bad, bestThen)) return true
        if (bestThen !== bestMicro) {
          // No stop in here; but how far the best price comes must be known exactly.
          bestMicro = better(extremePrice({ ...leg, ...part }, isSale ? 'high' : 'low', factor), bestMicro)
        }
        return false
      },
      visit(level, second) {
        const price = priceAtLevel(path, level, factor)
        bestMicro = better(price, bestMicro)
        if (!isReached(price, bestMicro)) return false
        stoppedSecond = second
        return true
      },
    })
    if (stoppedSecond !== undefined) break
  }
  return { bestMicro, stoppedSecond }
}

function firstInLeg(leg: Leg, wish: PriceWish): number | undefined {
  const wished = levelWhere(leg, wish)
  const isMet =
    'atLeastMicro' in wish ? (level: number) => level >= wished : (level: number) => level <= wished
  let found: number | undefined
  searchLeg(leg, {
    isWorthLooking: (lowest, highest) => isMet('atLeastMicro' in wish ? highest : lowest),
    visit(level, second) {
      if (!isMet(level)) return false
      found = second
      return true
    },
  })
  return found
}

/** The highest price, or the lowest. What would show the same price as the best so far is not looked at. */
function extremePrice(
  { path, fromSecond, toSecond }: Leg,
  order: 'high' | 'low',
  factor: PriceFactor,
): PriceMicro {
  const sign = order === 'high' ? 1 : -1
  let best: PriceMicro | undefined
  // Signed, as the search is: higher is better.
  let better = Number.NEGATIVE_INFINITY
  searchWalks(path.keys, {
    fromSecond,
    toSecond,
    order,
    isWorthLooking(lowest, highest, from, to) {
      const furthest = order === 'high' ? highest : lowest
      return sign * levelOf(path, furthest, from) >= better || sign * levelOf(path, furthest, to) >= better
    },
    visit(walksPpm, second) {
      const level = levelOf(path, walksPpm, second)
      if (sign * level < better) return false
      best = priceAtLevel(path, level, factor)
      better = sign * levelBeyond(path, best, level, order, factor)
      return false
    },
  })
  assert(best !== undefined, 'seconds have a price')
  return best
}

interface LevelSearch {
  isWorthLooking(lowest: number, highest: number, part: Seconds): boolean
  visit(level: number, second: number): boolean
}

/** A search in order of time, told in levels of the price. Drift goes one way, so its ends bound it. */
function searchLeg({ path, fromSecond, toSecond }: Leg, search: LevelSearch): void {
  searchWalks(path.keys, {
    fromSecond,
    toSecond,
    order: 'time',
    isWorthLooking: (lowest, highest, from, to) =>
      search.isWorthLooking(
        Math.min(levelOf(path, lowest, from), levelOf(path, lowest, to)),
        Math.max(levelOf(path, highest, from), levelOf(path, highest, to)),
        { fromSecond: from, toSecond: to },
      ),
    visit: (walksPpm, second) => search.visit(levelOf(path, walksPpm, second), second),
  })
}

/** The lowest level at which a price is at least what is wished, or the highest at which it is at most that. */
function levelWhere({ path, factor }: Leg, wish: PriceWish): number {
  const isTooLow =
    'atLeastMicro' in wish
      ? (level: number) => priceAtLevel(path, level, factor) < wish.atLeastMicro
      : (level: number) => priceAtLevel(path, level, factor) <= wish.atMostMicro
  let [low, high] = [LOWEST_LEVEL_PPM - 1, HIGHEST_LEVEL_PPM + 1]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isTooLow(middle)) low = middle
    else high = middle
  }
  return 'atLeastMicro' in wish ? high : low
}

function* legsOf(market: Market, asset: Asset, { fromSecond, toSecond }: Seconds): Generator<Leg> {
  const midnights = splitsOf(market, asset.symbol).map(({ exOn }) => secondOf(newYorkInstant(exOn, MIDNIGHT)))
  for (const path of pricePaths(market, asset)) {
    let from = Math.max(path.fromSecond, fromSecond)
    const end = Math.min(path.toSecond, toSecond)
    while (from <= end) {
      const begin = from
      const split = midnights.find((second) => second > begin)
      const to = split === undefined ? end : Math.min(end, split - 1)
      yield {
        path,
        factor: factorAt(market, asset.symbol, instantOfSecond(from)),
        fromSecond: from,
        toSecond: to,
      }
      from = to + 1
    }
  }
}
