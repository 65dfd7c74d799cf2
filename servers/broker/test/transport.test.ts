import net from 'node:net'
import { expect, test } from 'vitest'
import { BASIC, brokerWorld, KEYS } from './broker-world.ts'

const withHeaders = (headers: Record<string, string>) => ({ headers: { authorization: '', ...headers } })

test('callers show their keys as Basic or as the pair of headers, and nobody else comes in', async () => {
  await using world = await brokerWorld()
  const status = async (headers: Record<string, string>, path = '/v1/clock') =>
    (await world.call('GET', path, undefined, withHeaders(headers))).status
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })

  expect(await status({ authorization: BASIC })).toBe(200)
  expect(await status({ authorization: BASIC.replace('Basic', 'basic') })).toBe(200)
  expect(await status({ 'apca-api-key-id': KEYS.key, 'apca-api-secret-key': KEYS.secret })).toBe(200)
  const refused = [
    {},
    basic('test-key:wrong'),
    basic(`wrong:${KEYS.secret}`),
    basic('test-key'),
    basic(''),
    { authorization: 'Bearer test-secret' },
    { authorization: `Basic ${'A'.repeat(9_000)}` },
    { 'apca-api-key-id': KEYS.key },
    { 'apca-api-key-id': KEYS.key, 'apca-api-secret-key': 'wrong' },
  ]
  for (const headers of refused) expect([headers, await status(headers)]).toEqual([headers, 401])
  for (const path of ['/v1/accounts', '/v1/assets', '/_ops/ledger/accounts/x', '/v1/events/trades']) {
    expect([path, await status({}, path)]).toEqual([path, 401])
  }
  for (const path of ['/health', '/_sim/clock']) expect([path, await status({}, path)]).toEqual([path, 200])
})

test('every answer carries its request id and the state of the rate limit', async () => {
  await using world = await brokerWorld({ requestsPerMinute: 600 })
  for (const path of ['/v1/clock', '/v1/accounts/x', '/nowhere', '/health']) {
    const { headers } = await world.call('GET', path)
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.get('x-ratelimit-limit')).toBe('600')
    expect(Number(headers.get('x-ratelimit-remaining'))).toBeLessThan(600)
    expect(headers.get('x-ratelimit-reset')).toMatch(/^\d{10}$/)
  }
})

