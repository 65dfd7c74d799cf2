import type { Tx } from '../db/database.ts'
import { getAccount, type LockedAccount } from './account-store.ts'
import { changeStatus, scheduleSteps } from './change-status.ts'
import { findingsOf } from './kyc.ts'
import { REVIEW_SECONDS, type StatusStep } from './status-path.ts'

/** A paper that says of itself that nobody can read it is sent back (docs/magic-values.md). */
const UNREADABLE = 'unreadable'

/**
 * What was missing has come: people look at it, and approve it after their hour, or ask again when they cannot
 * read it. Only an account that waited for something is reviewed.
 */
export async function beginReview(
  tx: Tx,
  account: LockedAccount,
  documentSubTypes: readonly (string | undefined)[],
  now: Temporal.Instant,
): Promise<void> {
  if (account.status !== 'ACTION_REQUIRED') return
  const findings = findingsOf((await getAccount(tx, account.id)).kycResults)
  await changeStatus(tx, account, { side: 'status', to: 'APPROVAL_PENDING', findings }, now)
  const isReadable = !documentSubTypes.some((subType) => subType?.toLowerCase() === UNREADABLE)
  const path: readonly StatusStep[] = isReadable
    ? [
        { to: 'APPROVED', afterSeconds: REVIEW_SECONDS, findings },
        { to: 'ACTIVE', afterSeconds: 1 },
      ]
    : [{ to: 'ACTION_REQUIRED', afterSeconds: REVIEW_SECONDS, findings }]
  await scheduleSteps(tx, { accountId: account.id, side: 'status', from: 'APPROVAL_PENDING', path }, now)
}
