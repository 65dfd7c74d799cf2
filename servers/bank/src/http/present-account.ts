import type { AccountBody, OwnerBody } from '@paddock/bank-wire'
import { readInstant } from '@paddock/kernel'
import { formatUsd } from '@paddock/money'
import type { BalanceDates } from '../items/balance-dates.ts'
import type { Account } from '../items/item.ts'
import { isTyped } from '../verification/verification-status.ts'
import { presentInstant } from './present-item.ts'

export function presentAccount(account: Account): AccountBody {
  return {
    account_id: account.id,
    balances: {
      available: presentMinor(account.availableMinor),
      current: presentMinor(account.currentMinor),
      limit: presentMinor(account.limitMinor),
      iso_currency_code: account.currency,
      unofficial_currency_code: null,
    },
    mask: account.mask,
    name: account.name,
    official_name: account.officialName,
    type: account.type,
    subtype: account.subtype,
    holder_category: account.holderCategory,
    ...presentVerification(account),
  }
}

/** The same with the age of its balance, where the bank tells it. */
export function presentDatedAccount(account: Account, dates: BalanceDates): AccountBody {
  const body = presentAccount(account)
  const movedAt = dates?.get(account.id)
  if (movedAt === undefined) return body
  return { ...body, balances: { ...body.balances, last_updated_datetime: presentInstant(movedAt) } }
}

/** From when on a caller can use a balance. */
export function readOldest(
  options: { min_last_updated_datetime?: string | undefined } | undefined,
): Temporal.Instant | undefined {
  const text = options?.min_last_updated_datetime
  return text === undefined ? undefined : readInstant(text)
}

/** Told only of accounts that are verified otherwise than by the bank's word. */
function presentVerification({ verificationStatus, owners }: Account) {
  if (verificationStatus === null) return {}
  const typedName = isTyped(verificationStatus) ? owners[0]?.names[0] : undefined
  return {
    verification_status: verificationStatus,
    ...(typedName !== undefined && { verification_name: typedName }),
  }
}

export function presentWithOwners(account: Account): AccountBody & { owners: OwnerBody[] } {
  return { ...presentAccount(account), owners: [...account.owners] }
}

/**
 * The vendor's wire has money as JSON numbers; everywhere else it is whole cents. The only place where
 * one becomes the other: the decimal text of the cents is read as the nearest double, and JSON prints the
 * shortest text that reads back as that double, which is the same decimal for anything below 90 million
 * million dollars. Nothing is ever computed with the result.
 */
export function presentMinor<Minor extends bigint | null>(
  minor: Minor,
): Minor extends bigint ? number : number | null
export function presentMinor(minor: bigint | null): number | null {
  return minor === null ? null : Number(formatUsd(minor))
}
