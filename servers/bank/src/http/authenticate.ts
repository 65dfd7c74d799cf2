import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { ApiClient } from '../context.ts'
import { RequestRefused } from './wire-error.ts'

/**
 * The API client whose keys a request carries, in its headers or in its body; the header wins where both
 * are given (contracts/plaid/transport.md).
 */
export function authenticate(clients: readonly ApiClient[], req: FastifyRequest): ApiClient {
  const body = req.body as Record<string, unknown>
  const clientId = headerOf(req, 'plaid-client-id') ?? textOf(body.client_id, 'client_id')
  const secret = headerOf(req, 'plaid-secret') ?? textOf(body.secret, 'secret')
  if (clientId === undefined || secret === undefined) {
    const fields = [clientId === undefined ? 'client_id' : [], secret === undefined ? 'secret' : []].flat()
    throw new RequestRefused('fields_missing', { fields })
  }
  const client = clients.find((known) => known.clientId === clientId)
  if (client === undefined || !sameText(client.secret, secret)) throw new RequestRefused('keys_wrong')
  return client
}

function headerOf(req: FastifyRequest, name: string): string | undefined {
  const value = req.headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function textOf(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string')
    throw new RequestRefused('field_invalid', { problem: `${field}: must be text` })
  return value
}

/** Takes the same time wherever two secrets differ. */
function sameText(known: string, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(known), digest(given))
}
