import { createHash } from 'node:crypto'
import swagger from '@fastify/swagger'
import type { HttpServer } from '@paddock/service'
import scalar from '@scalar/fastify-api-reference'
import { createJsonSchemaTransform } from 'fastify-type-provider-zod'
import type { PlatformContext } from '../context.ts'

const toJsonSchema = createJsonSchemaTransform({})

/** The platform's own OpenAPI document, of everything registered after this call. */
export async function describeRoutes(app: HttpServer): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Paddock Platform API',
        version: '1.0.0',
        description:
          'What the web app calls (`/api`), and the routes for programs, which take an access token.',
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
    transform: (document) => {
      const { schema, url } = toJsonSchema(document)
      return { url, schema: { tags: [url.startsWith('/api/') ? 'Web app' : 'Programs'], ...schema } }
    },
  })
}

/** The page on which both APIs can be read and tried: the broker's document comes from the broker itself. */
export async function serveReference(app: HttpServer, { config }: PlatformContext): Promise<void> {
  app.get('/openapi.json', { schema: { hide: true } }, async (request) => ({
    ...app.swagger(),
    servers: [{ url: `${request.protocol}://${request.host}` }],
  }))
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
    await page.register(scalar, {
      routePrefix: '/reference',
      configuration: {
        title: 'Paddock API reference',
        pageTitle: 'Paddock API reference',
        sources: [...broker, { title: 'Platform API', slug: 'platform', url: '/openapi.json' }],
        theme: 'default',
        hideClientButton: true,
        telemetry: false,
        agent: { disabled: true },
        mcp: { disabled: true },
        showDeveloperTools: 'never',
        withDefaultFonts: false,
      },
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
