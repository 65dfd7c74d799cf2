import cookie from '@fastify/cookie'
import cors from '@fastify/cors'
import { createHttpServer, type HttpServer, serveReadiness } from '@paddock/service'
import { sql } from 'kysely'
import type { PlatformContext } from '../context.ts'
import { guard } from './access.ts'
import { applicationRoutes } from './application.ts'
import { bankRoutes } from './banks.ts'
import { answerError } from './errors.ts'
import { eventRoutes } from './events.ts'
import { addSecurityHeaders } from './headers.ts'
import { marketRoutes } from './market.ts'
import { orderRoutes } from './orders.ts'
import { describePlatform, servePlatformReference } from './reference.ts'
import { accountRoutes as seedAccountRoutes } from './seed/accounts.ts'
import { journalRoutes } from './seed/journals.ts'
import { plaidRoutes } from './seed/plaid.ts'
import { platformRoutes } from './seed/platform.ts'
import { tradingRoutes } from './seed/trading.ts'
import { transferRoutes as seedTransferRoutes } from './seed/transfers.ts'
import { sessionRoutes } from './session.ts'
import { transferRoutes } from './transfers.ts'
import { serveWebApp } from './web-app.ts'

/** Documents of an application come as base64 inside its JSON: ten of 10 MB would be too many at once. */
const BODY_LIMIT_BYTES = 15 * 1_048_576

const allRoutes = [
  sessionRoutes,
  applicationRoutes,
  bankRoutes,
  transferRoutes,
  orderRoutes,
  marketRoutes,
  eventRoutes,
  platformRoutes,
  plaidRoutes,
  seedAccountRoutes,
  seedTransferRoutes,
  tradingRoutes,
  journalRoutes,
]

/** The Fastify behind which everything of the platform lies. */
export async function buildPlatformApp(
  ctx: PlatformContext,
): Promise<{ app: HttpServer; routes: readonly string[] }> {
  const { config } = ctx
  const app = await createHttpServer({
    name: 'platform',
    logLevel: config.logLevel,
    bodyLimitBytes: BODY_LIMIT_BYTES,
    presentClientError: ({ message, requestId }) => ({
      error: { code: 'not_http', message, request_id: requestId },
    }),
  })
  const routes: string[] = []
  app.addHook('onRoute', ({ method, url }) => {
    routes.push(...[method].flat().map((name) => `${name} ${url}`))
  })
  app.setErrorHandler(answerError)
  addSecurityHeaders(app, ctx)
  await app.register(cors, {
    origin: [...config.webOrigins],
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['content-type', 'authorization', 'access-token', 'idempotency-key'],
    exposedHeaders: ['x-request-id'],
    maxAge: 600,
  })
  await app.register(cookie)
  app.decorateRequest('caller', undefined)
  app.addHook('onRequest', (request, reply) => guard(ctx, request, reply))

  await describePlatform(app)
  serveReadiness(app, {
    database: async () => {
      await sql`select 1 from event_cursors limit 1`.execute(ctx.db)
    },
    broker: async () => {
      await ctx.broker.clock.get()
    },
    bank: () => ctx.bank.ping(),
  })
  for (const plugin of allRoutes) await app.register(plugin, { ctx })
  await servePlatformReference(app, ctx)
  await serveWebApp(app, ctx)
  return { app, routes }
}
