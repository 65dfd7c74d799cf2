import { newRequestId } from '../tokens/object-id.ts'
import type { HttpApp } from './http-app.ts'
import { RequestRefused } from './wire-error.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The id in every answer of the bank, 15 letters and digits, and in `X-Request-ID`. */
    plaidRequestId: string
  }
}

/** Gives every request its id and refuses bodies that no operation could read. */
export function guardRequests(app: HttpApp): void {
  app.decorateRequest('plaidRequestId', '')
  app.addHook('onRequest', async (req, reply) => {
    req.plaidRequestId = newRequestId()
    reply.header('X-Request-ID', req.plaidRequestId)
    // PostgreSQL keeps no NUL, so nothing at such an address is there.
    if (req.url.includes('%00')) throw new RequestRefused('path_unknown')
  })
  app.addHook('preValidation', async (req) => {
    const { body, method } = req
    if (method !== 'POST' || req.is404) return
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new RequestRefused('body_not_json')
    }
  })
}
