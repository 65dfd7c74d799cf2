import type { PriceMicro } from '@paddock/money'
import type { Market } from '../market/market.ts'
import { firstSecondWhere, followTrailingStop, type PriceWish, type Seconds } from '../market/price-scan.ts'
import { type Order, stopOf } from '../orders/order.ts'
import { tradingSeconds } from './trading-seconds.ts'

/** Where a stop has come to by the end of some seconds. */
export interface StopState {
  /** The best price that a trailing stop has seen. */
  readonly bestMicro: PriceMicro | undefined
  readonly reachedSecond: number | undefined
}

/**
 * Follows the stop of an order through regular hours: a buy's is reached when the last price is at least as high, a
 * sale's when it is at most as high. A trailing stop goes with the best price of regular hours.
 */
export function followStop(
  market: Market,
  order: Order,
  seconds: Seconds,
  bestMicro: PriceMicro | undefined,
): StopState {
  let best = bestMicro
  for (const span of tradingSeconds(market, { ...order, extendedHours: false }, seconds)) {
    const reachedSecond = reachedWithin(span)
    if (reachedSecond !== undefined) return { bestMicro: best, reachedSecond }
  }
  return { bestMicro: best, reachedSecond: undefined }

  function reachedWithin(span: Seconds): number | undefined {
    const { asset, side, stopMicro } = order
    if (order.trail === undefined || best === undefined) {
      return stopMicro === undefined
        ? undefined
        : firstSecondWhere(market, asset, span, wishOf(side, stopMicro))
    }
    const stopFor = (price: PriceMicro) => stopOf({ ...order, bestMicro: price }) ?? price
    const trailed = followTrailingStop(market, asset, span, { side, bestMicro: best, stopFor })
    best = trailed.bestMicro
    return trailed.stoppedSecond
  }
}

const wishOf = (side: Order['side'], stopMicro: PriceMicro): PriceWish =>
  side === 'buy' ? { atLeastMicro: stopMicro } : { atMostMicro: stopMicro }
