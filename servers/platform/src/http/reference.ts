import { createHash } from 'node:crypto'
import { describeRoutes, type HttpServer, serveReference } from '@paddock/service'
import type { PlatformContext } from '../context.ts'

/** The platform's own OpenAPI document, of everything registered after this call. */
export const describePlatform = (app: HttpServer): Promise<void> =>
  describeRoutes(app, {
    title: 'Paddock Platform API',
    introduction: 'What the web app calls (`/api`), and the routes for programs, which take an access token.',
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    security: [{ token: [] }],
    describe: ({ path }) => ({ tags: [path.startsWith('/api/') ? 'Web app' : 'Programs'] }),
  })

/** The page on which both APIs can be read and tried: the broker's document comes from the broker itself. */
export async function servePlatformReference(app: HttpServer, { config }: PlatformContext): Promise<void> {
  const { simUrl } = config.broker
  const broker =
    simUrl === undefined ? [] : [{ title: 'Broker API', slug: 'broker', url: `${simUrl}/openapi.json` }]
  await app.register(async (page) => {
    page.addHook('onSend', async (_request, reply, payload) => {
      const policy = String(reply.getHeader('content-security-policy'))
      if (typeof payload === 'string' && String(reply.getHeader('content-type')).startsWith('text/html')) {
        reply.header('content-security-policy', allowInline(policy, payload))
      }
    })
    await serveReference(page as unknown as HttpServer, {
      title: 'Paddock API reference',
      sources: [...broker, { title: 'Platform API', slug: 'platform', url: '/openapi.json' }],
    })
  })
}

/** Lets exactly those scripts run that the page itself carries. */
function allowInline(policy: string, page: string): string {
  const hashes = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  )
  return policy.replace("script-src 'self'", `script-src 'self' ${hashes.join(' ')}`)
}
