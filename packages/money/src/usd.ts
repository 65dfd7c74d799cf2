import type { Brand } from '@paddock/kernel'
import { formatScaled, trimZeros } from './scaled.ts'

/** US dollars as whole cents. */
export type UsdMinor = Brand<bigint, 'UsdMinor'>

const USD_TEXT = /^(?<sign>-?)(?<whole>\d{1,13})(?:\.(?<cents>\d{1,2}))?$/

/** Reads wire text such as `"250.00"`. A third decimal is refused, not rounded. */
export function parseUsd(text: string): UsdMinor | undefined {
  const parts = USD_TEXT.exec(text)?.groups
  if (parts === undefined) return undefined
  const minor = BigInt(`${parts.whole}${(parts.cents ?? '').padEnd(2, '0')}`)
  return (parts.sign === '-' ? -minor : minor) as UsdMinor
}

/** Cents as text with two decimals: `"1234.50"`, `"-0.05"`. */
export function formatUsd(minor: UsdMinor | bigint): string {
  return formatScaled(minor, 2)
}

/** Cents as the Broker API prints money, without trailing zeros: `"1234.5"`, `"0"`. */
export function trimmedUsd(minor: UsdMinor | bigint): string {
  return trimZeros(formatScaled(minor, 2))
}
