import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PlatformContext } from '../context.ts'
import { IdentityRefused } from '../identity/identity-refused.ts'
import { callerByCookie, callerByToken } from '../identity/sessions.ts'
import type { Caller } from '../identity/user.ts'
import { sessionCookie } from './session-cookie.ts'

/** All that anybody may ask without being signed in. Whatever is not named here demands a living session. */
export const publicRoutes: readonly string[] = [
  'GET /health',
  'GET /ready',
  'GET /.well-known/jwks.json',
  'GET /api/config',
  'POST /api/signup',
  'POST /api/login',
  'POST /api/demo/login',
  'POST /platform/signup',
  'POST /platform/login',
  // The refresh token is the proof.
  'POST /platform/refresh',
  // The seed's form carries e-mail and password; the full application is refused inside without a token.
  'POST /accounts/signup',
  // What the API looks like says nothing about anybody.
  'GET /openapi.json',
  'GET /reference',
  'GET /reference/',
  'GET /reference/js/scalar.js',
  'GET /reference/openapi.json',
  'GET /reference/openapi.yaml',
  // The web app's own files.
  'GET /*',
]

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined
  }
  interface FastifyContextConfig {
    /** For operators only. */
    operatorsOnly?: boolean
  }
}

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/** The one gate: who is it, may they, and does the request come from a page of ours. */
export async function guard(
  ctx: PlatformContext,
  request: FastifyRequest,
  _reply: FastifyReply,
): Promise<void> {
  if (request.is404) return
  const token = tokenOf(request)
  if (token !== undefined) {
    request.caller = await callerByToken(ctx, token)
  } else {
    const secret = sessionCookie(ctx).read(request)
    request.caller = secret === undefined ? undefined : await callerByCookie(ctx, secret)
    refuseForeignPages(ctx, request)
  }
  if (isPublic(request)) return
  if (request.caller === undefined) throw new IdentityRefused('not_signed_in')
  if (request.routeOptions.config.operatorsOnly === true && request.caller.role !== 'operator') {
    throw new IdentityRefused('operators_only')
  }
}

/** Who asks; only for routes behind the gate. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === undefined) throw new IdentityRefused('not_signed_in')
  return request.caller
}

function isPublic(request: FastifyRequest): boolean {
  const method = request.method === 'HEAD' ? 'GET' : request.method
  return publicRoutes.includes(`${method} ${request.routeOptions.url ?? ''}`)
}

/** `Authorization: Bearer`, or the seed's header. Something else in `Authorization` is a token that is wrong. */
function tokenOf(request: FastifyRequest): string | undefined {
  const { authorization, 'access-token': header } = request.headers
  if (authorization !== undefined) return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? ''
  return typeof header === 'string' ? header : undefined
}

/**
 * A cookie travels with requests that other pages make, so changing anything with one demands an Origin of
 * ours. A request with neither cookie nor Origin comes from a program.
 */
function refuseForeignPages(ctx: PlatformContext, request: FastifyRequest): void {
  if (SAFE_METHODS.includes(request.method)) return
  const { origin } = request.headers
  const isOurs = origin === undefined ? request.caller === undefined : ctx.origins.has(origin)
  if (!isOurs) throw new IdentityRefused('origin_not_allowed')
}
