import fc from 'fast-check'
import type { Vocabulary } from './fuzz-target.ts'
import type { LiveIds } from './live-ids.ts'
import type { Operation, Schema } from './operations.ts'
import { ValidValues } from './valid-values.ts'

/** A request before it becomes bytes, so that one thing of it can be changed. */
export interface Draft {
  readonly method: string
  readonly segments: readonly string[]
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: unknown
  /** Text to send in place of `body`. */
  readonly rawBody?: string | undefined
}

/** Requests that the description of the operation allows. */
export function validDraft(
  operation: Operation,
  vocabulary: Vocabulary,
  definitions: Readonly<Record<string, Schema>>,
): fc.Arbitrary<Draft> {
  const values = new ValidValues(vocabulary, definitions)
  return fc
    .record({
      segments: segmentsOf(operation, values),
      query: queryOf(operation, values),
      headers: headersOf(operation),
      body: bodyOf(operation, values, vocabulary.examples[operation.name]),
    })
    .map((parts) => ({ method: operation.method, ...parts }))
}

function segmentsOf(operation: Operation, values: ValidValues): fc.Arbitrary<string[]> {
  const segments = operation.path.split('/').slice(1)
  return fc.tuple(
    ...segments.map((segment, index) => {
      const name = /^\{(.*)\}$/.exec(segment)?.[1]
      if (name === undefined) return fc.constant(segment)
      const schema = operation.pathParameters.find((one) => one.name === name)?.schema ?? {}
      const before = segments.slice(0, index).findLast((one) => !one.startsWith('{')) ?? ''
      return values.pathSegment(name, before, schema)
    }),
  )
}

function queryOf(operation: Operation, values: ValidValues): fc.Arbitrary<[string, string][]> {
  if (operation.path.includes('/events/')) return cursorsOf(operation)
  const parameters = operation.query.map(({ name, required, schema }) => {
    const value = values.of(schema, name).map((one) => [name, textOf(one)] as [string, string])
    // A list without bounds is asked for seldom: it says little, and takes long.
    if (name === 'page_token') return fc.constant(undefined)
    const freq = /^(start|end|since|until|limit|ca_types)$/.test(name) ? 12 : 2
    return required ? value : fc.option(value, { freq, nil: undefined })
  })
  return fc.tuple(...parameters).map((pairs) => pairs.filter((pair) => pair !== undefined))
}

const ULID = '01JNKM3Q5S7V9X1Z3B5D7F9H1K'

/** A stream takes one family of cursors, and ends only when it is told where: most of these do. */
function cursorsOf({ path }: Operation): fc.Arbitrary<[string, string][]> {
  const id = path.startsWith('/v1/') ? '1' : ULID
  const families: [string, string][][] = [
    [],
    [['since', '2026-11-01']],
    [
      ['since', '2026-11-01T00:00:00+00:00'],
      ['until', '2026-11-25'],
    ],
    [['since_id', id]],
    [
      ['since_id', id],
      ['until_id', path.startsWith('/v1/') ? '20' : ULID],
    ],
    [['since_ulid', ULID]],
  ]
  return fc
    .tuple(fc.constantFrom(...families), fc.nat(9))
    .map(([family, choice]) => (choice === 0 ? [...family, ['id', '@live(account,0)']] : family))
}

const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(String).join(',')
  if (typeof value === 'boolean') return value ? 'True' : 'false'
  return typeof value === 'object' ? '' : String(value)
}

function headersOf(operation: Operation): fc.Arbitrary<Record<string, string | undefined>> {
  if (operation.method === 'GET' || operation.method === 'DELETE') return fc.constant({})
  const key = fc.option(fc.uuid(), { freq: 2, nil: undefined })
  return key.map((idempotencyKey) => ({
    // The simulation's door wants it even without a body, so that no foreign page comes through.
    ...(operation.body === undefined && !operation.path.startsWith('/_sim')
      ? {}
      : { 'content-type': 'application/json' }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  }))
}

function bodyOf(
  operation: Operation,
  values: ValidValues,
  example: fc.Arbitrary<unknown> | undefined,
): fc.Arbitrary<unknown> {
  if (operation.body === undefined) return fc.constant(undefined)
  const described = values.of(operation.body, '')
  return example === undefined ? described : fc.oneof({ weight: 2, arbitrary: example }, described)
}

/** The same request about other things: choices of live ids are made anew. */
export const aboutOthers = (draft: Draft, by: number): Draft => ({
  ...draft,
  segments: draft.segments.map((segment) =>
    segment.replace(/@live\(([a-z_]+),(\d+)\)/, (_, kind, choice) => `@live(${kind},${Number(choice) + by})`),
  ),
})

/** The bytes of a request. Path and query are escaped as far as HTTP needs it, not as a client would. */
export function toBytes(
  draft: Draft,
  { host, credentials, live }: { host: string; credentials: Readonly<Record<string, string>>; live: LiveIds },
): string {
  const query = draft.query.map(([name, value]) => `${escapeTarget(name)}=${escapeTarget(value)}`).join('&')
  const target = live.resolve(
    `/${draft.segments.map(escapeTarget).join('/')}${query === '' ? '' : `?${query}`}`,
  )
  const text = draft.rawBody ?? (draft.body === undefined ? undefined : JSON.stringify(draft.body))
  const body = text === undefined ? undefined : live.resolve(text)
  const headers: Record<string, string | undefined> = { host, ...credentials, ...draft.headers }
  if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body))
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  )
  return `${draft.method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body ?? ''}`
}

/** Keeps `@live(…)`, slashes and what is already escaped; everything else that would end the line is escaped. */
const escapeTarget = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^!$&'()*,\-./0-9:;=@A-Z_a-z~%]/gu, (character) => encodeURIComponent(character))
    .replace(/%(?![0-9a-f]{2})/gi, '%25')
