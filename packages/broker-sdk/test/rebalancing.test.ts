import { expect, test } from 'vitest'
import { brokerAnswering, json } from './fake-broker.ts'

test('a list of runs goes through all pages, with the same filter', async () => {
  const seen: (string | undefined)[] = []
  const pages = [
    { runs: [{ id: 'r-3' }, { id: 'r-2' }], next_page_token: 'after-2' },
    { runs: [{ id: 'r-1' }], next_page_token: null },
  ]
  await using broker = await brokerAnswering((request, response) => {
    seen.push(request.url)
    json(response, 200, pages[seen.length - 1])
  })
  const ids: string[] = []
  for await (const run of broker.client.rebalancing.runs.list({ account_id: 'a-1', limit: 2 }))
    ids.push(run.id)
  expect(ids).toEqual(['r-3', 'r-2', 'r-1'])
  expect(seen).toEqual([
    '/v1/rebalancing/runs?account_id=a-1&limit=2',
    '/v1/rebalancing/runs?account_id=a-1&limit=2&page_token=after-2',
  ])
})

test('who stops reading a list asks for no further page', async () => {
  let asked = 0
  await using broker = await brokerAnswering((_request, response) => {
    asked += 1
    json(response, 200, { subscriptions: [{ id: `s-${asked}` }], next_page_token: 'more' })
  })
  for await (const subscription of broker.client.rebalancing.subscriptions.list()) {
    if (subscription.id === 's-2') break
  }
  expect(asked).toBe(2)
})

test('rebalancing and OAuth calls go where the vendor has them', async () => {
  const seen: string[] = []
  await using broker = await brokerAnswering((request, response, body) => {
    seen.push(`${request.method} ${request.url} ${body}`)
    if (request.method === 'DELETE') response.writeHead(204).end()
    else json(response, 200, {})
  })
  const { rebalancing, oauth } = broker.client
  await rebalancing.portfolios.update('p/1', { name: 'x' })
  await rebalancing.portfolios.archive('p')
  await rebalancing.subscriptions.create({ account_id: 'a', portfolio_id: 'p' })
  await rebalancing.subscriptions.remove('s')
  await rebalancing.runs.cancel('r')
  await oauth.client('c', { response_type: 'code' })
  await oauth.revoke('t')
  expect(seen).toEqual([
    'PATCH /v1/rebalancing/portfolios/p%2F1 {"name":"x"}',
    'DELETE /v1/rebalancing/portfolios/p ',
    'POST /v1/rebalancing/subscriptions {"account_id":"a","portfolio_id":"p"}',
    'DELETE /v1/rebalancing/subscriptions/s ',
    'DELETE /v1/rebalancing/runs/r ',
    'GET /v1/oauth/clients/c?response_type=code ',
    'DELETE /v1/oauth/token/t ',
  ])
})
