import { AccountPath } from '@paddock/broker-wire'
import { formatQuantity, trimmedUsd } from '@paddock/money'
import { z } from 'zod'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import { findAsset } from '../assets/asset.ts'
import type { Lot } from '../positions/lot.ts'
import { listOpenLots } from '../positions/lot-store.ts'
import { PositionRejected } from '../positions/position.ts'
import type { BrokerRoutes } from './routes.ts'

const LotBody = z.object({
  id: z.string(),
  symbol: z.string(),
  acquired_at: z.string(),
  source: z.object({ kind: z.enum(['fill', 'journal', 'before']), id: z.string() }),
  qty: z.string(),
  remaining_qty: z.string(),
  cost: z.string(),
  remaining_cost: z.string(),
})

/** Which purchases a holding is made of; not part of the vendor's API (contracts/alpaca/positions.md, "Lots"). */
export const opsLotRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/_ops/accounts/:account_id/lots',
    {
      schema: {
        summary: 'List the open lots of an account, oldest first',
        tags: ['Operations'],
        params: AccountPath,
        querystring: z.object({ symbol: z.string().optional() }),
        response: { 200: z.array(LotBody) },
      },
    },
    async ({ params, query }) => {
      const accountId = params.account_id as AccountId
      await requireAccount(ctx.db, accountId)
      const asset = query.symbol === undefined ? undefined : findAsset(query.symbol)
      if (query.symbol !== undefined && asset === undefined) throw new PositionRejected('position_not_found')
      return (await listOpenLots(ctx.db, accountId, asset?.symbol)).map(presentLot)
    },
  )
}

const presentLot = (lot: Lot) => ({
  id: lot.id,
  symbol: lot.symbol,
  acquired_at: lot.acquiredAt.toString(),
  source: lot.source,
  qty: formatQuantity(lot.quantityNano),
  remaining_qty: formatQuantity(lot.remainingNano),
  cost: trimmedUsd(lot.costMinor),
  remaining_cost: trimmedUsd(lot.remainingMinor),
})
