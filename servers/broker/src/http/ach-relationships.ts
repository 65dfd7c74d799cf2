import {
  AccountPath,
  CreateRelationshipBody,
  ListRelationshipsQuery,
  RelationshipBody,
  RelationshipByNumbers,
  RelationshipByToken,
  RelationshipPath,
} from '@paddock/broker-wire'
import { z } from 'zod'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import type { BankVersion } from '../ach/bank-version.ts'
import { listCorrectedBanks } from '../ach/bank-version-store.ts'
import { linkBankByNumbers, linkBankByToken } from '../ach/link-bank.ts'
import type { Relationship, RelationshipId } from '../ach/relationship.ts'
import { listRelationships } from '../ach/relationship-store.ts'
import { unlinkBank } from '../ach/unlink-bank.ts'
import type { BrokerContext } from '../context.ts'
import { readOrBadRequest } from './read-or-bad-request.ts'
import type { BrokerRoutes } from './routes.ts'

export const achRelationshipRoutes: BrokerRoutes = async (app, { ctx }) => {
  const path = '/v1/accounts/:account_id/ach_relationships'

  app.post(
    path,
    {
      schema: {
        summary: 'Create an ACH relationship',
        tags: ['Funding'],
        params: AccountPath,
        body: CreateRelationshipBody,
        response: { 200: RelationshipBody },
      },
    },
    async ({ params, body }) => presentRelationship(await link(ctx, params.account_id as AccountId, body)),
  )

  app.get(
    path,
    {
      schema: {
        summary: 'List ACH relationships',
        tags: ['Funding'],
        params: AccountPath,
        querystring: ListRelationshipsQuery,
        response: { 200: z.array(RelationshipBody) },
      },
    },
    async ({ params, query }) => {
      const accountId = params.account_id as AccountId
      await requireAccount(ctx.db, accountId)
      const relationships = await listRelationships(ctx, accountId, query.statuses ?? [])
      const corrected = await listCorrectedBanks(ctx, ctx.db, accountId)
      return relationships.map((one) => presentRelationship(asCorrected(one, corrected.get(one.id))))
    },
  )

  app.delete(
    `${path}/:relationship_id`,
    { schema: { summary: 'Delete an ACH relationship', tags: ['Funding'], params: RelationshipPath } },
    async ({ params }, reply) => {
      await unlinkBank(ctx, params.account_id as AccountId, params.relationship_id as RelationshipId)
      return reply.code(204).send()
    },
  )
}

/** A token wins over numbers. Unsuitable fields are 400 here, not 422 (contracts/alpaca/ach-relationships.md §2). */
async function link(
  ctx: BrokerContext,
  accountId: AccountId,
  body: z.infer<typeof CreateRelationshipBody>,
): Promise<Relationship> {
  if (body.processor_token != null) {
    const { processor_token, nickname } = readOrBadRequest(RelationshipByToken, body)
    return linkBankByToken(ctx, accountId, processor_token, nickname ?? undefined)
  }
  const numbers = readOrBadRequest(RelationshipByNumbers, body)
  return linkBankByNumbers(ctx, accountId, {
    accountOwnerName: numbers.account_owner_name,
    bankAccountType: numbers.bank_account_type,
    bankAccountNumber: numbers.bank_account_number,
    bankRoutingNumber: numbers.bank_routing_number,
    nickname: numbers.nickname ?? undefined,
  })
}

/** The numbers that entries are written with, where the bank has corrected those that were linked. */
function asCorrected(relationship: Relationship, bank: BankVersion | undefined): Relationship {
  if (bank === undefined) return relationship
  return {
    ...relationship,
    accountOwnerName: bank.ownerName,
    bankAccountType: bank.accountType,
    bankAccountNumber: bank.accountNumber,
    bankRoutingNumber: bank.routingNumber,
    accountMask: bank.accountMask,
  }
}

function presentRelationship(relationship: Relationship): RelationshipBody {
  return {
    id: relationship.id,
    account_id: relationship.accountId,
    created_at: relationship.createdAt.toString(),
    updated_at: relationship.updatedAt.toString(),
    status: relationship.status,
    account_owner_name: relationship.accountOwnerName,
    bank_account_type: relationship.bankAccountType,
    bank_account_number: relationship.bankAccountNumber,
    bank_routing_number: relationship.bankRoutingNumber,
    nickname: relationship.nickname ?? null,
    processor_token: relationship.processorToken ?? null,
    approval_method: relationship.approvalMethod,
    account_mask: relationship.accountMask,
  }
}
