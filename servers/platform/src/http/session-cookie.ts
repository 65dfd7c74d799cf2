import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PlatformContext } from '../context.ts'

const MAX_AGE_SECONDS = 24 * 60 * 60

/**
 * The browser's session: out of reach of scripts and of requests that other sites cause. Where every page
 * is served over HTTPS it is also bound to this host (`__Host-`) and to encryption.
 */
export function sessionCookie({ config }: PlatformContext) {
  const secure = config.webOrigins.length > 0 && config.webOrigins.every((url) => url.startsWith('https:'))
  const name = secure ? '__Host-paddock_session' : 'paddock_session'
  const attributes = { httpOnly: true, sameSite: 'strict', path: '/', secure } as const
  return {
    read: (request: FastifyRequest): string | undefined => request.cookies[name],
    set: (reply: FastifyReply, secret: string) =>
      reply.setCookie(name, secret, { ...attributes, maxAge: MAX_AGE_SECONDS }),
    clear: (reply: FastifyReply) => reply.clearCookie(name, attributes),
  }
}
