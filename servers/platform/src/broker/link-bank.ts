import type { AchRelationship } from '@paddock/broker-sdk'
import { assert } from '@paddock/kernel'
import type { AccountId } from '../applications/brokerage-account.ts'
import { linkFunding } from '../banks/banks-store.ts'
import type { Call, Intent } from '../intents/intent.ts'

export interface RelationshipAsked {
  readonly processorToken: string
}

const SKEW = { seconds: 5 }
const ACTIVE = ['QUEUED', 'APPROVED', 'PENDING'] as const

/** Connects a bank account at the broker, which allows one at a time: an active one made since is ours. */
export const linkBank: Call<RelationshipAsked, AchRelationship> = {
  kind: 'relationship',
  isSecret: true,
  resendSeconds: 3_600,

  send: ({ broker }, intent, { processorToken }) =>
    broker.achRelationships.create(
      accountIdOf(intent),
      { processor_token: processorToken },
      { idempotencyKey: intent.brokerKey },
    ),

  async find({ broker }, intent) {
    const notBefore = intent.askedAt.subtract(SKEW)
    const relationships = await broker.achRelationships.list(accountIdOf(intent), { statuses: ACTIVE })
    return relationships.find(
      ({ id, created_at }) =>
        id === intent.brokerId ||
        (intent.brokerId === undefined &&
          Temporal.Instant.compare(Temporal.Instant.from(created_at), notBefore) >= 0),
    )
  },

  onAccepted: (ctx, tx, intent, relationship, { processorToken }) =>
    linkFunding(tx, intent.userId, processorToken, relationship.id, ctx.clock.now()),
}

function accountIdOf({ accountId }: Intent): AccountId {
  assert(accountId !== undefined, 'a relationship belongs to an account')
  return accountId
}
