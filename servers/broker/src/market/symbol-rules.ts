import type { PriceMicro, QuantityNano } from '@paddock/money'
import type { Market } from './splits.ts'

/** How the venue treats orders: as the market goes, or as somebody wants to see it. */
export type FillMode =
  | { readonly kind: 'normal' }
  /** Takes orders and never executes them. */
  | { readonly kind: 'never' }
  | { readonly kind: 'reject' }
  /** Executes so many shares of each order, and then no more. */
  | { readonly kind: 'partial'; readonly quantityNano: QuantityNano }
  /** Takes its time to say yes: somebody says it for it. */
  | { readonly kind: 'later' }

/** What somebody has set for a symbol, in force from a second on until something else is set. */
export interface SymbolRules {
  readonly fromSecond: number
  /** Where the price was set to, and when; from there on it walks as it would have walked. */
  readonly anchor: { readonly second: number; readonly priceMicro: PriceMicro } | undefined
  /** How far the price wanders, compared with what is usual for the asset. */
  readonly volatilityPercent: number
  /** What is added to the walk each day since the anchor. */
  readonly driftPpmPerDay: number
  readonly spreadPercent: number
  readonly isHalted: boolean
  readonly fillMode: FillMode
}

export const usualRules: SymbolRules = {
  fromSecond: Number.NEGATIVE_INFINITY,
  anchor: undefined,
  volatilityPercent: 100,
  driftPpmPerDay: 0,
  spreadPercent: 100,
  isHalted: false,
  fillMode: { kind: 'normal' },
}

const untouched: readonly SymbolRules[] = [usualRules]

/** Kept beside the market that they belong to, as its splits are; `refreshMarket` brings them up to date. */
const books = new WeakMap<Market, Map<string, readonly SymbolRules[]>>()

/** Puts rules that somebody has set behind those that are known. Rules of the same second replace each other. */
export function rememberRules(market: Market, symbol: string, rules: SymbolRules): void {
  const book = books.get(market) ?? new Map<string, readonly SymbolRules[]>()
  books.set(market, book)
  const before = (book.get(symbol) ?? untouched).filter(({ fromSecond }) => fromSecond < rules.fromSecond)
  book.set(symbol, [...before, rules])
}

/** All rules of a symbol in the order in which they came into force; the first have always been. */
export function rulesOf(market: Market, symbol: string): readonly SymbolRules[] {
  return books.get(market)?.get(symbol) ?? untouched
}

/** What is in force from now on. */
export function latestRules(market: Market, symbol: string): SymbolRules {
  return rulesOf(market, symbol).at(-1) ?? usualRules
}
