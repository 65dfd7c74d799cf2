import type { AccountId } from '../accounts/account.ts'
import type { Tx } from '../db/database.ts'
import { appendRelationshipEvent } from './link-bank.ts'
import type { RelationshipId } from './relationship.ts'
import { findRelationship, setRelationshipStatus } from './relationship-store.ts'

/**
 * Its bank says that a linked account is no good: it is not used any more, whatever is still on its way. What
 * waits for it is rejected at its cut-off. Does nothing where it has ended. The account must be locked.
 */
export async function endLink(
  tx: Tx,
  accountId: AccountId,
  relationshipId: RelationshipId,
  reason: string,
  now: Temporal.Instant,
): Promise<void> {
  const from = (await findRelationship(tx, accountId, relationshipId))?.status
  if (from !== 'APPROVED' && from !== 'QUEUED' && from !== 'PENDING') return
  const to = from === 'APPROVED' ? 'CANCELED' : 'REJECTED'
  await setRelationshipStatus(tx, accountId, relationshipId, to, now)
  await appendRelationshipEvent(tx, { accountId, relationshipId, from, to, reason }, now)
}
