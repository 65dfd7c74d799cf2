import type { FastifyInstance } from 'fastify'
import { WireRefused } from './wire-error.ts'

const FORM_TYPE = /^application\/x-www-form-urlencoded(?:; ?charset=utf-8)?$/i
const MAX_FORM_BYTES = 16_384

/** Lets the routes of this plugin, and no others, take forms: that is how OAuth 2 speaks. */
export function readFormBodies(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_FORM_BYTES },
    (request, body, done) => {
      if (!FORM_TYPE.test(request.headers['content-type'] ?? '')) {
        return done(new WireRefused(415, 41510000, 'content-type must be application/x-www-form-urlencoded'))
      }
      done(null, new URLSearchParams(body.toString()))
    },
  )
}

/** A field of a form. JSON with the same names is understood as well; a field that comes twice is refused. */
export function textIn(body: unknown, name: string): string | undefined {
  if (body instanceof URLSearchParams) {
    const values = body.getAll(name)
    if (values.length > 1) throw new WireRefused(400, 40010001, `${name} must be given once`)
    return values[0]
  }
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return undefined
  const value = (body as Record<string, unknown>)[name]
  return typeof value === 'string' ? value : undefined
}
