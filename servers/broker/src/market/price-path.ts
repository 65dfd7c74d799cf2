import { assert } from '@paddock/kernel'
import type { PriceMicro } from '@paddock/money'
import type { Asset } from '../assets/asset.ts'
import type { Volatility } from '../assets/asset-row.ts'
import { keyOf, walkPpm } from './random-walk.ts'
import { factorAt, type Market, type PriceFactor } from './splits.ts'
import { rulesOf, type SymbolRules } from './symbol-rules.ts'

/** How an asset's price follows the walks, from one change of its rules to the next. */
export interface PricePath {
  readonly rules: SymbolRules
  /** The seconds that it is for, both included. */
  readonly fromSecond: number
  readonly toSecond: number
  /** One walk is the asset's own and one is common to its class, so that stocks rise and fall together. */
  readonly keys: readonly [number, number]
  /** How much of the two walks' sum the price follows, in parts of 20,000. */
  readonly strength: number
  /** At level zero the price, before splits, is the one divided by the other, in millionths of a dollar. */
  readonly dividend: bigint
  readonly divisor: bigint
}

/** How much of the walk an asset follows, in percent. */
const FOLLOWS_PERCENT: Record<Volatility, number> = { calm: 8, normal: 100, wild: 160 }

const ONE_DOLLAR_MICRO = 1_000_000n
const CENT_MICRO = 10_000n
const HUNDREDTH_CENT_MICRO = 100n
const MILLION = 1_000_000n
/** Two walks of 100 percent each: half of their sum counts. */
const WHOLE_STRENGTH = 20_000
const DAY_SECONDS = 86_400
/** However far something is set to drift: a hundredth of its centre stays, and a thousand times it is the most. */
export const LOWEST_LEVEL_PPM = -990_000
export const HIGHEST_LEVEL_PPM = 1_000_000_000
/** Below it there is one more step for the bid. */
const LOWEST_PRICE_MICRO = 2n * HUNDREDTH_CENT_MICRO

const known = new WeakMap<
  Market,
  Map<string, { rules: readonly SymbolRules[]; paths: readonly PricePath[] }>
>()

/** The whole of an asset's price, past and future, in order of time. */
export function pricePaths(market: Market, asset: Asset): readonly PricePath[] {
  const ofMarket = known.get(market) ?? new Map()
  known.set(market, ofMarket)
  const rules = rulesOf(market, asset.symbol)
  const kept = ofMarket.get(asset.symbol)
  if (kept?.rules === rules) return kept.paths
  const paths = rules.map((rule, index) => pathOf(market, asset, rule, rules[index + 1]?.fromSecond))
  ofMarket.set(asset.symbol, { rules, paths })
  return paths
}

export function pathAt(market: Market, asset: Asset, second: number): PricePath {
  const path = pricePaths(market, asset).findLast(({ fromSecond }) => fromSecond <= second)
  assert(path !== undefined, 'a price has always been')
  return path
}

/** How far above (or below) its centre the price is, in ppm; it rises and falls with the walks' sum. */
export function levelOf({ strength, rules }: PricePath, walksPpm: number, second: number): number {
  const passedSeconds = rules.anchor === undefined ? 0 : second - rules.anchor.second
  const driftPpm = Math.trunc((rules.driftPpmPerDay * passedSeconds) / DAY_SECONDS)
  const levelPpm = Math.trunc((walksPpm * strength) / WHOLE_STRENGTH) + driftPpm
  return Math.min(Math.max(levelPpm, LOWEST_LEVEL_PPM), HIGHEST_LEVEL_PPM)
}

/** The price at a level, in the vendor's steps: cents, and hundredths of a cent below a dollar. */
export function priceAtLevel(
  { dividend, divisor }: PricePath,
  levelPpm: number,
  factor: PriceFactor,
): PriceMicro {
  const exactMicro = (dividend * (MILLION + BigInt(levelPpm)) * factor.old) / (divisor * MILLION * factor.new)
  const priceMicro = toSteps(exactMicro, exactMicro)
  return priceMicro < LOWEST_PRICE_MICRO ? (LOWEST_PRICE_MICRO as PriceMicro) : priceMicro
}

/** The level nearest to `levelPpm` at which another price than its own may stand: a higher one, or a lower one. */
export function levelBeyond(
  { dividend, divisor }: PricePath,
  priceMicro: PriceMicro,
  levelPpm: number,
  order: 'high' | 'low',
  factor: PriceFactor,
): number {
  const nextLevel = order === 'high' ? levelPpm + 1 : levelPpm - 1
  // Around a dollar steps change their size.
  if (priceMicro <= ONE_DOLLAR_MICRO + CENT_MICRO) return nextLevel
  const perLevel = dividend * factor.old
  const whole = divisor * MILLION * factor.new
  if (order === 'high') {
    const leastMicro = priceMicro + CENT_MICRO / 2n
    return Number((leastMicro * whole + perLevel - 1n) / perLevel - MILLION)
  }
  const mostMicro = priceMicro - CENT_MICRO / 2n
  return Number((mostMicro * whole - 1n) / perLevel - MILLION)
}

/** Where each path was asked for last: many orders ask for the same second. */
const lastLevels = new WeakMap<PricePath, { readonly second: number; readonly levelPpm: number }>()

export function levelAt(path: PricePath, second: number): number {
  const last = lastLevels.get(path)
  if (last?.second === second) return last.levelPpm
  const levelPpm = levelOf(path, walksAt(path, second), second)
  lastLevels.set(path, { second, levelPpm })
  return levelPpm
}

/** The walks' sum at a second. */
function walksAt({ keys: [own, common] }: PricePath, second: number): number {
  return walkPpm(own, second * 1000) + walkPpm(common, second * 1000)
}

/** The nearest step to a positive amount, half up; steps are as fine as those of a price of `priceMicro`. */
export function toSteps(amountMicro: bigint, priceMicro: bigint): PriceMicro {
  const step = stepOf(priceMicro)
  return (((amountMicro + step / 2n) / step) * step) as PriceMicro
}

export function stepOf(priceMicro: bigint): bigint {
  return priceMicro >= ONE_DOLLAR_MICRO ? CENT_MICRO : HUNDREDTH_CENT_MICRO
}

function pathOf(
  market: Market,
  asset: Asset,
  rules: SymbolRules,
  endsBefore = Number.POSITIVE_INFINITY,
): PricePath {
  const path: PricePath = {
    rules,
    fromSecond: rules.fromSecond,
    toSecond: endsBefore - 1,
    keys: [keyOf(`${market.seed}|${asset.symbol}`), keyOf(`${market.seed}|${asset.assetClass}`)],
    strength: FOLLOWS_PERCENT[asset.volatility] * rules.volatilityPercent,
    dividend: asset.referencePriceMicro,
    divisor: 1n,
  }
  if (rules.anchor === undefined) return path
  const { second, priceMicro } = rules.anchor
  const levelPpm = levelAt(path, second)
  const factor = factorAt(market, asset.symbol, Temporal.Instant.fromEpochMilliseconds(second * 1000))
  return {
    ...path,
    dividend: priceMicro * MILLION * factor.new,
    divisor: (MILLION + BigInt(levelPpm)) * factor.old,
  }
}
