import type { HttpServer } from '@paddock/service'
import { WireRefused } from './wire-error.ts'

const ESCAPED_TROUBLE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i

/**
 * Bodies are JSON from exactly `application/json`; without a body the content type does not matter,
 * because the vendor's own client sends none or an odd one (contracts/alpaca/transport.md §2).
 */
export function readJsonBodies(app: HttpServer): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString()
    if (text.trim() === '') return done(null, undefined)
    if (!isPlainJsonType(request.headers['content-type'])) return done(unsupported())
    parse(request, text, (error, value) => {
      if (error !== null) return done(malformed('it is not valid JSON'))
      if (ESCAPED_TROUBLE.test(text) && !isStorable(value)) {
        return done(malformed('text holds a character that cannot be stored'))
      }
      done(null, value)
    })
  })
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(body.length === 0 ? null : unsupported(), undefined)
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

const unsupported = () => new WireRefused(415, 41510000, 'content-type must be application/json')
const malformed = (why: string) => new WireRefused(400, 40010000, `request body format is invalid: ${why}`)
