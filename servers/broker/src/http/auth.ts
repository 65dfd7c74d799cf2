import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { BrokerConfig } from '../config.ts'
import { WireRefused } from './wire-error.ts'

type Credentials = { readonly key: string; readonly secret: string }

/** Lets a caller in who knows the keys, as HTTP Basic or as the vendor's pair of headers. */
export function authenticate(config: BrokerConfig, request: FastifyRequest): void {
  const given = readBasic(request.headers.authorization) ?? readHeaderPair(request)
  if (given !== undefined && isSame(given, config.keys)) return
  throw new WireRefused(401, 40110000, 'request is not authorized')
}

function readBasic(authorization: string | undefined): Credentials | undefined {
  const encoded = /^basic ([a-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return undefined
  const pair = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  if (colon < 0) return undefined
  return { key: pair.slice(0, colon), secret: pair.slice(colon + 1) }
}

function readHeaderPair({ headers }: FastifyRequest): Credentials | undefined {
  const key = headers['apca-api-key-id']
  const secret = headers['apca-api-secret-key']
  return typeof key === 'string' && typeof secret === 'string' ? { key, secret } : undefined
}

/** Compares digests, so that neither the length nor the first wrong character shows in the time. */
function isSame(given: Credentials, expected: Credentials): boolean {
  const isKey = timingSafeEqual(digest(given.key), digest(expected.key))
  const isSecret = timingSafeEqual(digest(given.secret), digest(expected.secret))
  return isKey && isSecret
}

const digest = (value: string) => createHash('sha256').update(value).digest()
