import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { BrokerContext } from '../context.ts'
import { accountRoutes } from './accounts.ts'
import { achRelationshipRoutes } from './ach-relationships.ts'
import { assetRoutes } from './assets.ts'
import { clockRoutes } from './clock.ts'
import { eventRoutes } from './events.ts'
import { marketDataRoutes } from './market-data.ts'
import { opsRoutes } from './ops.ts'
import { orderRoutes } from './trading/orders.ts'
import { positionRoutes } from './trading/positions.ts'
import { tradingAccountRoutes } from './trading-account.ts'
import { transferRoutes } from './transfers.ts'

export type BrokerRoutes = FastifyPluginAsyncZod<{ ctx: BrokerContext }>

/** The pages of the vendor's reference that need its keys. Each line is one file of this folder. */
export const brokerRoutes: readonly BrokerRoutes[] = [
  accountRoutes,
  achRelationshipRoutes,
  transferRoutes,
  tradingAccountRoutes,
  clockRoutes,
  eventRoutes,
  opsRoutes,
  assetRoutes,
  marketDataRoutes,
  orderRoutes,
  positionRoutes,
]
