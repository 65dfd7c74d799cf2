import { expect, test } from 'vitest'
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
