import type { UsdMinor } from '@paddock/money'
import { cashShareOf, sharesOf, type Weight, WHOLE_BP } from './weights.ts'

/** What an account has that a run may move, at present prices. */
export type Sheet = {
  readonly cashMinor: UsdMinor
  readonly heldMinor: ReadonlyMap<string, UsdMinor>
}

/** A trade that is wanted. A sale of everything sells the shares, whatever they bring. */
export type PlannedTrade = {
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly notionalMinor: UsdMinor
  readonly isEverything: boolean
}

const minor = (amount: bigint) => amount as UsdMinor

export const wholeOf = ({ cashMinor, heldMinor }: Sheet) =>
  minor([...heldMinor.values()].reduce((sum, value) => sum + value, BigInt(cashMinor)))

/** Everything above its weight is sold down to it; what has no weight is sold altogether. */
export function planSales(weights: readonly Weight[], sheet: Sheet): PlannedTrade[] {
  const whole = wholeOf(sheet)
  return [...sheet.heldMinor].flatMap(([symbol, valueMinor]) => {
    const target = targetOf(weights, symbol, whole)
    const excess = valueMinor - target
    if (excess <= 0n) return []
    return [{ symbol, side: 'sell' as const, notionalMinor: minor(excess), isEverything: target === 0n }]
  })
}

/**
 * Everything below its weight is bought up to it, from the cash beyond cash's own weight. Where that is not enough,
 * because sales brought a little less than was reckoned, all get the same part of what they lack.
 */
export function planPurchases(weights: readonly Weight[], sheet: Sheet): PlannedTrade[] {
  const whole = wholeOf(sheet)
  const lacks = weights.flatMap(({ symbol }) => {
    if (symbol === undefined) return []
    const lack = targetOf(weights, symbol, whole) - (sheet.heldMinor.get(symbol) ?? 0n)
    return lack > 0n ? [{ symbol, lack }] : []
  })
  const wanted = lacks.reduce((sum, { lack }) => sum + lack, 0n)
  const budget = idleCash(weights, sheet)
  return lacks.map(({ symbol, lack }) => buy(symbol, wanted <= budget ? lack : (lack * budget) / wanted))
}

/** Cash beyond its own weight. */
export function idleCash(weights: readonly Weight[], sheet: Sheet): UsdMinor {
  const idle = sheet.cashMinor - (wholeOf(sheet) * cashShareOf(weights)) / WHOLE_BP
  return minor(idle > 0n ? idle : 0n)
}

/** Buys every asset of the portfolio for its part of the idle cash, and sells nothing. */
export function planInvestment(weights: readonly Weight[], sheet: Sheet): PlannedTrade[] {
  const assets = weights.filter(({ symbol }) => symbol !== undefined)
  const idle = idleCash(weights, sheet)
  return assets.map(({ symbol = '', shareBp }) => buy(symbol, (idle * shareBp) / sharesOf(assets)))
}

function buy(symbol: string, amount: bigint): PlannedTrade {
  return { symbol, side: 'buy', notionalMinor: minor(amount), isEverything: false }
}

/** Rounded down, so that the parts never add up to more than the whole. */
function targetOf(weights: readonly Weight[], symbol: string, whole: UsdMinor): bigint {
  const weight = weights.find((one) => one.symbol === symbol)
  return weight === undefined ? 0n : (whole * weight.shareBp) / WHOLE_BP
}
