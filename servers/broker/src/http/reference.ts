import { ErrorBody } from '@paddock/broker-wire'
import { describeRoutes, type HttpServer, serveReference } from '@paddock/service'

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

/** The document and the page of everything that is registered after this call. */
export async function serveBrokerReference(app: HttpServer): Promise<void> {
  const title = 'Paddock Broker API'
  await describeRoutes(app, {
    title,
    introduction: INTRODUCTION,
    tags,
    securitySchemes: {
      basic: { type: 'http', scheme: 'basic' },
      key: { type: 'apiKey', in: 'header', name: 'APCA-API-KEY-ID' },
      secret: { type: 'apiKey', in: 'header', name: 'APCA-API-SECRET-KEY' },
      bearer: { type: 'http', scheme: 'bearer' },
    },
    security: [{ basic: [] }, { key: [], secret: [] }, { bearer: [] }],
    errorBody: ErrorBody,
    nameOfTail: (path) => (/assets|positions|watchlists/.test(path) ? 'symbol_or_asset_id' : 'path'),
  })
  await serveReference(app, { title })
}