test('answers of every kind say what is left of the limit', async () => {
  await using world = await brokerWorld({ requestsPerMinute: 600 })
  const alice = await world.activeAccount()
  const rows: readonly [status: number, method: string, path: string, body?: string][] = [
    [200, 'GET', '/v1/clock'],
    [200, 'HEAD', '/v1/clock'],
    [200, 'GET', '/health'],
    [200, 'GET', '/openapi.json'],
    [204, 'OPTIONS', '/v1/accounts'],
    [207, 'DELETE', `/v1/trading/accounts/${alice}/orders`],
    [400, 'GET', '/v1/accounts/x'],
    [400, 'GET', '/v1/assets/%E0%A4%A'],
    [400, 'GET', '/v1/accounts?query=%00'],
    [400, 'POST', '/v1/accounts', '{'],
    [401, 'GET', '/v1/accounts/0b0e4f4e-0000-4000-8000-000000000000'],
    [404, 'GET', '/nowhere'],
    [404, 'TRACE', '/v1/clock'],
    [404, 'PUT', '/v1/clock'],
    [404, 'HEAD', '/v1/events/trades'],
    [414, 'GET', `/v1/accounts/${'0'.repeat(250)}`],
    [422, 'POST', '/v1/accounts', '{}'],
    [501, 'GET', '/v1/options/contracts'],
    [503, 'GET', '/ready'],
  ]
  for (const [status, method, path, body] of rows) {
    // TRACE is nothing that fetch would send.
    const answer =
      method === 'TRACE' ? await trace(world.broker.url, path) : await world.send(method, path, body)
    const { headers } = answer
    expect([method, path, answer.status]).toEqual([method, path, status])
    expect([path, headers.get('x-request-id')]).toEqual([path, expect.stringMatching(/^[0-9a-f-]{36}$/)])
    expect([path, headers.get('x-ratelimit-limit')]).toEqual([path, '600'])
    expect([path, headers.get('x-ratelimit-remaining')]).toEqual([path, expect.stringMatching(/^\d{1,3}$/)])
    expect([path, headers.get('x-ratelimit-reset')]).toEqual([path, expect.stringMatching(/^\d{10}$/)])
  }
  const stop = new AbortController()
  const headers = { authorization: BASIC }
  const stream = await fetch(`${world.broker.url}/v1/events/trades`, { headers, signal: stop.signal })
  expect(stream.headers.get('x-ratelimit-limit')).toBe('600')
  expect(stream.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  stop.abort()
})

test('headers that a caller makes up neither widen its limit nor are remembered', async () => {
  await using world = await brokerWorld({ requestsPerMinute: 600 })
  const left: number[] = []
  for (let count = 0; count < 30; count += 1) {
    const made = { authorization: `Bearer ${count}${'x'.repeat(500)}`, 'x-forwarded-for': `10.0.0.${count}` }
    const answer = await world.call('GET', '/v1/clock', undefined, { headers: made })
    expect(answer.status).toBe(401)
    left.push(Number(answer.headers.get('x-ratelimit-remaining')))
  }
  expect(left[0]).toBeGreaterThan((left.at(-1) ?? 0) + 20)
})

test('the limit may be of each account apart', async () => {
  await using world = await brokerWorld({ requestsPerMinute: 40, limitPerAccount: true })
  const [a, b] = ['0b0e4f4e-0000-4000-8000-00000000000a', '0b0e4f4e-0000-4000-8000-00000000000b']
  const status = async (id: string) => (await world.call('GET', `/v1/accounts/${id}`)).status
  const answers = await Promise.all(Array.from({ length: 60 }, () => status(a as string)))
  expect(answers.filter((one) => one === 429).length).toBeGreaterThan(10)
  expect(await status(b as string)).toBe(401)
  expect((await world.call('GET', '/v1/clock')).status).toBe(200)
})

test('too many requests of one key are refused, those of others are not', async () => {
  await using world = await brokerWorld({ requestsPerMinute: 20 })
  const answers = await Promise.all(Array.from({ length: 40 }, () => world.call('GET', '/v1/clock')))
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThan(10)
  expect(refused[0]).toMatchObject({ body: { code: 42910000, message: 'rate limit exceeded' } })
  expect(refused[0]?.headers.get('x-ratelimit-remaining')).toBe('0')
  // The same key in another form is the same caller; an address that shows no key is another.
  const pair = withHeaders({ 'apca-api-key-id': KEYS.key, 'apca-api-secret-key': KEYS.secret })
  expect((await world.call('GET', '/v1/clock', undefined, pair)).status).toBe(429)
  expect((await world.call('GET', '/v1/clock', undefined, withHeaders({}))).status).toBe(401)
  expect((await world.call('GET', '/health')).status).toBe(200)
})

/** Sends bytes as they are and answers everything that comes back until the server closes, or is silent. */
function sendRaw(base: string, text: string): Promise<string> {
  const { hostname, port } = new URL(base)
  return new Promise((resolve) => {
    const socket = net.connect(Number(port), hostname)
    let answer = ''
    socket.setTimeout(1_000, () => socket.destroy())
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
    socket.write(text, 'latin1')
  })
}

async function trace(base: string, path: string) {
  const text = await sendRaw(base, `TRACE ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
  const [head = ''] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = new Headers(lines.map((line) => line.split(/: (.*)/).slice(0, 2) as [string, string]))
  return { status: Number(first.split(' ')[1]), headers }
}

const GOOD = `Host: x\r\nAuthorization: ${BASIC}\r\n`
const JSON_TYPE = 'Content-Type: application/json\r\n'
const SECOND = `GET /v1/accounts HTTP/1.1\r\n${GOOD}\r\n`

/** Requests of which two readers could think differently. */
const ambiguous: readonly [what: string, request: string][] = [
  [
    'length and chunks',
    `POST /v1/accounts HTTP/1.1\r\n${GOOD}${JSON_TYPE}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  [
    'two transfer encodings',
    `POST /v1/accounts HTTP/1.1\r\n${GOOD}${JSON_TYPE}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`,
  ],
  [
    'a space before the colon',
    `POST /v1/accounts HTTP/1.1\r\n${GOOD}${JSON_TYPE}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
  ],
  [
    'two lengths',
    `POST /v1/accounts HTTP/1.1\r\n${GOOD}${JSON_TYPE}Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}`,
  ],
  ['lines that end in LF', `GET /v1/clock HTTP/1.1\nHost: x\nAuthorization: ${BASIC}\n\n`],
  ['a folded header', `GET /v1/clock HTTP/1.1\r\n${GOOD}X-A: b\r\n c\r\n\r\n`],
  ['NUL in a header', `GET /v1/clock HTTP/1.1\r\n${GOOD}X-A: a\0b\r\n\r\n`],
  ['two hosts', `GET /v1/clock HTTP/1.1\r\n${GOOD}Host: y\r\nConnection: close\r\n\r\n`],
  ['two keys', `GET /v1/clock HTTP/1.1\r\n${GOOD}Authorization: Basic eDp5\r\nConnection: close\r\n\r\n`],
  [
    'two content types',
    `POST /v1/accounts HTTP/1.1\r\n${GOOD}${JSON_TYPE}Content-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
  ],
]

test('a request that can be read in two ways is refused, and nothing behind it is read', async () => {
  await using world = await brokerWorld()
  for (const [what, request] of ambiguous) {
    const answer = await sendRaw(world.broker.url, `${request}${SECOND}`)
    expect([what, answer.match(/HTTP\/1\.1 \d+/g)]).toEqual([what, ['HTTP/1.1 400']])
    expect(answer).toContain('"code":4001000')
  }
})

test('a method that is said in a header is not the method', async () => {
  await using world = await brokerWorld()
  const alice = await world.activeAccount()
  const pretend = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' }
  const answer = await world.call('GET', `/v1/accounts/${alice}`, undefined, { headers: pretend })
  expect(answer).toMatchObject({ status: 200, body: { id: alice } })
})

test('the server tells whether it lives and what it needs', async () => {
  await using world = await brokerWorld()
  expect(await world.call('GET', '/health')).toMatchObject({ status: 200, body: { status: 'ok' } })
  // No bank listens beside this broker.
  expect(await world.call('GET', '/ready')).toMatchObject({
    status: 503,
    body: { status: 'not_ready', parts: { database: 'ok', migrations: 'ok', bank: 'failed' } },
  })
})

test('a wrong method or an unknown path answers JSON', async () => {
  await using world = await brokerWorld()
  for (const [method, path] of [
    ['PUT', '/v1/accounts'],
    ['DELETE', '/v1/clock'],
    ['GET', '/v3/accounts'],
    ['POST', '/v1/events/trades'],
  ] as const) {
    expect(await world.call(method, path, method === 'POST' ? {} : undefined)).toMatchObject({
      status: 404,
      body: { code: 40410000, message: expect.any(String) },
    })
  }
})

test('a word that a list in a query does not know is refused under the name of the list', async () => {
  await using world = await brokerWorld()
  for (const query of ['status=NOPE', 'status=ACTIVE,NOPE', 'status=ACTIVE&status=NOPE']) {
    const { status, body } = await world.call('GET', `/v1/accounts?${query}`)
    expect([query, status, body.code]).toEqual([query, 422, 40010001])
    expect(body.message).toMatch(/^status(?:\.\d)?: Invalid option/)
  }
})
