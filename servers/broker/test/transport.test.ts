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
