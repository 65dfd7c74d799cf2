import { newYorkInstant } from '@paddock/calendar'
import type { PriceMicro } from '@paddock/money'
import type { Asset } from '../assets/asset.ts'
import type { CorporateAction } from '../corporate-actions/corporate-action.ts'
import type { Bar } from '../market/bars.ts'
import { type Market, previousClosePrice } from '../market/market.ts'

/** What a dividend leaves of the prices before it, in parts of `WHOLE`. */
const WHOLE = 1_000_000_000_000n

/** Adjusted prices have four decimals, as the vendor's. */
const STEP_MICRO = 100n

const NOON = new Temporal.PlainTime(12)
const MIDNIGHT = new Temporal.PlainTime()

/**
 * What dividends make of the bars before them: each takes its part of the last close before it went ex, so that
 * who held the share through it sees neither a gain nor a loss. Volumes stay.
 */
export function dividendAdjustment(
  market: Market,
  asset: Asset,
  dividends: readonly CorporateAction[],
): (bar: Bar) => Bar {
  const steps = stepsOf(market, asset, dividends)
  if (steps.length === 0) return (bar) => bar
  return (bar) => {
    const labelMs = bar.label.epochMilliseconds
    const part = steps.find(({ exMs }) => labelMs < exMs)?.part
    return part === undefined ? bar : scaled(bar, part)
  }
}

/** In order of time: what is left of prices before `exMs`, all later dividends included. */
function stepsOf(market: Market, asset: Asset, dividends: readonly CorporateAction[]) {
  const lastFirst = [...dividends].sort((a, b) => Temporal.PlainDate.compare(b.exOn, a.exOn))
  let part = WHOLE
  const steps = lastFirst.map(({ exOn, cashMicro }) => {
    const closeMicro = previousClosePrice(market, asset, newYorkInstant(exOn, NOON))
    if (cashMicro < closeMicro) part = (part * (closeMicro - cashMicro)) / closeMicro
    return { exMs: newYorkInstant(exOn, MIDNIGHT).epochMilliseconds, part }
  })
  return steps.reverse()
}

function scaled(bar: Bar, part: bigint): Bar {
  const price = (micro: PriceMicro) => {
    const exact = (micro * part) / WHOLE
    return (((exact + STEP_MICRO / 2n) / STEP_MICRO) * STEP_MICRO) as PriceMicro
  }
  return {
    ...bar,
    openMicro: price(bar.openMicro),
    highMicro: price(bar.highMicro),
    lowMicro: price(bar.lowMicro),
    closeMicro: price(bar.closeMicro),
    averageMicro: price(bar.averageMicro),
  }
}
