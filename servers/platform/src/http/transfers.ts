import { Id, Transfer, TransferRequest, Transfers, TransferTerms } from '@paddock/platform-wire'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { accountOf } from '../applications/open-account.ts'
import type { PlatformContext } from '../context.ts'
import { cancelTransfer, listTransfers } from '../funding/list-transfers.ts'
import { presentOutcome } from '../funding/present-transfer.ts'
import { requestTransfer } from '../funding/request-transfer.ts'
import { readTransferTerms } from '../funding/transfer-terms.ts'
import { callerOf } from './access.ts'

const IdPath = z.object({ id: Id })

export const transferRoutes: FastifyPluginAsyncZod<{ ctx: PlatformContext }> = async (app, { ctx }) => {
  app.get('/api/transfers', { schema: { response: { 200: Transfers } } }, async (request) => ({
    transfers: await listTransfers(ctx, await accountOf(ctx, callerOf(request))),
  }))

  app.get('/api/transfers/terms', { schema: { response: { 200: TransferTerms } } }, async (request) =>
    readTransferTerms(ctx, await accountOf(ctx, callerOf(request))),
  )

  app.put(
    '/api/transfers/:id',
    { schema: { params: IdPath, body: TransferRequest, response: { 200: Transfer, 202: Transfer } } },
    async (request, reply) => {
      const account = await accountOf(ctx, callerOf(request))
      const { relationship_id: relationshipId, direction, amount } = request.body
      const id = request.params.id.toLowerCase()
      const outcome = await requestTransfer(ctx, account, { id, relationshipId, direction, amount })
      return reply.code(outcome.state === 'accepted' ? 200 : 202).send(presentOutcome(outcome))
    },
  )

  app.post(
    '/api/transfers/:id/cancel',
    { schema: { params: IdPath, response: { 200: Transfer } } },
    async (request) =>
      cancelTransfer(ctx, await accountOf(ctx, callerOf(request)), request.params.id.toLowerCase()),
  )
}
