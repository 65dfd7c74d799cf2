import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { BrokerContext } from '../context.ts'
import { assetRoutes } from './assets.ts'
import { marketDataRoutes } from './market-data.ts'
import { orderRoutes } from './trading/orders.ts'
import { positionRoutes } from './trading/positions.ts'

export type BrokerRoutes = FastifyPluginAsyncZod<{ ctx: BrokerContext }>

/** The pages of the vendor's reference that need its keys. Each line is one file of this folder. */
export const brokerRoutes: readonly BrokerRoutes[] = [
  assetRoutes,
  marketDataRoutes,
  orderRoutes,
  positionRoutes,
]
