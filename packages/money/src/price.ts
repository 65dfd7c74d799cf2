import type { Brand } from '@paddock/kernel'
import { formatScaled, parseScaled, trimZeros } from './scaled.ts'

/** US dollars for one share or coin, in millionths (10^-6). */
export type PriceMicro = Brand<bigint, 'PriceMicro'>

/** Reads an unsigned price such as `"61.4"`. A seventh decimal is refused, not rounded. */
export function parsePrice(text: string): PriceMicro | undefined {
  return parseScaled(text, 9, 6) as PriceMicro | undefined
}

/** A price without trailing zeros: `"61.4"`. */
export function formatPrice(priceMicro: PriceMicro | bigint): string {
  return trimZeros(formatScaled(priceMicro, 6))
}
