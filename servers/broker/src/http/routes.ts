import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { BrokerContext } from '../context.ts'

export type BrokerRoutes = FastifyPluginAsyncZod<{ ctx: BrokerContext }>

/** The pages of the vendor's reference that need its keys. Each line is one file of this folder. */
export const brokerRoutes: readonly BrokerRoutes[] = []
