import type { AuthMethod, VerificationStatus } from '@paddock/bank-wire'
import { BankRefused } from '../refusals.ts'

export type { VerificationStatus }

/** Numbers that the person typed without signing in: the client learns them and nothing else of the account. */
export function isByHand(method: AuthMethod): boolean {
  return method === 'SAME_DAY_MICRODEPOSITS' || method === 'INSTANT_MICRODEPOSITS'
}

/** The same by the account's own status. */
export function isTyped(status: VerificationStatus | null): boolean {
  return (
    status === 'pending_manual_verification' ||
    status === 'manually_verified' ||
    status === 'verification_failed'
  )
}

/** Money moves only by numbers that are shown to be the person's (contracts/plaid/micro-deposits.md §2). */
export function refuseUnverified(
  accounts: readonly { verificationStatus: VerificationStatus | null }[],
): void {
  const statuses = accounts.map(({ verificationStatus }) => verificationStatus)
  if (statuses.some((status) => status?.startsWith('pending') === true))
    throw new BankRefused('auth_not_ready')
  const over: (VerificationStatus | null)[] = ['verification_expired', 'verification_failed']
  if (statuses.some((status) => over.includes(status))) throw new BankRefused('auth_not_verified')
}
