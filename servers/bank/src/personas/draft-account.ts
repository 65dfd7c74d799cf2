import type { AccountType, CustomHolding, CustomLiability, CustomTrade, OwnerBody } from '@paddock/bank-wire'

/** Where money for an account is sent; which of them exist depends on the country. */
export interface AccountNumbers {
  ach?: { account: string; routing: string; wireRouting: string | null }
  eft?: { account: string; institution: string; branch: string }
  international?: { iban: string; bic: string }
  bacs?: { account: string; sortCode: string }
}

export type Owner = OwnerBody

/** An account as the bank knows it, before anyone linked it. */
export interface DraftAccount {
  name: string
  officialName: string | null
  mask: string
  type: AccountType
  subtype: string
  holderCategory: 'personal' | 'business'
  currency: string
  currentMinor: bigint | null
  availableMinor: bigint | null
  limitMinor: bigint | null
  numbers: AccountNumbers | null
  owners: readonly Owner[]
  /** What is in it or owed on it, where a custom user's JSON says so and nothing is to be made up. */
  described?: Described
}

export interface Described {
  holdings?: readonly CustomHolding[] | undefined
  trades?: readonly CustomTrade[] | undefined
  liability?: CustomLiability | undefined
}

const AUTH_SUBTYPES = ['checking', 'savings', 'cash management']

/** True for the kinds of account that have numbers and may send or receive money (contracts/plaid/items.md §3). */
export function isPayable(account: { type: string; subtype: string | null }): boolean {
  return account.type === 'depository' && AUTH_SUBTYPES.includes(account.subtype ?? '')
}
