import type { FastifyRequest } from 'fastify'
import { WireRefused } from './wire-error.ts'

/** Headers that mean something else to whoever reads the other one of two. */
const SINGLE = new Set([
  'apca-api-key-id',
  'apca-api-secret-key',
  'authorization',
  'content-length',
  'content-type',
  'host',
  'idempotency-key',
])

/** What no route should see: NUL in the address, and headers that come twice where only one can be meant. */
export function problemIn({ url, raw }: FastifyRequest): WireRefused | undefined {
  if (url.includes('%00')) return new WireRefused(400, 40010001, 'request path or query is invalid')
  const twice = repeatedHeader(raw.rawHeaders)
  return twice === undefined
    ? undefined
    : new WireRefused(400, 40010000, `header ${twice} must be given once`)
}

/** `rawHeaders` has names and values in turn. */
function repeatedHeader(rawHeaders: readonly string[]): string | undefined {
  const seen = new Set<string>()
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? ''
    if (!SINGLE.has(name)) continue
    if (seen.has(name)) return name
    seen.add(name)
  }
  return undefined
}
