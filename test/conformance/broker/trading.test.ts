import {
  AllPositionsBody,
  CanceledOrderRow,
  ClosedPositionRow,
  OrderBody,
  PortfolioHistoryBody,
  PositionBody,
} from '@paddock/broker-wire'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { fundedAccount, NOBODY } from '../support/cast.ts'
import { CheckedApi } from '../support/checked-api.ts'
import { openTarget, type Target, untilThere } from '../support/target.ts'

let target: Target
let api: CheckedApi
let path: { account_id: string }

beforeAll(async () => {
  target = await openTarget()
  api = new CheckedApi(target)
  path = { account_id: (await fundedAccount(target, api)).account_id }
})
afterAll(async () => target?.[Symbol.asyncDispose]())

const orders = '/v1/trading/accounts/{account_id}/orders'
const positions = '/v1/trading/accounts/{account_id}/positions'

const market = (change: object = {}) => ({
  symbol: 'SPY',
  notional: '100',
  side: 'buy',
  type: 'market',
  time_in_force: 'day',
  ...change,
})

async function fill(body: object): Promise<OrderBody> {
  const { id } = await api.accept(`POST ${orders}`, 200, OrderBody, { path, body })
  return untilThere(target, 'a fill', async () => {
    const found = await api.accept(`GET ${orders}/{order_id}`, 200, OrderBody, {
      path: { ...path, order_id: id },
    })
    return found.status === 'filled' ? found : undefined
  })
}

test('an order is filled and becomes a position, which is closed in parts and whole', async () => {
  const order = await fill(market({ client_order_id: `conform-${path.account_id}` }))
  expect(order).toMatchObject({ symbol: 'SPY', side: 'buy', notional: '100', qty: null, order_class: '' })
  const query = `client_order_id=conform-${path.account_id}`
  expect(await api.accept(`GET ${orders}:by_client_order_id`, 200, OrderBody, { path, query })).toMatchObject(
    { id: order.id },
  )
  const [position] = await api.accept(`GET ${positions}`, 200, z.array(PositionBody), { path })
  expect(position).toMatchObject({ symbol: 'SPY', side: 'long', qty: order.filled_qty })
  const one = { ...path, symbol_or_asset_id: position?.asset_id ?? '' }
  // The price may move between two looks, the position does not.
  const found = await api.accept(`GET ${positions}/{symbol_or_asset_id}`, 200, PositionBody, { path: one })
  expect(found).toMatchObject({ symbol: 'SPY', qty: position?.qty, cost_basis: position?.cost_basis })
  const everybody = await api.accept('GET /v1/accounts/positions', 200, AllPositionsBody)
  expect(everybody.positions[path.account_id]).toHaveLength(1)
  await api.accept(`DELETE ${positions}/{symbol_or_asset_id}`, 200, OrderBody, {
    path: one,
    query: 'percentage=50',
  })
  await target.pass({ seconds: 5 })
  await api.refuse(`DELETE ${positions}/{symbol_or_asset_id}`, 422, 40010001, {
    path: one,
    query: 'percentage=101',
  })
  const closed = await api.accept(`DELETE ${positions}`, 207, z.array(ClosedPositionRow), {
    path,
    query: 'cancel_orders=True',
  })
  expect(closed).toHaveLength(1)
  await target.pass({ seconds: 5 })
  await api.refuse(`GET ${positions}/{symbol_or_asset_id}`, 404, 40410000, { path: one })
})

