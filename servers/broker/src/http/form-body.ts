import type { FastifyInstance } from 'fastify'
import { WireRefused } from './wire-error.ts'

const FORM_TYPE = /^application\/x-www-form-urlencoded(?:; ?charset=utf-8)?$/i
const MAX_FORM_BYTES = 16_384

/** Lets the routes of this plugin, and no others, take forms beside JSON with the same names: that is how OAuth 2 speaks. */
export function readFormBodies(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_FORM_BYTES },
    (request, body, done) => {
      if (!FORM_TYPE.test(request.headers['content-type'] ?? '')) {
        return done(new WireRefused(415, 41510000, 'content-type must be application/x-www-form-urlencoded'))
      }
      const fields = [...new URLSearchParams(body.toString())]
      const names = fields.map(([name]) => name)
      if (new Set(names).size !== names.length) {
        return done(new WireRefused(400, 40010001, 'each field of a form must be given once'))
      }
      done(null, Object.fromEntries(fields))
    },
  )
}
