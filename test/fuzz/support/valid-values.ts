import fc from 'fast-check'
import { kindOf, live } from './live-ids.ts'
import type { Schema } from './operations.ts'

/** Names in bodies and queries that stand for something that exists. */
const kinds: Readonly<Record<string, string>> = {
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

const liveId = (kind: string) => fc.nat(999).map((choice) => live(kind, choice))
const decimal = fc.oneof(
  fc.constantFrom(...amounts),
  fc.constantFrom(...amounts.map(Number)),
  fc.integer({ min: 1, max: 100_000 }).map((minor) => (minor / 100).toString()),
)
const day = fc.integer({ min: -400, max: 40 }).map((days) => {
  return Temporal.PlainDate.from('2026-11-20').add({ days }).toString()
})
const instant = fc
  .tuple(day, fc.integer({ min: 0, max: 86_399 }), fc.constantFrom('Z', '+00:00', '-05:00', '.123456Z'))
  .map(
    ([date, second, zone]) => `${date}T${Temporal.PlainTime.from('00:00').add({ seconds: second })}${zone}`,
  )
const moment = fc.oneof(day, instant)
const email = fc.constant('fuzz.@fresh()@example.org')
const someWords = ['Nora', 'Quill', 'First one', 'a', 'Ω mega', 'x'.repeat(40), '19 Larch Lane', 'O’Brien']
const words = fc.constantFrom(...someWords)

/** What a field of this name holds, where a schema alone says too little. */
const hints: readonly (readonly [RegExp, fc.Arbitrary<unknown>])[] = [
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

/** Arbitraries for values that fit a schema; what has the name of a live thing mostly is one. */
export class ValidValues {
  readonly #definitions: Readonly<Record<string, Schema>>

  constructor(definitions: Readonly<Record<string, Schema>> = {}) {
    this.#definitions = definitions
  }

  pathSegment(name: string, segmentBefore: string, schema: Schema): fc.Arbitrary<string> {
    if (/symbol/.test(name)) return fc.constantFrom(...symbols, '@live(position,1)')
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum.map(String))
    if (name === 'activity_type') return fc.constantFrom('FILL', 'CSD', 'CSW', 'JNLC', 'DIV', 'FEE')
    if (name === 'path' || name === 'source') return fc.constantFrom('a', 'b/c', 'x.pdf')
    return liveId(kindOf(segmentBefore))
  }

  of(schema: Schema, name: string, depth = 0): fc.Arbitrary<unknown> {
    const { $ref, anyOf, oneOf, allOf } = schema
    if ($ref !== undefined) {
      const target = this.#definitions[$ref.split('/').at(-1) ?? '']
      return target === undefined || depth > 8 ? fc.constant({}) : this.of(target, name, depth + 1)
    }
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
    const choices = anyOf ?? oneOf
    if (choices !== undefined) return fc.oneof(...choices.map((choice) => this.of(choice, name, depth + 1)))
    // Rules for one text say little that matters here; parts of an object make it up.
    if (allOf !== undefined && schema.type === 'string')
      return scalar({ ...schema, pattern: '' }, 'string', name)
    if (allOf !== undefined) {
      const parts = allOf.map((part) => this.of(part, name, depth + 1))
      return fc.tuple(...parts).map((values) => Object.assign({}, ...values))
    }
    const types = [schema.type ?? []].flat()
    if (types.length > 1) {
      return fc.oneof(...types.map((type) => this.of({ ...schema, type }, name, depth + 1)))
    }
    if (types[0] === 'object') return this.#object(schema, name, depth)
    if (types[0] === 'array') {
      return fc.array(this.of(schema.items ?? {}, name, depth + 1), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(3, schema.maxItems ?? 3)),
      })
    }
    return scalar(schema, types[0], name)
  }

  #object(schema: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
    const { properties, additionalProperties } = schema
    if (properties === undefined) {
      if (typeof additionalProperties !== 'object') return fc.constant({})
      const values = this.of(additionalProperties, name, depth + 1)
      return fc.dictionary(fc.constantFrom('USD', 'US', 'a', 'b'), values, { maxKeys: 2 })
    }
    const fields = Object.entries(properties).map(([key, value]) => [key, this.of(value, key, depth + 1)])
    return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, {
      requiredKeys: [...(schema.required ?? [])],
    })
  }
}

function scalar(schema: Schema, type: string | undefined, name: string): fc.Arbitrary<unknown> {
  if (type === 'null') return fc.constant(null)
  if (type === 'boolean') return fc.boolean()
  const kind = kinds[name]
  if (kind !== undefined && type !== 'number' && type !== 'integer') return liveId(kind)
  const hint = hints.find(([pattern]) => pattern.test(name))?.[1]
  if ((type === 'integer' || type === 'number') && !/^(limit|page_size|seconds|days)$/.test(name))
    return number(schema, type)
  if (hint !== undefined) return type === 'string' ? hint.map(String) : hint
  if (type === 'integer' || type === 'number') return number(schema, type)
  return string(schema)
}

function number({ minimum, maximum }: Schema, type: 'integer' | 'number'): fc.Arbitrary<number> {
  const min = Math.max(-1_000_000, Math.ceil(minimum ?? 0))
  const max = Math.max(min, Math.min(1_000_000, Math.floor(maximum ?? 1_000)))
  const whole = fc.integer({ min, max })
  return type === 'integer' ? whole : fc.oneof(whole, fc.constantFrom(min, max))
}

function string({ format, pattern, minLength = 0, maxLength }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (format === 'date') return day
  if (format === 'date-time') return instant
  if (format === 'email') return email
  if (pattern) return matching(pattern)
  return words.map((word) => word.padEnd(minLength, 'a').slice(0, maxLength ?? 100))
}

const byPattern = new Map<string, fc.Arbitrary<string>>()

/** Classes such as `\P{Cc}` are a million characters, which take long to write down: there a few words must do. */
function matching(pattern: string): fc.Arbitrary<string> {
  const known = byPattern.get(pattern)
  if (known !== undefined) return known
  const fitting = someWords.filter((word) => new RegExp(pattern, 'u').test(word))
  const isWide = /\\[pP]\{|\[\^|\\[SWD]|\(\?/.test(pattern)
  const made = isWide ? words : fc.stringMatching(new RegExp(pattern), { size: '-1' })
  const arbitrary = fitting.length === 0 ? made : fc.constantFrom(...fitting)
  byPattern.set(pattern, arbitrary)
  return arbitrary
}
