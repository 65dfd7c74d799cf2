import { Uuid } from '@paddock/broker-wire'
import { parseUsd } from '@paddock/money'
import { z } from 'zod'
import { listBankVersions } from '../ach/bank-version-store.ts'
import { type RelationshipId, RelationshipRejected } from '../ach/relationship.ts'
import { findRelationshipOwner } from '../ach/relationship-store.ts'
import type { BrokerContext } from '../context.ts'
import { confirmAmounts } from '../origination/end-proof.ts'
import { findProof } from '../origination/proof-store.ts'
import { requestProof } from '../origination/prove-numbers.ts'
import type { BrokerRoutes } from './routes.ts'

const tags = ['Operations']

const IdPath = z.object({ id: Uuid })

const Cents = z
  .string()
  .regex(/^0?\.\d{2}$/, 'must be an amount below a dollar such as 0.07')
  .transform((text) => parseUsd(text.startsWith('.') ? `0${text}` : text) ?? 0n)

const ProofBody = z.object({
  relationship_id: z.string(),
  method: z.enum(['PRENOTE', 'MICRO_DEPOSITS']),
  state: z.enum(['REQUESTED', 'SENT', 'VERIFIED', 'FAILED', 'LOCKED', 'EXPIRED']),
  tries: z.number(),
  provable_on: z.string(),
})

const VersionBody = z.object({
  version: z.number(),
  source: z.enum(['LINKED', 'CORRECTION']),
  code: z.string().nullable(),
  answer_id: z.string().nullable(),
  routing_number: z.string(),
  account_mask: z.string(),
  bank_account_type: z.enum(['CHECKING', 'SAVINGS']),
  account_owner_name: z.string(),
})

/** Linked bank accounts as ACH knows them: how they are proved, and what their banks have corrected. */
export const opsAchBankRoutes: BrokerRoutes = async (app, { ctx }) => {
  const path = '/_ops/ach_relationships/:id'

  app.post(
    `${path}/prove`,
    {
      schema: {
        summary: 'Prove a bank account by a prenote or by micro-deposits',
        tags,
        params: IdPath,
        body: z.object({ method: z.enum(['PRENOTE', 'MICRO_DEPOSITS']) }),
        response: { 200: ProofBody },
      },
    },
    async ({ params, body }) => {
      const named = await ownerOf(ctx, params.id as RelationshipId)
      await requestProof(ctx, { ...named, method: body.method })
      return readProof(ctx, named)
    },
  )

  app.post(
    `${path}/confirm`,
    {
      schema: {
        summary: 'Tell the amounts of the micro-deposits',
        tags,
        params: IdPath,
        body: z.object({ amounts: z.array(Cents).length(2) }),
        response: { 200: ProofBody },
      },
    },
    async ({ params, body }) => {
      const named = await ownerOf(ctx, params.id as RelationshipId)
      await confirmAmounts(ctx, named, body.amounts)
      return readProof(ctx, named)
    },
  )

  app.get(
    `${path}/versions`,
    {
      schema: {
        summary: 'List what a linked bank account was and is',
        tags,
        params: IdPath,
        response: { 200: z.array(VersionBody) },
      },
    },
    async ({ params }) => {
      const named = await ownerOf(ctx, params.id as RelationshipId)
      return (await listBankVersions(ctx, ctx.db, named)).map((bank) => ({
        version: bank.version,
        source: bank.source,
        code: bank.code ?? null,
        answer_id: bank.answerId ?? null,
        routing_number: bank.routingNumber,
        account_mask: bank.accountMask,
        bank_account_type: bank.accountType,
        account_owner_name: bank.ownerName,
      }))
    },
  )
}

async function ownerOf(ctx: BrokerContext, relationshipId: RelationshipId) {
  const accountId = await findRelationshipOwner(ctx.db, relationshipId)
  if (accountId === undefined) throw new RelationshipRejected('relationship_not_found')
  return { accountId, relationshipId }
}

async function readProof(ctx: BrokerContext, named: Awaited<ReturnType<typeof ownerOf>>) {
  const proof = await findProof(ctx, ctx.db, named)
  if (proof === undefined) throw new RelationshipRejected('relationship_not_found')
  return {
    relationship_id: proof.relationshipId,
    method: proof.method,
    state: proof.state,
    tries: proof.tries,
    provable_on: proof.provableOn.toString(),
  }
}
