import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { appendAdminEvent } from '../events/append-admin-event.ts'
import type { Review } from '../transfers/review-transfer.ts'
import { appendRelationshipEvent } from './link-bank.ts'
import { type RelationshipId, RelationshipRejected } from './relationship.ts'
import { findRelationship, setRelationshipStatus } from './relationship-store.ts'

/** An operator decides about a relationship that waits for a review; answers what became of it. */
export async function reviewRelationship(
  ctx: BrokerContext,
  accountId: AccountId,
  relationshipId: RelationshipId,
  review: Review,
): Promise<'APPROVED' | 'REJECTED'> {
  return transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const relationship = await findRelationship(tx, accountId, relationshipId)
    if (relationship === undefined) throw new RelationshipRejected('relationship_not_found')
    const { status: from } = relationship
    if (from !== 'PENDING') throw new RelationshipRejected('relationship_not_reviewable', { status: from })
    const now = ctx.clock.now()
    const to = review.verdict === 'approve' ? 'APPROVED' : 'REJECTED'
    const reason = review.verdict === 'reject' ? review.reason : undefined
    await setRelationshipStatus(tx, accountId, relationshipId, to, now)
    await appendRelationshipEvent(tx, { accountId, relationshipId, from, to, reason }, now)
    await appendAdminEvent(tx, {
      type: 'note_admin_event',
      accountId,
      note: reason === undefined ? 'ACH relationship approved' : `ACH relationship rejected: ${reason}`,
      context: { relationship_id: relationshipId, status_from: from, status_to: to },
      at: now,
    })
    return to
  })
}
