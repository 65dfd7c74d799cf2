import { parseUsd } from '@paddock/money'
import { BankRefused } from '../refusals.ts'

/** Exact cents of a JSON number; one with a third decimal is refused by its path, not rounded. */
export function readMinor(amount: number, path: string): bigint {
  const minor = parseUsd(String(amount))
  if (minor === undefined) {
    throw new BankRefused('custom_user_unreadable', { problem: `${path}: must have at most two decimals` })
  }
  return minor
}
