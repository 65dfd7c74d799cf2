import { randomUUID } from 'node:crypto'
import Fastify, { LogController } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { answerClientError, type PresentClientError } from './client-error.ts'
import { readJsonBodies } from './json-body.ts'
import { redactedPaths } from './redaction.ts'
import { logOfRequest } from './request-log.ts'
import { securityHeaders } from './security-headers.ts'

export interface HttpServerOptions {
  /** Appears in each log line. */
  name: string
  logLevel: string
  /** Larger request bodies are refused with 413 before they are read. Default 1 MiB. */
  bodyLimitBytes?: number
  /** The body for bytes that are no HTTP request, in the server's own error shape. */
  presentClientError: PresentClientError
}

/**
 * A Fastify with what every server of the house needs: zod for shapes, a request id that is answered as
 * `X-Request-ID`, security headers, and JSON only from exactly `application/json` (Fastify's looser
 * matching was the way around validation in four advisories; docs/architecture.md).
 * Error and not-found handlers are each server's own, because their shapes are their wire's.
 */
export async function createHttpServer(options: HttpServerOptions) {
  const app = Fastify({
    logger: {
      level: options.logLevel,
      base: { server: options.name },
      redact: { paths: redactedPaths, censor: '[redacted]' },
    },
    bodyLimit: options.bodyLimitBytes ?? 1_048_576,
    requestTimeout: 30_000,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    routerOptions: { maxParamLength: 200, ignoreDuplicateSlashes: false },
    // Left to Node, a request without a host is answered without a body; the hook below refuses it in our shape.
    http: { requireHostHeader: false },
    forceCloseConnections: true,
    return503OnClosing: true,
    // Addresses that no router can read get the server's own error shape too, not the framework's.
    frameworkErrors: (error, request, reply) => {
      reply.header('X-Request-ID', request.id)
      return request.server.errorHandler(error, request, reply)
    },
    clientErrorHandler: (error, socket) => answerClientError(error, socket, options.presentClientError),
    // Lines per request would bury what matters; failures are logged by each server's error handler.
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: logOfRequest,
  }).withTypeProvider<ZodTypeProvider>()

  readJsonBodies(app)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)

  // Without a promise: each one in a hook that every request passes costs it a turn.
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaders).header('X-Request-ID', request.id)
    const { headers, raw } = request
    const isHostMissing = headers.host === undefined && raw.httpVersion === '1.1'
    done(
      isHostMissing ? Object.assign(new Error('the host header is missing'), { statusCode: 400 }) : undefined,
    )
  })
  app.get('/health', { logLevel: 'silent' }, async () => ({ status: 'ok' }))
  return app
}

export type HttpServer = Awaited<ReturnType<typeof createHttpServer>>
