import type { KeyArea } from '@paddock/broker-wire'
import { assert } from '@paddock/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { BrokerContext } from '../context.ts'
import type { Caller, EndUserApp, Partner } from '../keys/caller.ts'
import { findPartner, findTokenOwner, type KeyPair } from '../keys/identify.ts'
import { accessOf, isAllowed } from '../keys/scopes.ts'
import { scopeNeededBy } from './oauth-access.ts'
import type { Counted, RateLimit } from './rate-limit.ts'
import { WireRefused } from './wire-error.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a key must be open for. Routes without one need no key at all. */
    area?: KeyArea
    /** In an area, but its credentials are in its body, or it asks for none. */
    isOpen?: boolean
  }
}

const callers = new WeakMap<FastifyRequest, Caller>()

export const isGuarded = ({ routeOptions }: FastifyRequest) =>
  routeOptions.config.area !== undefined && routeOptions.config.isOpen !== true

/** The hook of all guarded routes: who calls, may it call that often, and may it do this? In this order. */
export function guard(ctx: BrokerContext, rateLimit: RateLimit) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (!isGuarded(request)) return
    const caller = await identify(ctx, request).catch((error: unknown) => {
      rateLimit.takeFromAddress(request, reply)
      throw error
    })
    if (caller === undefined) {
      rateLimit.takeFromAddress(request, reply)
      throw notAuthorized()
    }
    rateLimit.take(reply, countedAs(caller, request, ctx.config.limitPerAccount === true))
    if (caller.kind === 'partner') requireArea(caller, request)
    else requireOwnAccount(caller, request)
    callers.set(request, caller)
  }
}

/** The partner behind a guarded request. Apps of end users come to no route that asks. */
export function partnerOf(request: FastifyRequest): Partner {
  const caller = callers.get(request)
  assert(caller?.kind === 'partner', 'only partners come here')
  return caller
}

async function identify(ctx: BrokerContext, { headers }: FastifyRequest): Promise<Caller | undefined> {
  const token = /^bearer +([\w.~+/=-]{1,4096})$/i.exec(headers.authorization ?? '')?.[1]
  if (token !== undefined) return findTokenOwner(ctx, token)
  const pair = readBasic(headers.authorization) ?? readHeaderPair(headers)
  return pair === undefined ? undefined : findPartner(ctx, pair)
}

export function readBasic(authorization: string | undefined): KeyPair | undefined {
  const encoded = /^basic +([a-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return undefined
  const pair = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  if (colon < 0) return undefined
  return { key: pair.slice(0, colon), secret: pair.slice(colon + 1) }
}

export function readHeaderPair(headers: FastifyRequest['headers']): KeyPair | undefined {
  const key = headers['apca-api-key-id']
  const secret = headers['apca-api-secret-key']
  return typeof key === 'string' && typeof secret === 'string' ? { key, secret } : undefined
}

function requireArea({ scopes }: Partner, { method, routeOptions }: FastifyRequest): void {
  const { area } = routeOptions.config
  assert(area !== undefined, 'a guarded route has an area')
  const access = accessOf(method)
  if (isAllowed(scopes, area, access)) return
  throw new WireRefused(403, 40310000, `access denied: this key may not ${access} ${area}`)
}

/** An app sees no account but its own; of another's it does not even learn whether it exists. */
function requireOwnAccount(app: EndUserApp, request: FastifyRequest): void {
  const accountId = accountIn(request)
  if (accountId !== undefined && accountId.toLowerCase() !== app.accountId) throw notAuthorized()
  const needed = scopeNeededBy(request.method, request.routeOptions)
  if (needed === undefined) {
    throw new WireRefused(403, 40310000, 'access denied: an app acts on the trading API of one account only')
  }
  if (needed !== 'any' && !app.scopes.includes(needed)) {
    throw new WireRefused(403, 40310000, `access denied: this token lacks the scope ${needed}`)
  }
}

function accountIn({ params }: FastifyRequest): string | undefined {
  const { account_id: id } = params as { account_id?: string }
  return id
}

/** A caller is one whatever form its credentials have; the limit may be per account, as the vendor once had it. */
function countedAs(caller: Caller, request: FastifyRequest, isPerAccount: boolean): Counted {
  const who = caller.kind === 'partner' ? caller.keyId : caller.tokenId
  const accountId = isPerAccount ? accountIn(request)?.toLowerCase() : undefined
  // Only what looks like an id, so that no junk in paths makes buckets of its own.
  const isId = accountId !== undefined && /^[0-9a-f-]{36}$/.test(accountId)
  return { kind: 'key', name: isId ? `${who} ${accountId}` : who }
}

const notAuthorized = () => new WireRefused(401, 40110000, 'request is not authorized')
