import type { AccountStatus } from './account.ts'

/**
 * Where an account may go from each status (contracts/alpaca/accounts.md §3). Whatever is planned or decided by
 * rule keeps to it; only the simulation's door moves an account anywhere, and says so in the event's reason.
 */
export const nextStatuses: Readonly<Record<AccountStatus, readonly AccountStatus[]>> = {
  INACTIVE: ['SUBMITTED'],
  ONBOARDING: ['SUBMITTED', 'REJECTED'],
  SUBMITTED: ['APPROVED', 'APPROVAL_PENDING', 'ACTION_REQUIRED', 'SUBMISSION_FAILED', 'REJECTED'],
  SUBMISSION_FAILED: ['SUBMITTED', 'REJECTED'],
  ACTION_REQUIRED: ['APPROVAL_PENDING', 'APPROVED', 'REJECTED'],
  APPROVAL_PENDING: ['APPROVED', 'ACTION_REQUIRED', 'REJECTED'],
  APPROVED: ['ACTIVE', 'REJECTED'],
  ACTIVE: ['ACCOUNT_UPDATED', 'DISABLED', 'ACCOUNT_CLOSED'],
  ACCOUNT_UPDATED: ['ACTIVE', 'DISABLED', 'ACCOUNT_CLOSED'],
  DISABLED: ['ACTIVE', 'ACCOUNT_CLOSED'],
  REJECTED: [],
  ACCOUNT_CLOSED: [],
}

/** How an account begins; crypto begins INACTIVE without a word, or SUBMITTED. */
export const firstStatuses: readonly AccountStatus[] = ['SUBMITTED', 'ONBOARDING']

/** The ends that the crypto side shares with its account, wherever it was. */
export const sharedEnds: readonly AccountStatus[] = ['REJECTED', 'ACCOUNT_CLOSED']

/** From the first day on which it could trade to its end. */
export const isOpened = (status: AccountStatus) =>
  status === 'ACTIVE' || status === 'ACCOUNT_UPDATED' || status === 'DISABLED'

export const isFinal = (status: AccountStatus) => nextStatuses[status].length === 0

/** Shares and crypto are approved apart from each other, each along its own path. */
export type AccountSide = 'status' | 'crypto_status'

export function mayBecome(side: AccountSide, from: AccountStatus, to: AccountStatus): boolean {
  if (side === 'crypto_status' && sharedEnds.includes(to)) return !isFinal(from)
  return nextStatuses[from].includes(to)
}

/** The reason in events of moves that kept to no rule. */
export const BY_HAND = 'set by hand'
