import { TransferDirection, UsdInput } from '@paddock/platform-wire'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PlatformContext } from '../../context.ts'
import { requestTransfer } from '../../funding/request-transfer.ts'
import { IntentRefused } from '../../intents/intent.ts'
import { IdentifierPath, ownAccount } from './own-account.ts'
import { idempotencyKeyOf, requestIdOf } from './request-id.ts'
import { VendorObject } from './shapes.ts'

const TransferForm = z.strictObject({
  relationship_id: z.guid().toLowerCase(),
  transfer_amount: UsdInput,
  /** The seed only ever deposits. */
  direction: TransferDirection.default('INCOMING'),
})

export const transferRoutes: FastifyPluginAsyncZod<{ ctx: PlatformContext }> = async (app, { ctx }) => {
  app.post(
    '/accounts/:identifier/transfer',
    {
      schema: {
        params: IdentifierPath,
        body: TransferForm,
        response: { 200: z.object({ transfer_data: VendorObject }) },
      },
    },
    async (request) => {
      const account = await ownAccount(ctx, request, request.params.identifier)
      const { relationship_id: relationshipId, transfer_amount: amount, direction } = request.body
      const id = requestIdOf(idempotencyKeyOf(request))
      const outcome = await requestTransfer(ctx, account, { id, relationshipId, direction, amount })
      if (outcome.state === 'unknown') throw new IntentRefused('outcome_unknown', { idempotency_key: id })
      return { transfer_data: outcome.body }
    },
  )
}
