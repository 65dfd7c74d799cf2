import { parseUsd, type UsdMinor } from '@paddock/money'
import { WireRefused } from './wire-error.ts'

export const refuseField = (message: string) => new WireRefused(422, 40010001, message)

/** Dollars and cents above zero, exactly as they were said. */
export function readAmount(text: string): UsdMinor {
  const minor = parseUsd(text)
  if (minor === undefined) throw refuseField('amount must be a decimal number with at most 2 decimals')
  if (minor <= 0n) throw refuseField('amount must be greater than 0.00')
  return minor
}

export function readIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  if (typeof header === 'string' && /^[\x21-\x7e]{1,128}$/.test(header)) return header
  throw refuseField('Idempotency-Key must have 1 to 128 printable characters')
}
