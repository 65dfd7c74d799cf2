import { marketValue, type PriceMicro, type QuantityNano } from '@paddock/money'
import { type Asset, getAsset } from '../assets/asset.ts'
import type { Market } from '../market/market.ts'
import type { Books, Movement } from './history-store.ts'
import { pricesAt } from './prices-at.ts'

/** What is given away counts like what comes, with a minus. */
export function signedValue(
  priceOf: (asset: Asset) => PriceMicro,
  asset: Asset,
  quantityNano: bigint,
): bigint {
  const size = quantityNano < 0n ? -quantityNano : quantityNano
  const valueMinor = marketValue(size as QuantityNano, priceOf(asset))
  return quantityNano < 0n ? -valueMinor : valueMinor
}

/** Walks once through what moved and tells what all of it is worth; moments must be asked for in order. */
export class EquityReader {
  readonly #market: Market
  readonly #movements: readonly Movement[]
  readonly #holdings = new Map<string, bigint>()
  #cashMinor = 0n
  #next = 0

  constructor(market: Market, { opening, movements }: Books) {
    this.#market = market
    this.#movements = movements
    for (const movement of opening) this.#add(movement)
  }

  at(moment: Temporal.Instant): bigint {
    this.#walk((movement) => Temporal.Instant.compare(movement.at, moment) <= 0)
    return this.#valueAt(moment)
  }

  /** Just before a moment: what happened at it does not count yet. */
  before(moment: Temporal.Instant): bigint {
    this.#walk(({ at }) => Temporal.Instant.compare(at, moment) < 0)
    return this.#valueAt(moment.subtract({ milliseconds: 1 }))
  }

  #walk(isDue: (movement: Movement) => boolean): void {
    for (; this.#next < this.#movements.length; this.#next += 1) {
      const movement = this.#movements[this.#next]
      if (movement === undefined || !isDue(movement)) return
      this.#add(movement)
    }
  }

  #add({ symbol, amount }: Movement): void {
    if (symbol === undefined) this.#cashMinor += amount
    else this.#holdings.set(symbol, (this.#holdings.get(symbol) ?? 0n) + amount)
  }

  #valueAt(moment: Temporal.Instant): bigint {
    const priceOf = pricesAt(this.#market, moment)
    let valueMinor = this.#cashMinor
    for (const [symbol, quantity] of this.#holdings) {
      if (quantity !== 0n) valueMinor += signedValue(priceOf, getAsset(symbol), quantity)
    }
    return valueMinor
  }
}
