import type { Market } from '../market/market.ts'
import { instantOfSecond } from '../market/quote.ts'
import { rulesOf } from '../market/symbol-rules.ts'

/** Since when a symbol has been halted, or trades again. */
export interface HaltChange {
  readonly isHalted: boolean
  readonly at: Temporal.Instant
}

/** What has been halted or let go from one look to the next. */
export class HaltWatch {
  #halted = new Set<string>()

  /** By symbol. What was halted and let go again since the last look has not changed. */
  look(market: Market, symbols: readonly string[]): ReadonlyMap<string, HaltChange> {
    const changes = new Map<string, HaltChange>()
    const halted = new Set<string>()
    for (const symbol of symbols) {
      const rules = rulesOf(market, symbol)
      const isHalted = rules.at(-1)?.isHalted ?? false
      if (isHalted) halted.add(symbol)
      if (isHalted === this.#halted.has(symbol)) continue
      const before = rules.findLastIndex((rule) => rule.isHalted !== isHalted)
      const first = rules[before + 1]?.fromSecond
      if (first !== undefined) changes.set(symbol, { isHalted, at: instantOfSecond(first) })
    }
    this.#halted = halted
    return changes
  }
}

/** Those for somebody who came at a moment: of that moment's second on. */
export function changesSince(
  changes: ReadonlyMap<string, HaltChange>,
  cameAt: Temporal.Instant,
): ReadonlyMap<string, HaltChange> {
  const second = cameAt.round({ smallestUnit: 'second', roundingMode: 'floor' })
  return new Map([...changes].filter(([, { at }]) => Temporal.Instant.compare(at, second) >= 0))
}
