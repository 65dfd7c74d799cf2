import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import scalar from '@scalar/fastify-api-reference'
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from './server.ts'

type DocumentFacts = NonNullable<FastifyDynamicSwaggerOptions['openapi']>

/** What an API's document says besides its routes. */
export interface ApiDescription {
  readonly title: string
  readonly introduction: string
  /** The groups of the page, in its order, each with a sentence. Only those that a route is in are shown. */
  readonly tags?: Readonly<Record<string, string>>
  readonly securitySchemes: NonNullable<DocumentFacts['components']>['securitySchemes']
  readonly security: NonNullable<DocumentFacts['security']>
  /** The one shape in which every operation may refuse. */
  readonly errorBody?: z.ZodType
  /** What a route's own schema leaves open; `hide` where it is no operation. */
  readonly describe?: (route: { readonly method: string; readonly path: string }) => RouteFacts
  /** What the router calls `*`: the rest of a path, which may hold slashes. */
  readonly nameOfTail?: (path: string) => string
}

export interface RouteFacts {
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly security?: DocumentFacts['security']
  readonly hide?: boolean
}

const toJsonSchema = createJsonSchemaTransform({})

/** Makes the OpenAPI 3.1 document of everything that is registered after this call, from the schemas that check it. */
export async function describeRoutes(app: HttpServer, api: ApiDescription): Promise<void> {
  const { title, introduction, tags = {}, securitySchemes, security, describe = () => ({}) } = api
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, version: '1.0.0', description: introduction },
      tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
      components: { ...(securitySchemes && { securitySchemes }) },
      security,
    },
    transform: (document) => {
      const { method } = document.route
      const facts = describe({ method: [method].flat()[0] ?? '', path: document.url })
      const schema = { ...facts, ...document.schema }
      return toJsonSchema({ ...document, schema } as typeof document)
    },
    transformObject: (document) => completed(jsonSchemaTransformObject(document), api),
  })
}

/** Serves the document and a page to read and try it. Both are public: they say nothing about anybody. */
export async function serveReference(
  app: HttpServer,
  { title, sources }: { title: string; sources?: { title: string; slug: string; url: string }[] },
): Promise<void> {
  const url = '/openapi.json'
  app.get(url, { schema: { hide: true }, exposeHeadRoute: false }, async (request) => ({
    ...app.swagger(),
    // Whoever reads it from elsewhere, as the platform's page does, has to know where to call.
    servers: [{ url: `${request.protocol}://${request.host}` }],
  }))
  await app.register(scalar, {
    routePrefix: '/reference',
    configuration: {
      ...(sources === undefined ? { url, title } : { sources, title }),
      pageTitle: title,
      theme: 'default',
      hideClientButton: true,
      telemetry: false,
      agent: { disabled: true },
      mcp: { disabled: true },
      showDeveloperTools: 'never',
      withDefaultFonts: false,
    },
  })
}

interface Operation {
  readonly tags?: readonly string[]
  readonly parameters?: { in: string; name: string }[]
  responses?: Record<string, unknown>
}

/** Every operation may refuse, always in the same shape; `*` gets a name; groups without an operation go. */
function completed<Document extends { paths?: object; tags?: { name: string }[] }>(
  document: Document,
  { errorBody, nameOfTail = () => 'path' }: ApiDescription,
): Document {
  const used = new Set<string>()
  const paths = Object.entries(document.paths ?? {}).map(([path, operations]) => {
    const tail = nameOfTail(path)
    for (const operation of Object.values(operations as Record<string, Operation>)) {
      if (errorBody !== undefined) {
        operation.responses = { ...operation.responses, default: refusalOf(errorBody) }
      }
      for (const parameter of operation.parameters ?? []) if (parameter.name === '*') parameter.name = tail
      for (const tag of operation.tags ?? []) used.add(tag)
    }
    return [path.replace('{*}', `{${tail}}`), operations]
  })
  const tags = document.tags?.filter(({ name }) => used.has(name)) ?? []
  return { ...document, tags, paths: Object.fromEntries(paths) }
}

function refusalOf(errorBody: z.ZodType) {
  const { $schema: _, ...schema } = z.toJSONSchema(errorBody)
  return {
    description: 'Refused: the code and the message say why',
    content: { 'application/json': { schema } },
  }
}
