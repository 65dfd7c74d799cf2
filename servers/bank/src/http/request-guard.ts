import type { FastifyRequest } from 'fastify'
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
  })
  app.addHook('preValidation', async (req) => {
    if (req.method === 'POST' && !req.is404) refuseUnreadable(req)
  })
}

function refuseUnreadable({ body }: FastifyRequest): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new RequestRefused('body_not_json')
  }
  const field = unstorableText(body, [])
  if (field !== undefined) {
    throw new RequestRefused('field_invalid', { problem: `${field}: contains characters that are not text` })
  }
}

const DEEPEST = 30

/** Where a string stands that PostgreSQL cannot keep (a zero byte, half a surrogate pair), if anywhere. */
function unstorableText(value: unknown, path: readonly string[]): string | undefined {
  if (typeof value === 'string') return isText(value) ? undefined : path.join('.')
  if (typeof value !== 'object' || value === null) return undefined
  if (path.length >= DEEPEST) return path.slice(0, 3).join('.')
  for (const [key, inner] of Object.entries(value)) {
    const found = isText(key) ? unstorableText(inner, [...path, key]) : [...path, 'field name'].join('.')
    if (found !== undefined) return found.slice(0, 200)
  }
  return undefined
}

function isText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}
