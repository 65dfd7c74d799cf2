import {
  AllPositionsBody,
  CloseAllQuery,
  ClosedPositionRow,
  ClosePositionQuery,
  OrderBody,
  PositionBody,
  Uuid,
} from '@paddock/broker-wire'
import { z } from 'zod'
import type { AccountId } from '../../accounts/account.ts'
import { requireAccount } from '../../accounts/account-store.ts'
import { findAsset, symbolWithoutSlash } from '../../assets/asset.ts'
import { cancelAllOrders } from '../../orders/cancel-order.ts'
import { presentOrder } from '../../orders/present-order.ts'
import { type ClosedPosition, closeAllPositions, closePosition } from '../../positions/close-position.ts'
import { listHolders } from '../../positions/holding.ts'
import { PositionRejected, readPositions } from '../../positions/position.ts'
import { presentPosition } from '../../positions/present-position.ts'
import type { BrokerRoutes } from '../routes.ts'
import { presentRowError } from './order-errors.ts'

const AccountPath = z.object({ account_id: Uuid.transform((id) => id as AccountId) })
/** The rest of the path, because pairs arrive with their slash: `…/positions/BTC/USD`. */
const PositionPath = AccountPath.extend({ '*': z.string() })
const PageQuery = z.object({ page: z.coerce.number().int().min(1).max(1_000_000).default(1) })

const tags = ['Trading']
const POSITIONS = '/v1/trading/accounts/:account_id/positions'

/** What accounts hold (contracts/alpaca/positions.md). */
export const positionRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    POSITIONS,
    {
      schema: {
        summary: 'List positions',
        tags,
        params: AccountPath,
        response: { 200: z.array(PositionBody) },
      },
    },
    async ({ params }) => {
      await requireAccount(ctx.db, params.account_id)
      const positions = await readPositions(ctx.db, ctx.config, [params.account_id], ctx.clock.now())
      return positions.map(presentPosition)
    },
  )

  app.get(
    `${POSITIONS}/*`,
    { schema: { summary: 'Get a position', tags, params: PositionPath, response: { 200: PositionBody } } },
    async ({ params }) => {
      await requireAccount(ctx.db, params.account_id)
      const asset = findAsset(params['*'])
      const positions = await readPositions(ctx.db, ctx.config, [params.account_id], ctx.clock.now())
      const position = positions.find((held) => held.asset === asset)
      if (position === undefined) throw new PositionRejected('position_not_found')
      return presentPosition(position)
    },
  )

  app.delete(
    `${POSITIONS}/*`,
    {
      schema: {
        summary: 'Close a position',
        tags,
        params: PositionPath,
        querystring: ClosePositionQuery,
        response: { 200: OrderBody },
      },
    },
    async ({ params, query }) =>
      presentOrder(
        await closePosition(ctx, params.account_id, params['*'], {
          quantity: query.qty,
          percentage: query.percentage,
        }),
      ),
  )

  app.delete(
    POSITIONS,
    {
      schema: {
        summary: 'Close all positions',
        tags,
        params: AccountPath,
        querystring: CloseAllQuery,
        response: { 207: z.array(ClosedPositionRow) },
      },
    },
    async ({ params, query }, reply) => {
      await requireAccount(ctx.db, params.account_id)
      if (query.cancel_orders === true) await cancelAllOrders(ctx, params.account_id)
      const closed = await closeAllPositions(ctx, params.account_id)
      return reply.code(207).send(closed.map(presentClosed))
    },
  )

  app.get(
    '/v1/accounts/positions',
    {
      schema: {
        summary: 'List the positions of all accounts',
        tags,
        querystring: PageQuery,
        response: { 200: AllPositionsBody },
      },
    },
    async ({ query }) => {
      const now = ctx.clock.now()
      const holders = await listHolders(ctx.db, query.page)
      const positions = await readPositions(ctx.db, ctx.config, holders, now)
      const byAccount = Map.groupBy(positions, ({ accountId }) => accountId)
      return {
        as_of: now.toString(),
        positions: Object.fromEntries(
          [...byAccount].map(([accountId, held]) => [accountId, held.map(presentPosition)]),
        ),
      }
    },
  )
}

function presentClosed({ asset, outcome }: ClosedPosition): ClosedPositionRow {
  const symbol = symbolWithoutSlash(asset.symbol)
  if (outcome instanceof Error) return { symbol, ...presentRowError(outcome) }
  return { symbol, status: 200, order_id: outcome.id, body: presentOrder(outcome) }
}
