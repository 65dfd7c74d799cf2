import { request } from 'node:http'
import { connect } from 'node:net'
import Fastify, { LogController } from 'fastify'
import { expect, test } from 'vitest'
import { logOfRequest } from '../src/http/request-log.ts'
import { createHttpServer, listen, serveReadiness } from '../src/index.ts'

async function echoServer() {
  const app = await createHttpServer({
    name: 'test',
    logLevel: 'silent',
    bodyLimitBytes: 1024,
    presentClientError: ({ message }) => ({ oops: message }),
  })
  app.post('/echo', async (incoming) => ({ body: incoming.body ?? null }))
  app.get('/framed', async (_request, reply) => reply.header('x-frame-options', 'DENY').send('never'))
  serveReadiness(app, { here: async () => undefined, gone: () => Promise.reject(new Error('gone')) })
  const url = await listen(app, { host: '127.0.0.1', port: 0 })
  return { app, url, [Symbol.asyncDispose]: () => app.close() }
}

/** A POST whose content type is sent exactly as given: fetch would tidy it. */
function post(url: string, contentType: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers: { 'content-type': contentType } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

test('every answer names its request, health says the process lives, ready names the missing part', async () => {
  await using server = await echoServer()
  const health = await fetch(`${server.url}/health`)
  expect(await health.json()).toEqual({ status: 'ok' })
  expect(health.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  const ready = await fetch(`${server.url}/ready`)
  expect(ready.status).toBe(503)
  expect(await ready.json()).toEqual({ status: 'not_ready', parts: { here: 'ok', gone: 'failed' } })
})

test.for([
  ['application/json', 200],
  ['application/json; charset=utf-8', 200],
  ['application/json\t; charset=utf-8', 415],
  ['application/json ;a', 415],
  ['application/jsonx', 415],
  ['text/plain', 415],
  ['application/x-www-form-urlencoded', 415],
  ['multipart/form-data', 415],
] as const)('a body of type %s answers %d', async ([contentType, status]) => {
  await using server = await echoServer()
  expect(await post(`${server.url}/echo`, contentType, '{"a":1}')).toBe(status)
})

test('every answer tells browsers to be careful, refusals too, and a route may say it in its own way', async () => {
  await using server = await echoServer()
  const asked = [fetch(`${server.url}/health`), fetch(`${server.url}/nowhere`), fetch(`${server.url}/framed`)]
  const told = (await Promise.all(asked)).map(({ headers }) => [
    headers.get('x-content-type-options'),
    headers.get('strict-transport-security'),
    headers.get('x-frame-options'),
  ])
  const lasting = 'max-age=31536000; includeSubDomains'
  expect(told).toEqual([
    ['nosniff', lasting, 'SAMEORIGIN'],
    ['nosniff', lasting, 'SAMEORIGIN'],
    ['nosniff', lasting, 'DENY'],
  ])
})

test('the log of a request names it in each line, and is not made when there is nothing to say', async () => {
  const lines: string[] = []
  const log = { stream: { write: (line: string) => void lines.push(line) } }
  const logController = new LogController({ disableRequestLogging: true })
  await using app = Fastify({ logger: log, childLoggerFactory: logOfRequest, logController })
  const makeChild = app.log.child
  let made = 0
  app.log.child = (...parameters) => {
    made += 1
    return Reflect.apply(makeChild, app.log, parameters)
  }
  app.get('/:word', async ({ log, id, params }) => {
    const { word } = params as { word: string }
    if (word !== 'quiet') log.error({ word }, 'said')
    return { id }
  })
  await app.inject('/quiet')
  expect(made).toBe(0)
  const { id } = (await app.inject('/loud')).json()
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { reqId: id, word: 'loud', msg: 'said', level: 50 },
  ])
})

test('without a body the content type does not matter', async () => {
  await using server = await echoServer()
  expect(await post(`${server.url}/echo`, 'application/json', '')).toBe(200)
  expect(await post(`${server.url}/echo`, 'text/plain', '')).toBe(200)
})

test('text that the database cannot keep is refused at the door', async () => {
  await using server = await echoServer()
  for (const text of ['"a\\u0000b"', '"\\ud800"', '{"\\u0000":1}']) {
    expect(await post(`${server.url}/echo`, 'application/json', text)).toBe(400)
  }
  expect(await post(`${server.url}/echo`, 'application/json', '"\\ud83d\\ude00"')).toBe(200)
})

test('a poisoned, deep, or too large body is refused and the server lives', async () => {
  await using server = await echoServer()
  const bodies = ['{"__proto__":{"x":1}}', '{', `${'['.repeat(600)}`, `"${'x'.repeat(2000)}"`]
  for (const body of bodies) {
    const status = await post(`${server.url}/echo`, 'application/json', body)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  }
  expect((await fetch(`${server.url}/health`)).status).toBe(200)
})

/** Sends bytes as they are and answers everything that comes back. */
function sendBytes(url: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes))
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      text += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
  })
}

test.for([
  ['garbage', 'hello\r\n\r\n', 400],
  ['two lengths', 'POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx', 400],
  [
    'a length and chunks',
    'POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
  ['a space before the colon', 'GET /health HTTP/1.1\r\nhost: a\r\nx-a : b\r\n\r\n', 400],
  ['a huge header', `GET /health HTTP/1.1\r\nhost: a\r\nx-a: ${'b'.repeat(20_000)}\r\n\r\n`, 431],
] as const)(
  '%s is answered in the shape of the server, and the connection ends',
  async ([, bytes, status]) => {
    await using server = await echoServer()
    const answer = await sendBytes(server.url, bytes)
    expect(answer.split('\r\n')[0]).toContain(` ${status} `)
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toEqual({ oops: expect.any(String) })
  },
)

test('a busy port is told by name and number', async () => {
  await using server = await echoServer()
  const other = await createHttpServer({ name: 'other', logLevel: 'silent', presentClientError: () => ({}) })
  const port = Number(new URL(server.url).port)
  await expect(listen(other, { host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'port_busy',
    details: { port },
  })
})