test('orders are listed by state, symbol and time', async () => {
  await fill(market({ qty: '1', notional: undefined }))
  const rows = z.array(OrderBody)
  const all = await api.accept(`GET ${orders}`, 200, rows, {
    path,
    query: 'status=all&symbols=SPY&symbols=AAPL&nested=True',
  })
  expect(all.length).toBeGreaterThan(0)
  expect(
    await api.accept(`GET ${orders}`, 200, rows, { path, query: 'status=all&limit=1&direction=asc' }),
  ).toHaveLength(1)
  expect(
    await api.accept(`GET ${orders}`, 200, rows, { path, query: 'status=all&after=2999-01-01' }),
  ).toEqual([])
  expect(await api.accept(`GET ${orders}`, 200, rows, { path })).toEqual([])
  for (const query of ['status=asleep', 'limit=501', 'limit=0', 'direction=up', 'after=yesterday']) {
    await api.refuse(`GET ${orders}`, 422, 40010001, { path, query })
  }
  expect(await api.accept(`DELETE ${orders}`, 207, z.array(CanceledOrderRow), { path })).toEqual([])
  const [{ id } = { id: '' }] = all
  await api.refuse(`DELETE ${orders}/{order_id}`, 422, 42210000, { path: { ...path, order_id: id } })
})

test.for([
  { what: 'neither quantity nor amount', change: { notional: undefined }, status: 422, code: 40010001 },
  { what: 'a quantity of nothing', change: { notional: undefined, qty: '0' }, status: 422, code: 42210000 },
  { what: 'an unknown symbol', change: { symbol: 'NOPE1' }, status: 422, code: 42210000 },
  { what: 'an unknown side', change: { side: 'hold' }, status: 422, code: 40010001 },
  { what: 'an unknown type', change: { type: 'wish' }, status: 422, code: 40010001 },
  { what: 'an unknown time in force', change: { time_in_force: 'never' }, status: 422, code: 40010001 },
  {
    what: 'a fraction that is not for the day',
    change: { time_in_force: 'gtc' },
    status: 422,
    code: 42210000,
  },
  { what: 'more than the buying power', change: { notional: '1000000' }, status: 403, code: 40310000 },
  { what: 'less than a dollar', change: { notional: '0.5' }, status: 403, code: 40310000 },
  { what: 'an amount that is an object', change: { notional: {} }, status: 400, code: 40010000 },
  { what: 'an amount that is empty', change: { notional: '' }, status: 400, code: 40010000 },
  {
    what: 'a client id of 129 characters',
    change: { client_order_id: 'x'.repeat(129) },
    status: 422,
    code: 40010001,
  },
])('an order of $what is refused', async ({ change, status, code }) => {
  await api.refuse(`POST ${orders}`, status, code, { path, body: market(change) })
})

test('a client’s id is used once, and unknown orders are not found', async () => {
  const body = market({ client_order_id: `once-${path.account_id}` })
  await api.accept(`POST ${orders}`, 200, OrderBody, { path, body })
  const said = await api.refuse(`POST ${orders}`, 422, 40010001, { path, body })
  expect(said.message).toBe('client_order_id must be unique')
  await api.refuse(`GET ${orders}/{order_id}`, 404, 40410000, { path: { ...path, order_id: NOBODY } })
  await api.refuse(`DELETE ${orders}/{order_id}`, 404, 40410000, { path: { ...path, order_id: NOBODY } })
  await api.refuse(`GET ${orders}:by_client_order_id`, 404, 40410000, {
    path,
    query: 'client_order_id=nobody',
  })
  await api.refuse(`GET ${orders}`, 401, 40110000, { path: { account_id: NOBODY } })
  await api.refuse(`POST ${orders}`, 401, 40110000, { path: { account_id: NOBODY }, body })
})

/** Buys far from any price: nothing of them executes, and each is canceled before the next. */
const resting = { symbol: 'KO', qty: '1', side: 'buy', time_in_force: 'gtc' }

