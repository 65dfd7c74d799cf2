import swagger from '@fastify/swagger'
import { ErrorBody } from '@paddock/broker-wire'
import type { HttpServer } from '@paddock/service'
import scalar from '@scalar/fastify-api-reference'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'

const INTRODUCTION = `The Broker API as Paddock serves it. Every address answers errors as \`{"code", "message"}\`, decimals as text, and \`X-Request-ID\`.
Keys go as HTTP Basic (key as user, secret as password), as the pair of headers \`APCA-API-KEY-ID\` and \`APCA-API-SECRET-KEY\`, or as a bearer token.`

/** The OpenAPI 3.1 document of everything that is registered after this call, and a page to read and try it. */
export async function serveReference(app: HttpServer): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Paddock Broker API', version: '1.0.0', description: INTRODUCTION },
      components: {
        securitySchemes: {
          basic: { type: 'http', scheme: 'basic' },
          key: { type: 'apiKey', in: 'header', name: 'APCA-API-KEY-ID' },
          secret: { type: 'apiKey', in: 'header', name: 'APCA-API-SECRET-KEY' },
          bearer: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ basic: [] }, { key: [], secret: [] }, { bearer: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) =>
      'openapiObject' in document ? withErrors(document.openapiObject) : document.swaggerObject,
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  await app.register(scalar, {
    routePrefix: '/reference',
    configuration: {
      title: 'Paddock Broker API',
      theme: 'default',
      hideClientButton: true,
      telemetry: false,
    },
  })
}

type Operation = { responses?: Record<string, unknown> }

/** Every operation may refuse, and always in the same shape. */
function withErrors<Document extends { paths?: object }>(document: Document): Document {
  const refusal = {
    description: 'Refused: see the code and the message',
    content: { 'application/json': { schema: z.toJSONSchema(ErrorBody, { target: 'draft-2020-12' }) } },
  }
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(path as Record<string, Operation>)) {
      operation.responses = { ...operation.responses, default: refusal }
    }
  }
  return document
}
