import type { PriceMicro } from '@paddock/money'
import type { Asset } from '../assets/asset.ts'
import type { Volatility } from '../assets/asset-row.ts'
import { levelAt, pathAt, priceAtLevel, stepOf, toSteps } from './price-path.ts'
import { hash, keyOf } from './random-walk.ts'
import { type Market, type PriceFactor, UNSPLIT } from './splits.ts'

/** What one can trade at, at one instant: buyers pay the ask, sellers get the bid. */
export interface Quote {
  readonly at: Temporal.Instant
  readonly bidMicro: PriceMicro
  readonly askMicro: PriceMicro
  /** The middle, at which the last trade is said to have been. */
  readonly lastMicro: PriceMicro
}

const MILLION = 1_000_000n

/** Half of the distance between bid and ask, in ppm of the price. */
const HALF_SPREAD_PPM: Record<Volatility, bigint> = { calm: 30n, normal: 60n, wild: 120n }

/** The quote of an asset at an instant, which stands for its whole second. */
export function quoteAt(
  market: Market,
  asset: Asset,
  at: Temporal.Instant,
  factor: PriceFactor = UNSPLIT,
): Quote {
  const second = secondOf(at)
  const lastMicro = priceMicroAt(market, asset, second * 1000, factor)
  const halfSpreadMicro = halfSpreadOf(asset, lastMicro, pathAt(market, asset, second).rules.spreadPercent)
  return {
    at: instantOfSecond(second),
    lastMicro,
    bidMicro: (lastMicro - halfSpreadMicro) as PriceMicro,
    askMicro: (lastMicro + halfSpreadMicro) as PriceMicro,
  }
}

/** The last price at an instant: a pure function of (seed, asset, second, splits) and of what was set for the symbol. */
export function priceMicroAt(
  market: Market,
  asset: Asset,
  epochMs: number,
  factor: PriceFactor = UNSPLIT,
): PriceMicro {
  const second = Math.floor(epochMs / 1000)
  const path = pathAt(market, asset, second)
  return priceAtLevel(path, levelAt(path, second), factor)
}

/** Prices exist for whole seconds of the world's time. */
export function secondOf(at: Temporal.Instant): number {
  return Math.floor(at.epochMilliseconds / 1000)
}

export function instantOfSecond(second: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(second * 1000)
}

function halfSpreadOf(asset: Asset, lastMicro: PriceMicro, spreadPercent: number): bigint {
  const wantedMicro =
    (lastMicro * HALF_SPREAD_PPM[asset.volatility] * BigInt(spreadPercent)) / (MILLION * 100n)
  const stepMicro = stepOf(lastMicro)
  return wantedMicro < stepMicro ? stepMicro : toSteps(wantedMicro, lastMicro)
}

/** A whole number from `least` to `most` that stays the same for (seed, asset, what, moment). */
export function sampleBetween(
  seed: string,
  asset: Asset,
  what: string,
  moment: number,
  [least, most]: readonly [number, number],
): number {
  return least + (hash(keyOf(`${seed}|${asset.symbol}|${what}`), 0, moment) % (most - least + 1))
}
