import { createHash } from 'node:crypto'
import { newId } from '@paddock/kernel'
import type { FastifyRequest } from 'fastify'
import { FieldsRefused } from '../../fields-refused.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The id of a request: its name where it brings one, so that the same name is a retry; else a new one. */
export function requestIdOf(name: string | undefined): string {
  if (name === undefined) return newId()
  if (UUID.test(name)) return name
  const digest = createHash('sha256').update(name).digest('hex')
  // RFC 9562, version 8: made from a name.
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `a${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-')
}

/** `Idempotency-Key`, which must be something that can be written down and compared. */
export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key === 'string' && /^[\x21-\x7e]{1,128}$/.test(key)) return key
  throw new FieldsRefused([{ path: 'Idempotency-Key', message: 'must have 1 to 128 printable characters' }])
}
