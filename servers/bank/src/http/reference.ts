import { PlaidErrorBody } from '@paddock/bank-wire'
import { describeRoutes, type HttpServer, type RouteFacts, serveReference } from '@paddock/service'

const INTRODUCTION = `Plaid's API as Paddock serves it. Errors are \`{"error_type", "error_code", "error_message", "display_message", "request_id"}\`;
every answer carries \`request_id\`, also as \`X-Request-ID\`.

Keys go as the headers \`PLAID-CLIENT-ID\` and \`PLAID-SECRET\`, or in the body as \`client_id\` and \`secret\`. What begins with \`/link\` is called
by Link's own pages, which have a link token; what begins with \`/_sim\` is the simulation's own door. Neither asks for keys, nor is it the vendor's.`

/** The groups of the page, in its order: the beginnings of their paths, and a sentence. */
const groups: Readonly<Record<string, readonly [paths: RegExp, text: string]>> = {
  Sandbox: [/^\/sandbox\//, 'Items without Link, and events on demand.'],
  Link: [/^\/link\/token\//, 'Link tokens, with which an application opens Link.'],
  "Link's pages": [/^\/link\//, "What Link and the banks' own pages call. Ours, not the vendor's."],
  Processors: [/^\/processor\//, 'What a partner may ask for with a processor token, and the making of one.'],
  Items: [/^\/item\//, 'A login at a bank: its tokens, its state, its end.'],
  Institutions: [/^\/institutions\//, 'The made-up banks.'],
  Accounts: [/^\/(?:accounts|auth|identity)\//, 'Accounts, balances, numbers and owners.'],
  Transactions: [/^\/(?:transactions|categories)\//, 'What happened on the accounts, as it goes on.'],
  Investments: [/^\/investments\//, 'Holdings, securities and their transactions.'],
  Liabilities: [/^\/liabilities\//, 'Cards, student loans and mortgages.'],
  Signal: [/^\/signal\//, 'How likely a debit is to come back.'],
  Income: [/^\/(?:credit|income|user)\//, 'What somebody earns, as the accounts tell.'],
  Statements: [/^\/statements\//, "The banks' monthly statements."],
  Webhooks: [/^\/webhook/, 'The keys by which webhooks are verified.'],
  Simulation: [/^\/_sim\//, "Outcomes and faults on demand. Ours, not the vendor's."],
  Others: [/^/, 'Everything else.'],
}

/** Where the words of a path, the last one first, do not say it well. */
const summaries: Readonly<Record<string, string>> = {
  'POST /institutions/get_by_id': 'Get an institution',
  'POST /item/access_token/invalidate': 'Rotate an access token',
  'POST /item/public_token/exchange': 'Exchange a public token for an access token',
  'POST /link/oauth/decide': 'Allow or deny access on the page of an OAuth bank',
  'POST /link/oauth/page': 'Describe what an OAuth bank is asked for',
  'POST /link/session/credentials': 'Sign in at the bank',
  'POST /link/session/events': 'Record what happened in Link',
  'POST /link/session/institution': 'Choose a bank',
  'POST /link/session/institutions': 'List the banks of a Link session',
  'POST /link/session/mfa': "Answer a bank's second step",
  'POST /link/session/oauth-begin': 'Leave for the page of an OAuth bank',
  'POST /link/session/oauth-decision': 'Hear what was decided at an OAuth bank',
  'POST /sandbox/item/fire_webhook': 'Fire a webhook of an item',
  'POST /sandbox/item/reset_login': 'Break the login of an item',
  'GET /_sim/ach': 'Show what the ACH operator has before it',
  'POST /_sim/ach/outcomes': 'Plan what becomes of an ACH entry',
  'POST /_sim/ach/banks': 'Take a bank off the ACH network, or back',
  'GET /_sim/bank-accounts': 'List the accounts in the books',
  'GET /_sim/bank-accounts/{id}': 'Get an account in the books, with its entries',
  'POST /_sim/bank-accounts/find': 'Find an account in the books by its numbers',
  'POST /_sim/bank-accounts/{id}': 'Set the balance, overdraft or state of an account',
  'GET /_sim/webhooks': 'List webhooks, and how their delivery went',
  'POST /_sim/webhooks': 'Send webhooks twice or out of order',
  'POST /_sim/webhooks/rotate-key': 'Sign webhooks with a new key',
  'GET /_sim/faults': 'List what is wrong on purpose, and what could be',
  'POST /_sim/faults': 'Make something go wrong',
  'DELETE /_sim/faults': 'Put everything right',
  'DELETE /_sim/faults/{id}': 'Put one thing right',
  'GET /_sim/items': 'List all items',
  'POST /_sim/items/{id}': 'Break or mend the login of an item, or let its consent expire',
}

/** The document and the page of everything that is registered after this call. */
export async function serveBankReference(app: HttpServer): Promise<void> {
  const title = 'Paddock Bank API'
  await describeRoutes(app, {
    title,
    introduction: INTRODUCTION,
    tags: Object.fromEntries(Object.entries(groups).map(([name, [, text]]) => [name, text])),
    securitySchemes: {
      clientId: { type: 'apiKey', in: 'header', name: 'PLAID-CLIENT-ID' },
      secret: { type: 'apiKey', in: 'header', name: 'PLAID-SECRET' },
    },
    // The second, empty one: the keys may stand in the body as well.
    security: [{ clientId: [], secret: [] }, {}],
    errorBody: PlaidErrorBody,
    describe: describeRoute,
  })
  await serveReference(app, { title })
}

function describeRoute({ method, path }: { method: string; path: string }): RouteFacts {
  // Files of Link's pages.
  if (path.startsWith('/link/v2/')) return { hide: true }
  const [tag = 'Others'] = Object.entries(groups).find(([, [paths]]) => paths.test(path)) ?? []
  const facts = { summary: summaryOf(method, path), tags: [tag] }
  return tag === 'Simulation' || tag === "Link's pages" ? { ...facts, security: [] } : facts
}

/** `/processor/identity/get` → "Get processor identity". */
function summaryOf(method: string, path: string): string {
  const known = summaries[`${method} ${path.replace(/:(\w+)/g, '{$1}')}`]
  if (known !== undefined) return known
  const words = path.split('/').filter((word) => word !== '' && word !== '_sim' && !word.startsWith(':'))
  const text = [words.at(-1), ...words.slice(0, -1)].join(' ').replaceAll(/[_-]/g, ' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
