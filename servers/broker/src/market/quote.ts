import type { PriceMicro } from '@paddock/money'
import type { Asset } from '../assets/asset.ts'
import type { Volatility } from '../assets/asset-row.ts'
import { hash, keyOf, walkPpm } from './random-walk.ts'
import { type PriceFactor, UNSPLIT } from './splits.ts'

/** What one can trade at, at one instant: buyers pay the ask, sellers get the bid. */
export interface Quote {
  readonly at: Temporal.Instant
  readonly bidMicro: PriceMicro
  readonly askMicro: PriceMicro
  /** The middle, at which the last trade is said to have been. */
  readonly lastMicro: PriceMicro
}

const ONE_DOLLAR_MICRO = 1_000_000n
const CENT_MICRO = 10_000n
const HUNDREDTH_CENT_MICRO = 100n
const MILLION = 1_000_000n

/** How much of the walk an asset follows, in percent. */
const FOLLOWS_PERCENT: Record<Volatility, bigint> = { calm: 8n, normal: 100n, wild: 160n }

/** Half of the distance between bid and ask, in ppm of the price. */
const HALF_SPREAD_PPM: Record<Volatility, bigint> = { calm: 30n, normal: 60n, wild: 120n }

/** The quote of an asset at an instant: a pure function of (seed, asset, instant, splits). */
export function quoteAt(
  seed: string,
  asset: Asset,
  at: Temporal.Instant,
  factor: PriceFactor = UNSPLIT,
): Quote {
  const lastMicro = priceMicroAt(seed, asset, at.epochMilliseconds, factor)
  const tickMicro = tickOf(lastMicro)
  const wantedMicro = (lastMicro * HALF_SPREAD_PPM[asset.volatility]) / MILLION
  const halfSpreadMicro = wantedMicro < tickMicro ? tickMicro : roundTo(wantedMicro, tickMicro)
  return {
    at,
    lastMicro,
    bidMicro: (lastMicro - halfSpreadMicro) as PriceMicro,
    askMicro: (lastMicro + halfSpreadMicro) as PriceMicro,
  }
}

/**
 * The last price at an instant, in the vendor's steps: cents, and hundredths of a cent below a dollar.
 * Half of the walk is the asset's own and half is common to its class, so that stocks rise and fall together.
 */
export function priceMicroAt(
  seed: string,
  asset: Asset,
  epochMs: number,
  factor: PriceFactor = UNSPLIT,
): PriceMicro {
  const ownPpm = walkPpm(keyOf(`${seed}|${asset.symbol}`), epochMs)
  const commonPpm = walkPpm(keyOf(`${seed}|${asset.assetClass}`), epochMs)
  const ppm = (BigInt(ownPpm + commonPpm) * FOLLOWS_PERCENT[asset.volatility]) / 200n
  const exactMicro = (asset.referencePriceMicro * (MILLION + ppm) * factor.old) / (MILLION * factor.new)
  return roundTo(exactMicro, tickOf(exactMicro)) as PriceMicro
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

function tickOf(priceMicro: bigint): bigint {
  return priceMicro >= ONE_DOLLAR_MICRO ? CENT_MICRO : HUNDREDTH_CENT_MICRO
}

/** Rounds a positive amount to the nearest step, half up. */
function roundTo(amount: bigint, step: bigint): bigint {
  return ((amount + step / 2n) / step) * step
}
