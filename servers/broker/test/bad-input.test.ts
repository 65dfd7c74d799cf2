import { expect, test } from 'vitest'
import { application, brokerWorld, NUMBERS } from './broker-world.ts'

const UNKNOWN = '0b0e4f4e-0000-4000-8000-000000000000'

/** Every route that takes a body, with a body it would take. */
const writes = (id: string, relationshipId: string): readonly [path: string, body: object][] => [
  ['/v1/accounts', application()],
  [`/v1/accounts/${id}/ach_relationships`, NUMBERS],
  [
    `/v1/accounts/${id}/transfers`,
    { transfer_type: 'ach', direction: 'INCOMING', relationship_id: relationshipId, amount: '1' },
  ],
  [
    `/v1/trading/accounts/${id}/orders`,
    { symbol: 'SPY', qty: '1', side: 'buy', type: 'market', time_in_force: 'day' },
  ],
  ['/_sim/clock/advance', { days: 1 }],
  [`/_sim/transfers/${UNKNOWN}/return`, { code: 'R01' }],
  [`/_sim/accounts/${id}/status`, { status: 'ACTIVE' }],
]

const brokenBodies = [
  '{',
  '{"a":}',
  'null',
  '[]',
  '"text"',
  '5',
  'true',
  '{}',
  '',
  '{"__proto__":{"status":"ACTIVE"}}',
  '{"constructor":{"prototype":{"status":"ACTIVE"}}}',
  '['.repeat(30_000),
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  '{"symbol":"\\u0000","contact":"\\u0000"}',
  '\uFEFF{}',
]

const looksRight = (answer: { status: number; body: unknown }, label: unknown) => {
  expect([label, Math.floor(answer.status / 100)]).toEqual([label, 4])
  expect([label, answer.body]).toEqual([
    label,
    expect.objectContaining({ code: expect.any(Number), message: expect.any(String) }),
  ])
}

test('no body that is broken, empty or of the wrong shape gets past a typed refusal', async () => {
  await using world = await brokerWorld()
  const { id, relationshipId } = await world.linkedAccount()
  for (const [path] of writes(id, relationshipId)) {
    for (const body of brokenBodies)
      looksRight(await world.send('POST', path, body), `${path} ${body.slice(0, 30)}`)
  }
  const rows = await world.db.selectFrom('transfers').select('id').execute()
  expect(rows).toEqual([])
  expect((await world.call('GET', '/v1/accounts')).body).toHaveLength(1)
})

const poison: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  'x'.repeat(5_000),
  '',
  'a\u0000b',
  '\ud800',
  '\u202egnp.exe',
  "'; drop table accounts; --",
  [],
  [[]],
  {},
  { toString: 'x' },
  '../../etc/passwd',
]

/** Every body with one of its leaves replaced. */
function* poisoned(body: unknown, replace: unknown): Generator<unknown> {
  if (typeof body !== 'object' || body === null) {
    yield replace
    return
  }
  for (const key of Object.keys(body)) {
    const part = (body as Record<string, unknown>)[key]
    for (const spoiled of poisoned(part, replace)) {
      yield Array.isArray(body)
        ? body.map((item, index) => (String(index) === key ? spoiled : item))
        : { ...body, [key]: spoiled }
    }
  }
}

test('no single poisoned field makes the server fail', async () => {
  await using world = await brokerWorld()
  const { id, relationshipId } = await world.linkedAccount()
  for (const [path, body] of writes(id, relationshipId)) {
    for (const value of poison) {
      for (const spoiled of poisoned(body, value)) {
        const answer = await world.call('POST', path, spoiled)
        expect([path, value, answer.status >= 500, answer.body?.message]).toEqual([
          path,
          value,
          false,
          answer.body?.message,
        ])
      }
    }
  }
  expect((await world.call('GET', '/ready')).body.parts.database).toBe('ok')
})

test('malformed ids are bad requests on every route, unknown ones tell nothing', async () => {
  await using world = await brokerWorld()
  const routes: readonly [method: string, path: (id: string) => string, unknown: number][] = [
    ['GET', (id) => `/v1/accounts/${id}`, 401],
    ['GET', (id) => `/v1/accounts/${id}/ach_relationships`, 401],
    ['DELETE', (id) => `/v1/accounts/${id}/ach_relationships/${UNKNOWN}`, 401],
    ['GET', (id) => `/v1/accounts/${id}/transfers`, 401],
    ['DELETE', (id) => `/v1/accounts/${id}/transfers/${UNKNOWN}`, 401],
    ['GET', (id) => `/v1/trading/accounts/${id}/account`, 401],
    ['GET', (id) => `/v1/trading/accounts/${id}/orders`, 401],
    ['GET', (id) => `/v1/trading/accounts/${id}/positions`, 401],
    ['GET', (id) => `/_ops/ledger/accounts/${id}`, 401],
    ['POST', (id) => `/_sim/transfers/${id}/settle`, 404],
  ]
  const malformed = ['me', '%00', '%2e%2e', `${UNKNOWN}0`, "'", '%F0%9F%92%A9', '0'.repeat(150)]
  for (const [method, path, unknown] of routes) {
    for (const id of malformed) {
      looksRight(await world.call(method, path(id), method === 'POST' ? {} : undefined), path(id))
    }
    const answer = await world.call(method, path(UNKNOWN), method === 'POST' ? {} : undefined)
    expect([path(UNKNOWN), answer.status]).toEqual([path(UNKNOWN), unknown])
  }
})

const queries: readonly [path: string, status: number][] = [
  ['/v1/accounts?created_after=tomorrow', 422],
  ['/v1/accounts?status=RICH', 422],
  ['/v1/accounts?sort=up', 422],
  ['/v1/accounts?entities=everything', 422],
  ['/v1/accounts?query=%00', 400],
  ['/v1/accounts?query=a&query=b', 422],
  ['/v1/calendar?start=2026-13-01', 422],
  ['/v1/calendar?date_type=lunar', 422],
  ['/v1/nothing', 404],
  ['/', 404],
  ['/v1/accounts/', 400],
  ['/v1//accounts', 404],
  ['/v1/accounts?whatever[__proto__]=1', 200],
  ['/v1/accounts?x=%E0%A4%A', 200],
]

test('queries and paths that make no sense are refused; unknown parameters are ignored', async () => {
  await using world = await brokerWorld()
  for (const [path, status] of queries) {
    const answer = await world.call('GET', path)
    expect([path, answer.status]).toEqual([path, status])
    if (status !== 200) looksRight(answer, path)
  }
})

test('JSON is read from exactly application/json', async () => {
  await using world = await brokerWorld()
  const send = (type: string, body = JSON.stringify(application())) =>
    world.send('POST', '/v1/accounts', body, { headers: { 'content-type': type } })
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonx',
    'multipart/form-data',
  ]) {
    expect([type, (await send(type)).status]).toEqual([type, 415])
  }
  expect((await send('application/json; charset=utf-8')).status).toBe(200)
  expect((await send('APPLICATION/JSON')).status).toBe(200)
})

test('a body that is too large is refused before it is read', async () => {
  await using world = await brokerWorld()
  const answer = await world.send('POST', '/v1/accounts', `{"x":"${'x'.repeat(13 * 1_048_576)}"}`)
  expect(answer).toMatchObject({ status: 413, body: { code: 41310000 } })
})
