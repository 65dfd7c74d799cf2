import fc from 'fast-check'
import { validExamples } from './broker-examples.ts'
import type { Vocabulary } from './fuzz-target.ts'
import { instant, moment } from './moments.ts'

const kinds: Vocabulary['kinds'] = {
  account_id: 'account',
  from_account: 'account',
  to_account: 'account',
  relationship_id: 'ach_relationship',
  bank_id: 'recipient_bank',
  order_id: 'order',
  portfolio_id: 'portfolio',
  instant_transfer_id: 'instant_funding',
  account_no: 'account_number',
  source_account_no: 'account_number',
  account_numbers: 'account_number',
  client_id: 'client',
  key_id: 'key',
}

const symbols = ['SPY', 'AAPL', 'MSFT', 'KO', 'BTC/USD', 'BTCUSD', 'ETH/USD', 'NOPE', 'spy']
const amounts = ['1', '1.00', '0.01', '10', '25.5', '49.99', '100', '1000.1', '0.5', '3']

const decimal = fc.oneof(
  fc.constantFrom(...amounts),
  fc.constantFrom(...amounts.map(Number)),
  fc.integer({ min: 1, max: 100_000 }).map((minor) => (minor / 100).toString()),
)
const email = fc.constant('fuzz.@fresh()@example.org')

const hints: Vocabulary['hints'] = [
  [/^symbols?(_or_.*)?$|^ticker$/, fc.constantFrom(...symbols)],
  [/(^|_)(amount|notional|limit_price|stop_price|trail_price|cash|commission|price)$/, decimal],
  [/^(qty|quantity|percent|percentage|trail|trail_percent)$/, decimal],
  [/date_of_birth/, fc.constantFrom('1990-01-01', '1961-12-31', '2001-02-28')],
  [/(^|_)(date|start|end|since|until|after|before|asof|from|to|on)$|^created_|_at$|timestamp$/, moment],
  [/^signed_at$/, instant],
  [/email/, email],
  [/ip_address/, fc.constantFrom('198.51.100.23', '203.0.113.9')],
  [/tax_id$/, fc.constantFrom('666-55-4321', '123456789')],
  [/country/, fc.constantFrom('USA', 'USA', 'CAN')],
  [/^state/, fc.constantFrom('CA', 'WA', 'NY')],
  [/postal_code/, fc.constantFrom('94401', '60614')],
  [/phone/, fc.constant('+12065550142')],
  [/routing_number|^bank_code$/, fc.constant('121000358')],
  [/account_number/, fc.constantFrom('123456789', '000011112222')],
  [/(^|_)ulid$/, fc.constant('01JNKM3Q5S7V9X1Z3B5D7F9H1K')],
  [/^(limit|page_size|page)$/, fc.constantFrom(1, 2, 10, 50, 100)],
  [/^offset$/, fc.integer({ min: 0, max: 20 }).map(String)],
  [/^client_order_id$|idempotency/i, fc.uuid()],
  [/^seconds$/, fc.integer({ min: 0, max: 9 })],
  [/^days$/, fc.constant(0)],
  // What follows is a word of a list that a reader with a transformation does not show in its schema.
  [/^direction$/, fc.constantFrom('asc', 'desc', 'INCOMING', 'OUTGOING')],
  [/^sort$|^sort_order$/, fc.constantFrom('asc', 'desc', 'ASC', 'DESC')],
  [/^(nested|cancel_orders|extended_hours|include_.*|show_.*)$/, fc.constantFrom('True', 'False', 'true')],
  [
    /^status(es)?$/,
    fc.constantFrom('ACTIVE', 'APPROVED', 'QUEUED', 'active', 'open', 'all', 'pending', 'executed'),
  ],
  [/^activity_types?$/, fc.constantFrom('FILL', 'CSD', 'JNLC', 'DIV', 'CSD,FILL')],
  [/^entities$/, fc.constantFrom('contact', 'identity,contact', 'documents')],
  [/^asset_class$/, fc.constantFrom('us_equity', 'crypto')],
  [/^ca_types$/, fc.constantFrom('dividend', 'dividend,split', 'merger')],
  [/^date_type$/, fc.constantFrom('trading', 'settlement', 'ex_date')],
  [/^grant_type$/, fc.constant('client_credentials')],
]

/** The words of the Broker API. */
export const brokerVocabulary: Vocabulary = {
  kinds,
  hints,
  segments: [
    [/symbol/, fc.constantFrom(...symbols, '@live(position,1)')],
    [/^activity_type$/, fc.constantFrom('FILL', 'CSD', 'CSW', 'JNLC', 'DIV', 'FEE')],
    [/^(?:path|source)$/, fc.constantFrom('a', 'b/c', 'x.pdf')],
  ],
  examples: validExamples,
}
