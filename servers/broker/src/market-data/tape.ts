import { newYorkDate, newYorkInstant } from '@paddock/calendar'
import type { Asset } from '../assets/asset.ts'
import { type Bar, barsBetween } from '../market/bars.ts'
import { type Market, quoteOf } from '../market/market.ts'
import type { Quote } from '../market/quote.ts'
import type { HaltChange } from './halts.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const MIDNIGHT = new Temporal.PlainTime()

/**
 * What has happened in a market between two looks at it: of quotes the last, of minutes the one that ended last. After
 * a leap of the clock that is all that is told, not everything that the leap has passed.
 */
export class TapeLook {
  readonly #now: Temporal.Instant
  readonly #sinceMs: number
  readonly #halts: ReadonlyMap<string, HaltChange>

  constructor(since: Temporal.Instant, now: Temporal.Instant, halts: ReadonlyMap<string, HaltChange>) {
    this.#halts = halts
    this.#now = now
    this.#sinceMs = since.epochMilliseconds
  }

  /** The quote of now, and the trade that goes with it; undefined when the asset has not traded since the last look. */
  quote(market: Market, asset: Asset): Quote | undefined {
    const quote = quoteOf(market, asset, this.#now)
    return floorTo(SECOND_MS, quote.at.epochMilliseconds) > this.#sinceMs ? quote : undefined
  }

  /** Whether the asset has been halted since the last look, or trades again. */
  haltChange(asset: Asset): HaltChange | undefined {
    return this.#halts.get(asset.symbol)
  }

  /** The minute that has just ended, if the asset traded in it. */
  minuteBar(market: Market, asset: Asset): Bar | undefined {
    const minuteMs = floorTo(MINUTE_MS, this.#now.epochMilliseconds)
    if (minuteMs <= floorTo(MINUTE_MS, this.#sinceMs)) return undefined
    const label = Temporal.Instant.fromEpochMilliseconds(minuteMs - MINUTE_MS)
    const query = { timeframe: '1Min', from: label, to: label, direction: 'asc' } as const
    const end = Temporal.Instant.fromEpochMilliseconds(minuteMs)
    for (const bar of barsBetween(market, asset, query, end)) return bar
    return undefined
  }

  /** The day until now, once a minute while the asset trades. */
  dailyBar(market: Market, asset: Asset): Bar | undefined {
    if (this.minuteBar(market, asset) === undefined) return undefined
    const label = newYorkInstant(newYorkDate(this.#now), MIDNIGHT)
    const query = { timeframe: '1Day', from: label, to: label, direction: 'asc' } as const
    for (const bar of barsBetween(market, asset, query, this.#now)) return bar
    return undefined
  }

  get now(): Temporal.Instant {
    return this.#now
  }
}

function floorTo(unitMs: number, epochMs: number): number {
  return Math.floor(epochMs / unitMs) * unitMs
}
