import type { Brand } from '@paddock/kernel'
import { formatScaled, parseScaled, trimZeros } from './scaled.ts'

/** Shares or coins in billionths (10^-9): the finest fraction that the Broker API trades. */
export type QuantityNano = Brand<bigint, 'QuantityNano'>

/** Reads an unsigned quantity such as `"0.407166124"`. A tenth decimal is refused, not rounded. */
export function parseQuantity(text: string): QuantityNano | undefined {
  return parseScaled(text, 12, 9) as QuantityNano | undefined
}

/** A quantity without trailing zeros: `"1.5"`, `"0"`. */
export function formatQuantity(quantityNano: QuantityNano | bigint): string {
  return trimZeros(formatScaled(quantityNano, 9))
}
