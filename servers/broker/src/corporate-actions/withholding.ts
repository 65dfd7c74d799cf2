import type { AccountId } from '../accounts/account.ts'
import { getAccount } from '../accounts/account-store.ts'
import type { Tx } from '../db/database.ts'

/** What is held back from dividends to people who pay their taxes elsewhere (contracts/alpaca/corporate-actions.md §4). */
const FULL_PERCENT = 30n

/** The percentage of a dividend that is held back for taxes: none at home, all of it without a treaty. */
export async function withholdingPercent(tx: Tx, accountId: AccountId): Promise<bigint> {
  const { parts } = await getAccount(tx, accountId)
  const country = textAt(textless(parts.identity), 'country_of_tax_residence')
  return country === undefined || country === 'USA' ? 0n : FULL_PERCENT
}

function textless(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function textAt(from: Record<string, unknown>, key: string): string | undefined {
  const value = from[key]
  return typeof value === 'string' ? value : undefined
}
