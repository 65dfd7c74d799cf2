import { TransferBody, Uuid } from '@paddock/broker-wire'
import { z } from 'zod'
import { type RelationshipId, RelationshipRejected } from '../ach/relationship.ts'
import { findRelationshipOwner } from '../ach/relationship-store.ts'
import { reviewRelationship } from '../ach/review-relationship.ts'
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

const ReviewedBank = z.object({ id: Uuid, status: z.enum(['APPROVED', 'REJECTED']) })
type ReviewedBank = z.infer<typeof ReviewedBank>

const REJECTED_BY_OPERATOR = 'rejected by an operator'

/** What an operator decides about money that waits for a person; not part of the vendor's API. */
export const opsTransferRoutes: BrokerRoutes = async (app, { ctx }) => {
  await app.register(reviewRoutes('/_ops/transfers', 'a transfer', TransferBody, reviewById), { ctx })
  await app.register(
    reviewRoutes('/_ops/ach_relationships', 'an ACH relationship', ReviewedBank, reviewBankById),
    { ctx },
  )
}

function reviewRoutes(
  path: string,
  noun: string,
  answer: typeof TransferBody | typeof ReviewedBank,
  review: (ctx: BrokerContext, id: string, review: Review) => Promise<TransferBody | ReviewedBank>,
): BrokerRoutes {
  const shape = { tags: ['Operations'], params: IdPath, response: { 200: answer } }
  return async (app, { ctx }) => {
    app.post(`${path}/:id/approve`, { schema: { ...shape, summary: `Approve ${noun}` } }, ({ params }) =>
      review(ctx, params.id, { verdict: 'approve' }),
    )

    app.post(
      `${path}/:id/reject`,
      { schema: { ...shape, summary: `Reject ${noun}`, body: RejectBody } },
      ({ params, body }) =>
        review(ctx, params.id, { verdict: 'reject', reason: body?.reason ?? REJECTED_BY_OPERATOR }),
    )
  }
}

async function reviewById(ctx: BrokerContext, id: string, review: Review): Promise<TransferBody> {
  const transferId = id as TransferId
  const owner = await findTransferOwner(ctx.db, transferId)
  if (owner === undefined) throw new TransferRejected('transfer_not_found')
  return presentTransfer(await reviewTransfer(ctx, owner, transferId, review))
}

async function reviewBankById(ctx: BrokerContext, id: string, review: Review): Promise<ReviewedBank> {
  const relationshipId = id as RelationshipId
  const owner = await findRelationshipOwner(ctx.db, relationshipId)
  if (owner === undefined) throw new RelationshipRejected('relationship_not_found')
  return { id, status: await reviewRelationship(ctx, owner, relationshipId, review) }
}
