import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { appendAdminEvent } from '../events/append-admin-event.ts'
import { appendRelationshipEvent } from './link-bank.ts'
import { type RelationshipId, RelationshipRejected } from './relationship.ts'
import { findRelationship, setRelationshipStatus } from './relationship-store.ts'

export type RelationshipReview =
  | { readonly to: 'APPROVED' }
  | { readonly to: 'REJECTED'; readonly reason: string }

/** An operator decides about a relationship that waits for a review. */
export async function reviewRelationship(
  ctx: BrokerContext,
  accountId: AccountId,
  relationshipId: RelationshipId,
  review: RelationshipReview,
): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const relationship = await findRelationship(tx, accountId, relationshipId)
    if (relationship === undefined) throw new RelationshipRejected('relationship_not_found')
    const { status: from } = relationship
    if (from !== 'PENDING') throw new RelationshipRejected('relationship_not_reviewable', { status: from })
    const now = ctx.clock.now()
    await setRelationshipStatus(tx, accountId, relationshipId, review.to, now)
    const reason = review.to === 'REJECTED' ? review.reason : undefined
    await appendRelationshipEvent(tx, { accountId, relationshipId, from, to: review.to, reason }, now)
    await appendAdminEvent(tx, {
      type: 'note_admin_event',
      accountId,
      note: reason === undefined ? 'ACH relationship approved' : `ACH relationship rejected: ${reason}`,
      context: { relationship_id: relationshipId, status_from: from, status_to: review.to },
      at: now,
    })
  })
}
