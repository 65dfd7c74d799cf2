import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/**
 * The checks that a stand-in for the vendor must pass, by the numbers of our digest's list (section 8.1), and
 * the test that holds each: file and a part of its title.
 */
const checklist: readonly (readonly [line: number, file: string, title: string])[] = [
  [1, 'test/conformance/bank/transport.test.ts', 'keys are taken from the headers and from the body alike'],
  [1, 'test/conformance/bank/transport.test.ts', 'wrong keys are 400 INVALID_API_KEYS'],
  [1, 'test/conformance/bank/transport.test.ts', 'missing keys are 400 MISSING_FIELDS with their names'],
  [1, 'test/conformance/bank/transport.test.ts', 'categories are told to anybody'],
  [2, 'test/conformance/bank/transport.test.ts', 'every answer has its own request_id'],
  [3, 'test/conformance/bank/link-tokens.test.ts', 'a link token says its environment'],
  [4, 'test/conformance/bank/items.test.ts', 'an item that was just linked tells its products'],
  [5, 'test/conformance/bank/items.test.ts', 'an access token with another last character'],
  [5, 'test/conformance/bank/items.test.ts', 'a public token is exchanged once'],
  [5, 'test/conformance/bank/items.test.ts', 'an item is removed once'],
  [6, 'test/conformance/bank/items.test.ts', 'a rotated access token works in the place of the old one'],
  [7, 'test/conformance/bank/items.test.ts', 'an item tells the webhook address that it was given'],
  [
    7,
    'test/conformance/bank/webhooks.test.ts',
    'what is fired comes signed over its very bytes, and a new address is acknowledged',
  ],
  [8, 'test/conformance/bank/institutions.test.ts', 'a page of three institutions from the fifth on'],
  [8, 'test/conformance/bank/institutions.test.ts', 'address, colour and logo are there only when asked for'],
  [8, 'test/conformance/bank/institutions.test.ts', 'an institution is found by its name and by its id'],
  [8, 'test/conformance/bank/institutions.test.ts', 'ins_109508 is First Platypus Bank'],
  [9, 'test/conformance/bank/products.test.ts', 'every account has an owner with all keys of an address'],
  [9, 'test/conformance/bank/products.test.ts', 'checking and savings have ACH numbers'],
  [10, 'test/conformance/bank/products.test.ts', 'a product that the item lacks is added by its first call'],
  [11, 'test/conformance/bank/products.test.ts', 'transactions are PRODUCT_NOT_READY at first'],
  [11, 'test/conformance/bank/products.test.ts', 'investment transactions of a year before there were any'],
  [12, 'test/conformance/bank/sync.test.ts', 'the first page is empty with an empty cursor only while'],
  [
    12,
    'test/conformance/bank/sync.test.ts',
    'pages of one row lead through all rows once, and the same cursor',
  ],
  [12, 'test/conformance/bank/sync.test.ts', 'a change between two pages of a run is an error'],
  [12, 'test/conformance/bank/sync.test.ts', 'what is pending posts under another id, and what is gone'],
  [12, 'test/conformance/bank/sync.test.ts', 'one account has a stream of its own'],
  [
    12,
    'servers/bank/test/transactions-property.test.ts',
    'whatever happens between pages, the copy of every client',
  ],
  [13, 'test/conformance/bank/items.test.ts', 'a login that was reset refuses every product'],
  [
    13,
    'test/conformance/bank/webhooks.test.ts',
    'a broken login sends ITEM/ERROR once, and Link in update mode repairs it',
  ],
  [14, 'test/conformance/bank/webhooks.test.ts', 'a webhook can be fired at an item that has an address'],
  [14, 'test/conformance/bank/webhooks.test.ts', 'what is fired comes signed over its very bytes'],
  [14, 'test/conformance/bank/webhooks.test.ts', 'the key with which sandbox webhooks are signed resolves'],
  [
    14,
    'servers/bank/test/webhook-verification.test.ts',
    'what the bank signs is what another implementation recomputes',
  ],
  [
    15,
    'test/conformance/bank/processor.test.ts',
    'a token made for alpaca opens its one account to the partner',
  ],
  [16, 'test/conformance/bank/strict-client.test.ts', 'our models take every sample answer of the digest'],
  [16, 'test/conformance/bank/strict-client.test.ts', 'they refuse what breaks it'],
  [
    16,
    'test/conformance/bank/coverage.test.ts',
    'every operation that is served has a model of the type-checking client',
  ],
  [17, 'test/e2e/link-react.spec.ts', 'links a bank, leaves nothing behind'],
  [17, 'test/e2e/link-react.spec.ts', 'shows the list of banks inside the page'],
  [17, 'servers/bank/test/link-contract.test.ts', 'the handler bears what react-plaid-link does to it'],
  [17, 'servers/bank/test/link-contract.test.ts', 'update mode starts at the bank of the item'],
  [17, 'servers/bank/test/link.test.ts', 'Escape asks first'],
  [17, 'servers/bank/test/link-logins.test.ts', 'a login with a second step connects nothing'],
  [17, 'test/e2e/link-panes.spec.ts', 'a bank with its own page opens a window'],
  [17, 'test/e2e/link-panes.spec.ts', 'with a redirect address the bank takes the page’s place'],
  [
    18,
    'test/conformance/bank/transport.test.ts',
    'an empty options object, null for what is optional and hidden fields',
  ],
  [18, 'test/conformance/bank/transport.test.ts', 'a field that nobody knows is 400 UNKNOWN_FIELDS'],
]

const root = new URL('../../../', import.meta.url)
const LINES = 18

test('every line of the checklist has a test, and the list names tests that are there', () => {
  const lines = new Set(checklist.map(([line]) => line))
  expect([...lines].toSorted((a, b) => a - b)).toEqual(Array.from({ length: LINES }, (_, index) => index + 1))
  const texts = new Map<string, string>()
  for (const [line, file, title] of checklist) {
    const text = texts.get(file) ?? readFileSync(new URL(file, root), 'utf8')
    texts.set(file, text)
    expect([line, file, title, text.includes(title)]).toEqual([line, file, title, true])
  }
})

const sheet = new URL('../shared/reference/plaid-api.md', root)
const isThere = existsSync(sheet)

test.skipIf(!isThere)(
  `the checklist has as many lines as the digest${isThere ? '' : ' (skipped: no reference files)'}`,
  () => {
    const [, list = ''] = readFileSync(sheet, 'utf8').match(/### 8\.1[^\n]*\n([\s\S]*?)\n### 8\.2/) ?? []
    expect(list.match(/^\d+\. /gm)).toHaveLength(LINES)
  },
)
