import { DomainError } from '@paddock/kernel'
import type { HttpServer } from './server.ts'

export type BodyProblem = 'media_type_not_supported' | 'json_malformed' | 'text_not_storable'

/** A request body that could not be read. `statusCode` is what an error handler should answer. */
export class BodyRefused extends DomainError<BodyProblem> {
  override readonly name = 'BodyRefused'

  get statusCode(): 400 | 415 {
    return this.code === 'media_type_not_supported' ? 415 : 400
  }
}

const ESCAPED_TROUBLE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i

/**
 * Bodies are JSON from exactly `application/json`; without a body the content type does not matter,
 * because clients in the wild send none or an odd one.
 */
export function readJsonBodies(app: HttpServer): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString()
    if (text.trim() === '') return done(null, undefined)
    if (!isPlainJsonType(request.headers['content-type']))
      return done(new BodyRefused('media_type_not_supported'))
    parse(request, text, (error, value) => {
      if (error !== null) return done(new BodyRefused('json_malformed'))
      if (ESCAPED_TROUBLE.test(text) && !isStorable(value)) return done(new BodyRefused('text_not_storable'))
      done(null, value)
    })
  })
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(body.length === 0 ? null : new BodyRefused('media_type_not_supported'), undefined)
  })
}

function isPlainJsonType(header: string | undefined): boolean {
  return /^application\/json(?:; ?charset=utf-8)?$/i.test(header ?? '')
}

/** PostgreSQL keeps neither NUL nor half a character; JSON can spell both. */
function isStorable(value: unknown): boolean {
  const open: unknown[] = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next === 'string' && (next.includes('\0') || !next.isWellFormed())) return false
    if (typeof next === 'object' && next !== null) open.push(...Object.keys(next), ...Object.values(next))
  }
  return true
}
