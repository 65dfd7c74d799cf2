import {
  PortfolioBody,
  RunBody,
  RunsPage,
  SubscriptionBody,
  SubscriptionsPage,
  WatchlistBody,
} from '@paddock/broker-wire'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { activeAccount, fundedAccount, NOBODY } from '../support/cast.ts'
import { CheckedApi } from '../support/checked-api.ts'
import { openTarget, type Target } from '../support/target.ts'

let target: Target
let api: CheckedApi

beforeAll(async () => {
  target = await openTarget()
  api = new CheckedApi(target)
})
afterAll(async () => target?.[Symbol.asyncDispose]())

test('a watchlist from its first symbol to its end', async () => {
  const base = '/v1/trading/accounts/{account_id}/watchlists'
  const path = { account_id: await activeAccount(target, api) }
  const body = { name: 'Ideas', symbols: ['SPY', 'BTC/USD'] }
  const { id } = await api.accept(`POST ${base}`, 200, WatchlistBody, { path, body })
  const one = { ...path, watchlist_id: id }
  await api.refuse(`POST ${base}`, 422, 40010001, { path, body })
  await api.refuse(`POST ${base}`, 422, 40010001, { path, body: { name: 'x'.repeat(65), symbols: [] } })
  await api.refuse(`POST ${base}`, 404, 40410000, { path, body: { name: 'b', symbols: ['NOPE1'] } })
  await api.refuse(`POST ${base}`, 400, 40010000, { path, body: { name: 'b', symbols: 'SPY' } })
  expect(await api.accept(`GET ${base}`, 200, z.array(WatchlistBody), { path })).toHaveLength(1)
  const change = { path: one, body: { name: 'Other', symbols: ['AAPL'] } }
  expect(await api.accept(`PUT ${base}/{watchlist_id}`, 200, WatchlistBody, change)).toMatchObject({
    name: 'Other',
  })
  await api.accept(`POST ${base}/{watchlist_id}`, 200, WatchlistBody, {
    path: one,
    body: { symbol: 'BTCUSD' },
  })
  const { assets } = await api.accept(`GET ${base}/{watchlist_id}`, 200, WatchlistBody, { path: one })
  expect(assets?.map(({ symbol }) => symbol)).toEqual(['AAPL', 'BTC/USD'])
  await api.accept(`DELETE ${base}/{watchlist_id}/{symbol}`, 200, WatchlistBody, {
    path: { ...one, symbol: 'BTC/USD' },
  })
  await api.refuse(`DELETE ${base}/{watchlist_id}/{symbol}`, 404, 40410000, {
    path: { ...one, symbol: 'MSFT' },
  })
  await api.accept(`DELETE ${base}/{watchlist_id}`, 204, undefined, { path: one })
  await api.refuse(`GET ${base}/{watchlist_id}`, 404, 40410000, { path: one })
})

const weights = [
  { type: 'cash', percent: '5' },
  { type: 'asset', symbol: 'SPY', percent: 95 },
]

test('a portfolio, who follows it, and a run', async () => {
  const base = '/v1/rebalancing'
  const { account_id } = await fundedAccount(target, api, '1000')
  const portfolio = { name: `Mix ${account_id}`, description: 'a mix', weights, cooldown_days: 7 }
  const { id } = await api.accept(`POST ${base}/portfolios`, 200, PortfolioBody, { body: portfolio })
  const one = { id }
  const rows = z.array(PortfolioBody)
  expect(await api.accept(`GET ${base}/portfolios`, 200, rows, { query: `portfolio_id=${id}` })).toHaveLength(
    1,
  )
  await api.accept(`PATCH ${base}/portfolios/{id}`, 200, PortfolioBody, {
    path: one,
    body: { description: 'b' },
  })

  const run = { account_id, type: 'full_rebalance', weights }
  const started = await api.accept(`POST ${base}/runs`, 200, RunBody, { body: run })
  expect((await api.call(`POST ${base}/runs`, { body: run })).status).toBe(422)
  await api.accept(`GET ${base}/runs/{id}`, 200, RunBody, { path: { id: started.id } })
  await api.accept(`DELETE ${base}/runs/{id}`, 204, undefined, { path: { id: started.id } })
  await api.accept(`GET ${base}/runs`, 200, RunsPage, { query: `account_id=${account_id}&limit=1` })

  const follow = { account_id, portfolio_id: id }
  const subscription = await api.accept(`POST ${base}/subscriptions`, 200, SubscriptionBody, { body: follow })
  expect((await api.call(`POST ${base}/subscriptions`, { body: follow })).status).toBe(422)
  expect((await api.call(`DELETE ${base}/portfolios/{id}`, { path: one })).status).toBe(422)
  await api.accept(`GET ${base}/subscriptions`, 200, SubscriptionsPage, { query: `account_id=${account_id}` })
  const followed = { path: { id: subscription.id } }
  await api.accept(`GET ${base}/subscriptions/{id}`, 200, SubscriptionBody, followed)
  await api.accept(`DELETE ${base}/subscriptions/{id}`, 204, undefined, followed)
  await api.accept(`DELETE ${base}/portfolios/{id}`, 204, undefined, { path: one })
})

test.for([
  {
    what: 'weights that do not make a hundred',
    change: { weights: [{ type: 'asset', symbol: 'SPY', percent: '99' }] },
  },
  { what: 'an asset without a symbol', change: { weights: [{ type: 'asset', percent: '100' }] } },
  { what: 'an unknown symbol', change: { weights: [{ type: 'asset', symbol: 'NOPE1', percent: '100' }] } },
  {
    what: 'a weight below nothing',
    change: {
      weights: [
        { type: 'cash', percent: '-5' },
        { type: 'asset', symbol: 'SPY', percent: '105' },
      ],
    },
  },
  { what: 'no name', change: { name: undefined } },
])('a portfolio with $what is refused', async ({ change }) => {
  const body = { name: 'Wrong', description: 'b', weights, cooldown_days: 7, ...change }
  const { status } = await api.call('POST /v1/rebalancing/portfolios', { body })
  expect([status]).toEqual([expect.toBeOneOf([400, 422])])
})

test('unknown portfolios, subscriptions and runs are not found', async () => {
  for (const kind of ['portfolios', 'subscriptions', 'runs']) {
    await api.refuse(`GET /v1/rebalancing/${kind}/{id}`, 404, 40410000, { path: { id: NOBODY } })
    await api.refuse(`DELETE /v1/rebalancing/${kind}/{id}`, 404, 40410000, { path: { id: NOBODY } })
  }
})
