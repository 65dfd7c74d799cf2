import cors from '@fastify/cors'
import type { KeyArea } from '@paddock/broker-wire'
import { createHttpServer, type HttpServer, serveReadiness } from '@paddock/service'
import { sql } from 'kysely'
import type { BrokerContext } from '../context.ts'
import { requireMigrated } from '../migrations.ts'
import { guard, isGuarded } from './auth.ts'
import { problemIn } from './broken-request.ts'
import { answerError } from './errors.ts'
import { fileRoutes } from './files.ts'
import { serveDataStream } from './market-data-stream.ts'
import { RateLimit } from './rate-limit.ts'
import { serveBrokerReference } from './reference.ts'
import { type BrokerRoutes, brokerRoutes } from './routes.ts'
import { serveSimulation } from './sim.ts'
import { WireRefused } from './wire-error.ts'

const BODY_LIMIT_BYTES = 12 * 1_048_576

/** The Fastify that answers as the Broker API. */
export async function buildBrokerApp(ctx: BrokerContext): Promise<HttpServer> {
  const { config } = ctx
  const app = await createHttpServer({
    name: 'broker',
    logLevel: config.logLevel,
    bodyLimitBytes: BODY_LIMIT_BYTES,
    presentClientError: ({ status, message }) => ({ code: status * 100_000 + 10_000, message }),
  })
  const rateLimit = new RateLimit(config.requestsPerMinute)
  app.setErrorHandler((error, request, reply) =>
    answerError(rateLimit.takeUnlessTaken(request, reply) ?? error, request, reply),
  )
  app.setNotFoundHandler((request, reply) =>
    answerError(new WireRefused(404, 40410000, 'endpoint not found'), request, reply),
  )
  app.addHook('onRequest', async (request, reply) => {
    const problem = problemIn(request)
    // Guarded routes count by who calls, once that is known.
    if (problem !== undefined || !isGuarded(request)) rateLimit.takeFromAddress(request, reply)
    if (problem !== undefined) throw problem
  })
  // Pages of these origins may call with keys that somebody typed there; there are no cookies to ride on.
  await app.register(cors, {
    origin: [...config.webOrigins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: ['X-Request-ID', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'],
    // An OPTIONS that asks for no other origin is answered too, with 204.
    strictPreflight: false,
  })
  serveReadiness(app, {
    database: async () => {
      await sql`select 1`.execute(ctx.db)
    },
    migrations: () => requireMigrated(ctx.db),
    bank: () => ctx.bank.ping(),
  })
  await serveBrokerReference(app)
  await app.register(fileRoutes, { ctx })
  await app.register(async (guarded) => {
    guarded.addHook('onRequest', guard(ctx, rateLimit))
    let areaOfPage: KeyArea | undefined
    guarded.addHook('onRoute', (route) => {
      if (areaOfPage !== undefined) route.config = { ...route.config, area: areaOfPage }
    })
    // One page after the other, so that each route is in the area of its page.
    for (const { area, routes } of brokerRoutes) {
      areaOfPage = area
      await guarded.register(named(routes), { ctx })
    }
  })
  await serveSimulation(app, ctx)
  serveDataStream(app, ctx)
  return app
}

/** Fastify looks through all loaded modules for the name of a plugin that does not tell it. */
const named = (routes: BrokerRoutes): BrokerRoutes =>
  Object.assign(routes, { [Symbol.for('fastify.display-name')]: 'page' })
