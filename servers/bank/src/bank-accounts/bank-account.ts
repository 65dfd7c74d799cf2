import type { DraftAccount } from '../personas/draft-account.ts'

export const accountStates = ['open', 'closed', 'frozen', 'deceased', 'no_debits', 'no_transactions'] as const
export type AccountState = (typeof accountStates)[number]

/** An account in the bank's books, with the balance of now, whether anyone linked it or not. */
export interface BankAccount extends DraftAccount {
  bankAccountId: string
}

/** What the books know of an account. Amounts are the customer's: below zero he owes the bank. */
export interface BookedAccount {
  id: string
  institutionId: string | null
  loginKey: string | null
  position: number | null
  type: string
  subtype: string
  currency: string
  state: AccountState
  balanceMinor: bigint
  availableMinor: bigint | null
  overdraftMinor: bigint
  entryCount: bigint
}

export type MovementKind =
  | 'opening'
  | 'adjustment'
  | 'ach'
  | 'ach_return'
  | 'ach_dishonor'
  | 'ach_notice'
  | 'ach_micro_deposit'
  | 'living'

export interface Movement {
  /** What caused it. The same cause again moves nothing. */
  key: string
  kind: MovementKind
  /** What the customer reads on the statement. */
  description: string
  at: Temporal.Instant
  lines: readonly MovementLine[]
}

export interface MovementLine {
  accountId: string
  /** Above zero: the customer has more. */
  amountMinor: bigint
  reference?: string | null
}

/** Cards and loans show what is owed as a balance above zero. */
export function isDebt(type: string): boolean {
  return type === 'credit' || type === 'loan'
}