test.for([
  { type: 'limit', limit_price: '1.25' },
  { type: 'limit', limit_price: '1.25', time_in_force: 'day', extended_hours: true },
  { type: 'stop', stop_price: '400' },
  { type: 'stop_limit', stop_price: '400', limit_price: '401.5' },
  { type: 'trailing_stop', trail_price: '50' },
  { type: 'trailing_stop', trail_percent: '75' },
])('an order at work is seen and canceled: %j', async (terms) => {
  const asked = { ...resting, ...terms }
  const { id } = await api.accept(`POST ${orders}`, 200, OrderBody, { path, body: asked })
  const one = { ...path, order_id: id }
  await target.pass({ seconds: 1 })
  const seen = await api.accept(`GET ${orders}/{order_id}`, 200, OrderBody, { path: one })
  expect(seen).toMatchObject({ ...asked, order_class: '', legs: null, filled_qty: '0' })
  await api.accept(`DELETE ${orders}/{order_id}`, 204, undefined, { path: one })
  await target.pass({ seconds: 1 })
  const { status } = await api.accept(`GET ${orders}/{order_id}`, 200, OrderBody, { path: one })
  expect(status).toBe('canceled')
})

test('an order is replaced by another, and both know of it', async () => {
  const body = { ...resting, type: 'limit', limit_price: '1.25' }
  const { id } = await api.accept(`POST ${orders}`, 200, OrderBody, { path, body })
  await target.pass({ seconds: 1 })
  const change = { qty: '2', limit_price: '1.3' }
  const fresh = await api.accept(`PATCH ${orders}/{order_id}`, 200, OrderBody, {
    path: { ...path, order_id: id },
    body: change,
  })
  expect(fresh).toMatchObject({ ...change, replaces: id })
  await target.pass({ seconds: 1 })
  const old = await api.accept(`GET ${orders}/{order_id}`, 200, OrderBody, {
    path: { ...path, order_id: id },
  })
  expect(old).toMatchObject({ status: 'replaced', replaced_by: fresh.id })
  await api.accept(`DELETE ${orders}/{order_id}`, 204, undefined, { path: { ...path, order_id: fresh.id } })
})

test('the exits of a bracket are its legs, and go with it', async () => {
  const body = {
    ...resting,
    type: 'limit',
    limit_price: '1.25',
    order_class: 'bracket',
    take_profit: { limit_price: '2' },
    stop_loss: { stop_price: '1.1', limit_price: '1.05' },
  }
  const { id, legs } = await api.accept(`POST ${orders}`, 200, OrderBody, { path, body })
  expect(legs).toHaveLength(2)
  const rows = z.array(OrderBody)
  const nested = await api.accept(`GET ${orders}`, 200, rows, { path, query: 'nested=true&symbols=KO' })
  expect(nested.map((order) => [order.id, order.legs?.length])).toEqual([[id, 2]])
  const flat = await api.accept(`GET ${orders}`, 200, rows, { path, query: 'symbols=KO' })
  expect(flat.map((order) => order.legs)).toEqual([null, null, null])
  const canceled = await api.accept(`DELETE ${orders}`, 207, z.array(CanceledOrderRow), { path })
  expect(canceled.map(({ status }) => status)).toEqual(canceled.map(() => 200))
  await target.pass({ seconds: 1 })
  expect(await api.accept(`GET ${orders}`, 200, rows, { path })).toEqual([])
})

test('the history of the portfolio in its periods and steps', async () => {
  const history = 'GET /v1/trading/accounts/{account_id}/account/portfolio/history'
  for (const query of [
    '',
    'period=1M&timeframe=1D',
    'period=1D&timeframe=5Min',
    'period=1W&timeframe=1H&pnl_reset=no_reset',
    'period=1A&cashflow_types=ALL',
    'extended_hours=False&date_end=2026-11-20',
  ]) {
    const body = await api.accept(history, 200, PortfolioHistoryBody, { path, query })
    expect(new Set([body.timestamp, body.equity, body.profit_loss].map(({ length }) => length)).size).toBe(1)
  }
  for (const query of [
    'period=1X',
    'timeframe=7Min',
    'period=1M&start=2026-01-01T00:00:00Z&end=2026-02-01T00:00:00Z',
    'period=6M&timeframe=1Min',
  ]) {
    const { status } = await api.call(history, { path, query })
    expect([query, status]).toEqual([query, expect.toBeOneOf([400, 422])])
  }
})
