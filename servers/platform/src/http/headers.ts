import type { HttpServer } from '@paddock/service'
import type { PlatformConfig } from '../config.ts'
import type { PlatformContext } from '../context.ts'

/** What no page that we did not write may do with our answers, and what ours may load. */
export function addSecurityHeaders(app: HttpServer, { config }: PlatformContext): void {
  const page = pagePolicy(config)
  const data = "default-src 'none'; frame-ancestors 'none'"

  app.addHook('onSend', async (_request, reply) => {
    const isPage = String(reply.getHeader('content-type') ?? '').startsWith('text/html')
    reply.header('content-security-policy', isPage ? page : data)
    reply.header('x-frame-options', 'DENY')
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
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
