import { TransferBody, Uuid } from '@paddock/broker-wire'
import { z } from 'zod'
import { type RelationshipId, RelationshipRejected } from '../ach/relationship.ts'
import { findRelationshipOwner } from '../ach/relationship-store.ts'
import { type RelationshipReview, reviewRelationship } from '../ach/review-relationship.ts'
import type { BrokerContext } from '../context.ts'
import { type Review, reviewTransfer } from '../transfers/review-transfer.ts'
import { type TransferId, TransferRejected } from '../transfers/transfer.ts'
import { findTransferOwner } from '../transfers/transfer-store.ts'
import type { BrokerRoutes } from './routes.ts'
import { presentTransfer } from './transfers.ts'

const IdPath = z.object({ id: Uuid })

const RejectBody = z
  .object({
    reason: z
      .string()
      .regex(/^\P{Cc}{1,200}$/u, 'must be a line of at most 200 characters')
      .optional(),
  })
  .nullish()

const Reviewed = z.object({ id: Uuid, status: z.enum(['APPROVED', 'REJECTED']) })

const REJECTED_BY_OPERATOR = 'rejected by an operator'

/** What an operator decides about money that waits for a person; not part of the vendor's API. */
export const opsTransferRoutes: BrokerRoutes = async (app, { ctx }) => {
  const tags = ['Operations']

  app.post(
    '/_ops/transfers/:id/approve',
    { schema: { summary: 'Approve a transfer', tags, params: IdPath, response: { 200: TransferBody } } },
    ({ params }) => review(ctx, params.id as TransferId, { verdict: 'approve' }),
  )

  app.post(
    '/_ops/transfers/:id/reject',
    {
      schema: {
        summary: 'Reject a transfer',
        tags,
        params: IdPath,
        body: RejectBody,
        response: { 200: TransferBody },
      },
    },
    ({ params, body }) =>
      review(ctx, params.id as TransferId, {
        verdict: 'reject',
        reason: body?.reason ?? REJECTED_BY_OPERATOR,
      }),
  )

  app.post(
    '/_ops/ach_relationships/:id/approve',
    { schema: { summary: 'Approve an ACH relationship', tags, params: IdPath, response: { 200: Reviewed } } },
    ({ params }) => reviewBank(ctx, params.id as RelationshipId, { to: 'APPROVED' }),
  )

  app.post(
    '/_ops/ach_relationships/:id/reject',
    {
      schema: {
        summary: 'Reject an ACH relationship',
        tags,
        params: IdPath,
        body: RejectBody,
        response: { 200: Reviewed },
      },
    },
    ({ params, body }) =>
      reviewBank(ctx, params.id as RelationshipId, {
        to: 'REJECTED',
        reason: body?.reason ?? REJECTED_BY_OPERATOR,
      }),
  )
}

async function review(ctx: BrokerContext, id: TransferId, verdict: Review): Promise<TransferBody> {
  const owner = await findTransferOwner(ctx.db, id)
  if (owner === undefined) throw new TransferRejected('transfer_not_found')
  return presentTransfer(await reviewTransfer(ctx, owner, id, verdict))
}

async function reviewBank(ctx: BrokerContext, id: RelationshipId, verdict: RelationshipReview) {
  const owner = await findRelationshipOwner(ctx.db, id)
  if (owner === undefined) throw new RelationshipRejected('relationship_not_found')
  await reviewRelationship(ctx, owner, id, verdict)
  return { id, status: verdict.to }
}
