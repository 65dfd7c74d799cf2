import { CreateSettlementBody, SettlementBody, SettlementPath } from '@paddock/broker-wire'
import { z } from 'zod'
import { beginSettlement } from '../instant-funding/begin-settlement.ts'
import { type InstantFundingId, InstantFundingRejected } from '../instant-funding/instant-funding.ts'
import type { SettlementId } from '../instant-funding/settlement.ts'
import { findSettlement, listSettlements } from '../instant-funding/settlement-store.ts'
import { presentSettlement } from './present-instant-funding.ts'
import type { BrokerRoutes } from './routes.ts'

export const instantSettlementRoutes: BrokerRoutes = async (app, { ctx }) => {
  const path = '/v1/instant_funding/settlements'
  const tags = ['Funding']

  app.post(
    path,
    {
      schema: {
        summary: 'Settle instant fundings',
        tags,
        body: CreateSettlementBody,
        response: { 200: SettlementBody },
      },
    },
    async ({ body }) => {
      const items = body.transfers.map((one) => ({
        instantFundingId: one.instant_transfer_id as InstantFundingId,
        transmitter: JSON.stringify(one.transmitter_info),
      }))
      return presentSettlement(await beginSettlement(ctx, items, body.additional_info ?? undefined))
    },
  )

  app.get(
    path,
    {
      schema: {
        summary: 'List instant funding settlements',
        tags,
        response: { 200: z.array(SettlementBody) },
      },
    },
    async () => (await listSettlements(ctx.db)).map(presentSettlement),
  )

  app.get(
    `${path}/:id`,
    {
      schema: {
        summary: 'Get an instant funding settlement',
        tags,
        params: SettlementPath,
        response: { 200: SettlementBody },
      },
    },
    async ({ params }) => {
      const settlement = await findSettlement(ctx.db, params.id as SettlementId)
      if (settlement === undefined) throw new InstantFundingRejected('instant_settlement_not_found')
      return presentSettlement(settlement)
    },
  )
}
