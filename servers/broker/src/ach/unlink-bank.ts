import { cancelJob } from '@paddock/service'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { hasOpenTransfers } from '../transfers/transfer-store.ts'
import { APPROVE_RELATIONSHIP, appendRelationshipEvent } from './link-bank.ts'
import { activeRelationshipStatuses, type RelationshipId, RelationshipRejected } from './relationship.ts'
import { findRelationshipStatus, setRelationshipStatus } from './relationship-store.ts'

/** Ends a relationship, unless money is still on its way through it. */
export async function unlinkBank(
  ctx: BrokerContext,
  accountId: AccountId,
  relationshipId: RelationshipId,
): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const status = await findRelationshipStatus(tx, accountId, relationshipId)
    if (status === undefined || !activeRelationshipStatuses.some((active) => active === status)) {
      throw new RelationshipRejected('relationship_not_found')
    }
    if (await hasOpenTransfers(tx, accountId, relationshipId)) {
      throw new RelationshipRejected('relationship_in_use')
    }
    const now = ctx.clock.now()
    await setRelationshipStatus(tx, accountId, relationshipId, 'CANCELED', now)
    await cancelJob(tx, APPROVE_RELATIONSHIP, relationshipId)
    await appendRelationshipEvent(tx, { accountId, relationshipId, from: status, to: 'CANCELED' }, now)
  })
}
