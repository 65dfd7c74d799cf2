import { cancelJob } from '@paddock/service'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { findFixture } from '../transfers/fixture.ts'
import { hasOpenTransfers } from '../transfers/transfer-store.ts'
import { APPROVE_RELATIONSHIP, appendRelationshipEvent } from './link-bank.ts'
import {
  activeRelationshipStatuses,
  type RelationshipId,
  RelationshipRejected,
  type RelationshipStep,
} from './relationship.ts'
import { findRelationship, setRelationshipStatus } from './relationship-store.ts'

/** Ends a relationship, unless money is still on its way through it. */
export async function unlinkBank(
  ctx: BrokerContext,
  accountId: AccountId,
  relationshipId: RelationshipId,
): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const { status, nickname } = (await findRelationship(tx, accountId, relationshipId)) ?? {}
    if (status === undefined || !endable.some((one) => one === status)) {
      throw new RelationshipRejected('relationship_not_found')
    }
    if (await hasOpenTransfers(tx, accountId, { type: 'ach', relationshipId })) {
      throw new RelationshipRejected('relationship_in_use')
    }
    const now = ctx.clock.now()
    const fails = status === 'APPROVED' && findFixture(nickname ?? '') === 'CANCEL_FAILED'
    const end = fails ? 'CANCEL_FAILED' : 'CANCELED'
    await setRelationshipStatus(tx, accountId, relationshipId, end, now)
    await cancelJob(tx, APPROVE_RELATIONSHIP, relationshipId)
    let from: RelationshipStep = status
    for (const to of stepsTo(end, status)) {
      await appendRelationshipEvent(tx, { accountId, relationshipId, from, to }, now)
      from = to
    }
  })
}

/** A clearing house that refused to end a relationship may be asked again. */
const endable = [...activeRelationshipStatuses, 'CANCEL_FAILED'] as const

/** What the clearing house knows is ended there first; what it never heard of just ends. */
function stepsTo(end: 'CANCELED' | 'CANCEL_FAILED', from: RelationshipStep): readonly RelationshipStep[] {
  return from === 'QUEUED' || from === 'PENDING' ? [end] : ['CANCEL_REQUESTED', 'CANCEL_SENT', end]
}
