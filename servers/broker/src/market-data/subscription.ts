import type { Channel } from './channels.ts'

/** Stands for all symbols of a feed. */
export const EVERYTHING = '*'

export type SymbolsByChannel = { readonly [Name in Channel]?: readonly string[] | undefined }

/** What one reader wants to hear. Symbols that nobody knows are kept too: they are never heard of. */
export class Subscription {
  readonly #channels: readonly Channel[]
  readonly #symbols = new Map<Channel, Set<string>>()

  constructor(channels: readonly Channel[]) {
    this.#channels = channels
  }

  add(wanted: SymbolsByChannel): void {
    for (const channel of this.#channels) {
      const symbols = this.#symbols.get(channel) ?? new Set()
      for (const symbol of wanted[channel] ?? []) symbols.add(symbol)
      this.#symbols.set(channel, symbols)
    }
  }

  remove(unwanted: SymbolsByChannel): void {
    for (const channel of this.#channels) {
      for (const symbol of unwanted[channel] ?? []) this.#symbols.get(channel)?.delete(symbol)
    }
  }

  /** How many symbols there would be in the fullest channel with these. */
  sizeWith(wanted: SymbolsByChannel): number {
    const sizes = this.#channels.map(
      (channel) => new Set([...(this.#symbols.get(channel) ?? []), ...(wanted[channel] ?? [])]).size,
    )
    return Math.max(...sizes)
  }

  /** Those of `all` that are subscribed to. */
  heardOf(channel: Channel, all: readonly string[]): readonly string[] {
    const symbols = this.#symbols.get(channel)
    if (symbols === undefined || symbols.size === 0) return []
    return symbols.has(EVERYTHING) ? all : all.filter((symbol) => symbols.has(symbol))
  }

  /** All lists by name. Who hears of trades hears of their corrections, of which there never are any. */
  lists(): Record<string, readonly string[]> {
    const lists = this.#channels.map((channel) => [channel, [...(this.#symbols.get(channel) ?? [])]] as const)
    const trades = [...(this.#symbols.get('trades') ?? [])]
    const followers = this.#channels.includes('statuses') ? { corrections: trades, cancelErrors: trades } : {}
    return { ...Object.fromEntries(lists), ...followers }
  }
}
