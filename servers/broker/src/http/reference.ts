import swagger from '@fastify/swagger'
import { ErrorBody } from '@paddock/broker-wire'
import type { HttpServer } from '@paddock/service'
import scalar from '@scalar/fastify-api-reference'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'

const INTRODUCTION = `The Broker API as Paddock serves it. Errors are \`{"code", "message"}\`, decimals are text, and every answer carries \`X-Request-ID\`.

Keys go as HTTP Basic (the key as user, the secret as password), as the headers \`APCA-API-KEY-ID\` and \`APCA-API-SECRET-KEY\`, or as a
bearer token. What begins with \`/_sim\` or \`/_ops\` is ours and not the vendor's: the simulation's own door, and the back office.`

/** The groups of the page, in its order. */
const tags = {
  Accounts: 'Applications and what becomes of them: the identity check, papers, changes, closing.',
  Funding: 'Linked banks, ACH and wire transfers, instant funding.',
  Trading: 'Orders and positions of one account.',
  Portfolio: 'What an account was worth over time.',
  Market: 'Assets, calendar, clock and prices of the simulated market.',
  Journals: 'Cash and shares between accounts of the firm and its customers.',
  Activities: 'The lines of the statement: whatever moved cash or shares.',
  Documents: 'Statements, trade confirmations and tax packs, as PDF.',
  'Corporate actions': 'Dividends and splits, and the days on which they reach their holders.',
  Watchlists: 'Lists of assets that an account keeps an eye on.',
  Rebalancing: 'Model portfolios, who follows them, and the runs that trade.',
  Events: 'Server-sent events: replayed from a cursor, then live.',
  OAuth: 'API keys, and access tokens for apps of end users.',
  Reporting: 'Figures of all accounts at once.',
  Operations: "The back office: what waits for somebody to decide. Ours, not the vendor's.",
  Simulation: "The world's clock, and outcomes on demand. Ours, not the vendor's.",
  'Not built': 'Answered with 501; the documentation says why.',
}

/**
 * The OpenAPI 3.1 document of everything that is registered after this call, made from the schemas that
 * check the requests, and a page to read and try it. Both are public: they say nothing about anybody.
 */
export async function serveReference(app: HttpServer): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Paddock Broker API', version: '1.0.0', description: INTRODUCTION },
      tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
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
    transformObject: (document) => completed(jsonSchemaTransformObject(document)),
  })
  app.get('/openapi.json', { schema: { hide: true }, exposeHeadRoute: false }, async (request) => ({
    ...app.swagger(),
    // Whoever reads it from elsewhere, as the platform's page does, has to know where to call.
    servers: [{ url: `${request.protocol}://${request.host}` }],
  }))
  await app.register(scalar, {
    routePrefix: '/reference',
    configuration: {
      url: '/openapi.json',
      title: 'Paddock Broker API',
      pageTitle: 'Paddock Broker API',
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

type Parameter = { in: string; name: string }
type Operation = { parameters?: Parameter[]; responses?: Record<string, unknown> }

/** Every operation may refuse, always in the same shape; and what the router calls `*` gets a name. */
function completed<Document extends { paths?: object }>(document: Document): Document {
  const { $schema: _, ...schema } = z.toJSONSchema(ErrorBody)
  const refusal = {
    description: 'Refused: the code and the message say why',
    content: { 'application/json': { schema } },
  }
  const paths = Object.entries(document.paths ?? {}).map(([path, operations]) => {
    const tail = nameOfTail(path)
    for (const operation of Object.values(operations as Record<string, Operation>)) {
      operation.responses = { ...operation.responses, default: refusal }
      for (const parameter of operation.parameters ?? []) if (parameter.name === '*') parameter.name = tail
    }
    return [path.replace('{*}', `{${tail}}`), operations]
  })
  return { ...document, paths: Object.fromEntries(paths) }
}

/** The rest of a path may hold slashes: those of a crypto pair, or of a file. */
const nameOfTail = (path: string) =>
  /assets|positions|watchlists/.test(path) ? 'symbol_or_asset_id' : 'path'
