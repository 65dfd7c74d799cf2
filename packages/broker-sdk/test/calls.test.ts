import { expect, test } from 'vitest'
import { BrokerError } from '../src/index.ts'
import { brokerAnswering, json } from './fake-broker.ts'

const order = { symbol: 'SPY', qty: '1', side: 'buy', type: 'market', time_in_force: 'day' } as const

test('a call carries the keys and the body, and answers what the broker said', async () => {
  const seen: unknown[] = []
  await using broker = await brokerAnswering((request, response, body) => {
    seen.push(
      request.method,
      request.url,
      request.headers.authorization,
      request.headers['content-type'],
      body,
    )
    json(response, 200, { id: 'o-1', status: 'a_new_word', new_field: 1 })
  })
  const placed = await broker.client.orders.create('acc/1', order)
  expect(placed).toMatchObject({ id: 'o-1', status: 'a_new_word', new_field: 1 })
  expect(seen).toEqual([
    'POST',
    '/v1/trading/accounts/acc%2F1/orders',
    `Basic ${Buffer.from('key:sécret').toString('base64')}`,
    'application/json',
    JSON.stringify(order),
  ])
})

test('lists go over the wire with commas, and what is not given is left out', async () => {
  await using broker = await brokerAnswering((request, response) => json(response, 200, [request.url]))
  expect(await broker.client.achRelationships.list('a', { statuses: ['QUEUED', 'APPROVED'] })).toEqual([
    '/v1/accounts/a/ach_relationships?statuses=QUEUED%2CAPPROVED',
  ])
  expect(await broker.client.transfers.list('a')).toEqual(['/v1/accounts/a/transfers'])
})

test.for([
  { status: 400, isRefusal: true },
  { status: 401, isRefusal: false },
  { status: 403, isRefusal: true },
  { status: 404, isRefusal: true },
  { status: 408, isRefusal: false },
  { status: 409, isRefusal: true },
  { status: 422, isRefusal: true },
  { status: 429, isRefusal: false },
  { status: 500, isRefusal: false },
  { status: 504, isRefusal: false },
])('status $status is a refusal: $isRefusal', async ({ status, isRefusal }) => {
  await using broker = await brokerAnswering((_request, response) =>
    json(response, status, { code: status * 100_000, message: 'no', buying_power: '12.40' }),
  )
  const error: unknown = await broker.client.orders.create('a', order).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(BrokerError)
  expect(error).toMatchObject({
    isRefusal,
    status,
    code: status * 100_000,
    requestId: 'req-1',
    message: 'no',
    body: { buying_power: '12.40' },
  })
})

test('an answer that never comes, is cut off, is not JSON or leads elsewhere is unknown', async () => {
  await using broker = await brokerAnswering(
    (request, response) => {
      if (request.url === '/v1/clock') return
      if (request.url === '/v1/calendar') {
        response.writeHead(200, { 'content-length': '100' }).write('{"half":')
        setTimeout(() => response.destroy(), 20)
      } else if (request.url?.startsWith('/v1/assets') === true) {
        response.writeHead(302, { location: '/v1/clock' }).end()
      } else {
        response.end('<html>')
      }
    },
    { timeoutMs: 200 },
  )
  const { client } = broker
  for (const call of [client.clock.get, client.calendar.list, client.assets.list, client.accounts.list]) {
    await expect(call()).rejects.toMatchObject({ name: 'BrokerError', isRefusal: false })
  }
})

test('an empty answer is fine', async () => {
  await using broker = await brokerAnswering((_request, response) => response.writeHead(204).end())
  expect(await broker.client.transfers.cancel('a', 't')).toBeUndefined()
})
