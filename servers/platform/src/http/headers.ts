import type { HttpServer } from '@paddock/service'
import type { PlatformConfig } from '../config.ts'
import type { PlatformContext } from '../context.ts'

/** What answers to programs carry: nothing in them is to be run, framed, guessed or kept. */
export const dataHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const

/** What no page that we did not write may do with our answers, and what ours may load. */
export function addSecurityHeaders(app: HttpServer, { config }: PlatformContext): void {
  const page = pagePolicy(config)

  app.addHook('onSend', async (_request, reply) => {
    // What was not modified keeps the headers that it came with; new ones would take the place of a page's own.
    if (reply.statusCode === 304) return
    const isPage = String(reply.getHeader('content-type') ?? '').startsWith('text/html')
    const cacheControl = reply.getHeader('cache-control') ?? dataHeaders['cache-control']
    reply.headers({ ...dataHeaders, 'cache-control': cacheControl })
    if (isPage) reply.header('content-security-policy', page)
  })
}

/** Scripts, frames and calls of the bank come from wherever its Link script does. */
function pagePolicy({ bank: { linkScriptUrl, baseUrl }, broker: { simUrl } }: PlatformConfig): string {
  const bank = new URL(linkScriptUrl).origin
  const called = new Set([bank, new URL(baseUrl).origin])
  if (simUrl !== undefined) called.add(new URL(simUrl).origin)
  return [
    "default-src 'self'",
    `script-src 'self' ${bank}`,
    // The component library writes style elements at run time.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${[...called].join(' ')}`,
    `frame-src ${bank}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
