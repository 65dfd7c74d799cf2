import { expect, expectTypeOf, test } from 'vitest'
import type { CreateOrder } from '../src/index.ts'
import { brokerAnswering, json } from './fake-broker.ts'

test('watchlists, replacements and closings go where the vendor has them', async () => {
  const seen: string[] = []
  await using broker = await brokerAnswering((request, response, body) => {
    seen.push(`${request.method} ${request.url} ${body}`.trim())
    json(response, 200, {})
  })
  const { watchlists, orders, positions, corporateActions } = broker.client
  await watchlists.create('a', { name: 'n', symbols: ['KO'] })
  await watchlists.replace('a', 'w', { name: 'm' })
  await watchlists.add('a', 'w', 'BTC/USD')
  await watchlists.remove('a', 'w', 'BTC/USD')
  await watchlists.delete('a', 'w')
  await orders.replace('a', 'o', { qty: '2' })
  await orders.cancelAll('a')
  await positions.close('a', 'BTC/USD', { percentage: '50' })
  await corporateActions.announcements({
    ca_types: ['dividend', 'split'],
    since: '2026-11-01',
    until: '2026-11-30',
  })
  const base = '/v1/trading/accounts/a'
  expect(seen).toEqual([
    `POST ${base}/watchlists {"name":"n","symbols":["KO"]}`,
    `PUT ${base}/watchlists/w {"name":"m"}`,
    `POST ${base}/watchlists/w {"symbol":"BTC/USD"}`,
    `DELETE ${base}/watchlists/w/BTC%2FUSD`,
    `DELETE ${base}/watchlists/w`,
    `PATCH ${base}/orders/o {"qty":"2"}`,
    `DELETE ${base}/orders`,
    `DELETE ${base}/positions/BTC%2FUSD?percentage=50`,
    'GET /v1/corporate_actions/announcements?ca_types=dividend%2Csplit&since=2026-11-01&until=2026-11-30',
  ])
})

test('reports and actions are read page by page until there is no more', async () => {
  const seen: string[] = []
  await using broker = await brokerAnswering((request, response) => {
    seen.push(String(request.url))
    json(response, 200, { next_page_token: seen.length % 2 === 1 ? 't' : null })
  })
  for await (const _page of broker.client.reporting.positions({ limit: 5 }));
  for await (const _page of broker.client.corporateActions.pages({ types: ['cash_dividend'] }));
  expect(seen).toEqual([
    '/v1/reporting/eod/positions?limit=5',
    '/v1/reporting/eod/positions?limit=5&page_token=t',
    '/v1/corporate-actions?types=cash_dividend',
    '/v1/corporate-actions?types=cash_dividend&page_token=t',
  ])
})

const ko = { symbol: 'KO', side: 'buy', qty: '2', time_in_force: 'gtc' } as const
const take_profit = { limit_price: '66' }
const stop_loss = { stop_price: '57.5', limit_price: '57' }

test.for<CreateOrder>([
  { ...ko, type: 'market' },
  { ...ko, type: 'market', qty: undefined, notional: '25', time_in_force: 'day' },
  { ...ko, type: 'limit', limit_price: '60', extended_hours: true },
  { ...ko, type: 'stop', stop_price: '70' },
  { ...ko, type: 'stop_limit', stop_price: '70', limit_price: '71' },
  { ...ko, type: 'trailing_stop', trail_percent: '5' },
  { ...ko, type: 'limit', limit_price: '60', order_class: 'bracket', take_profit, stop_loss },
  { ...ko, type: 'market', order_class: 'oto', stop_loss },
  { ...ko, side: 'sell', type: 'limit', order_class: 'oco', take_profit, stop_loss },
])('an order goes out as it was written: %j', async (order) => {
  const seen: string[] = []
  await using broker = await brokerAnswering((request, response, body) => {
    seen.push(`${request.method} ${request.url} ${body}`)
    json(response, 200, {})
  })
  await broker.client.orders.create('a', order)
  expect(seen).toEqual([`POST /v1/trading/accounts/a/orders ${JSON.stringify(order)}`])
})

test('what a type or class of order needs is known before it is sent', () => {
  type Ko = typeof ko
  type Profit = { take_profit: typeof take_profit }
  type Loss = { stop_loss: typeof stop_loss }
  expectTypeOf<Ko & { type: 'limit'; limit_price: string }>().toExtend<CreateOrder>()
  expectTypeOf<Ko & { type: 'limit' }>().not.toExtend<CreateOrder>()
  expectTypeOf<Ko & { type: 'stop_limit'; stop_price: string }>().not.toExtend<CreateOrder>()
  expectTypeOf<Ko & { type: 'trailing_stop' }>().not.toExtend<CreateOrder>()
  expectTypeOf<Ko & { type: 'market'; notional: string }>().not.toExtend<CreateOrder>()
  expectTypeOf<Ko & { type: 'market'; order_class: 'bracket' } & Profit>().not.toExtend<CreateOrder>()
  expectTypeOf<Ko & { type: 'market'; order_class: 'oto' } & Profit & Loss>().not.toExtend<CreateOrder>()
  expectTypeOf<Ko & { type: 'limit'; order_class: 'oco' } & Profit & Loss>().not.toExtend<CreateOrder>()
})

test('orders are listed and looked at with their exits', async () => {
  const seen: string[] = []
  await using broker = await brokerAnswering((request, response) => {
    seen.push(String(request.url))
    json(response, 200, [])
  })
  const { orders } = broker.client
  await orders.list('a', { status: 'all', nested: true, symbols: ['KO', 'PEP'], qty_above: '1', subtag: 's' })
  await orders.get('a', 'o', { nested: true })
  await orders.get('a', 'o')
  const base = '/v1/trading/accounts/a/orders'
  expect(seen).toEqual([
    `${base}?status=all&nested=true&symbols=KO%2CPEP&qty_above=1&subtag=s`,
    `${base}/o?nested=true`,
    `${base}/o`,
  ])
})
