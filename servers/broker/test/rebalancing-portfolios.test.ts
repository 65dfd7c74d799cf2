import { expect, test } from 'vitest'
import { asset, cash, portfolio, REBALANCING, rebalancingWorld } from './rebalancing-world.ts'

const UNKNOWN = '0b0e4f4e-0000-4000-8000-000000000000'
const PORTFOLIOS = `${REBALANCING}/portfolios`
const SUBSCRIPTIONS = `${REBALANCING}/subscriptions`

const drift = (percent: unknown, subType = 'absolute') => ({
  type: 'drift_band',
  sub_type: subType,
  percent,
  day: null,
})
const calendar = (subType: string, day: unknown) => ({
  type: 'calendar',
  sub_type: subType,
  percent: null,
  day,
})

test('a portfolio is kept as it was said, under both addresses', async () => {
  await using world = await rebalancingWorld()
  const wanted = portfolio({
    weights: [cash('5'), asset('SPY', 55), asset('AGG', '40.00')],
    rebalance_conditions: [drift('5'), drift(10, 'relative'), calendar('weekly', 'wednesday')],
  })
  const created = await world.must(world.call('POST', PORTFOLIOS, wanted))
  expect(created).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    name: 'Sixty forty',
    status: 'active',
    cooldown_days: 7,
    weights: [
      { type: 'cash', symbol: null, percent: '5' },
      { type: 'asset', symbol: 'SPY', percent: '55' },
      { type: 'asset', symbol: 'AGG', percent: '40' },
    ],
    rebalance_conditions: [
      { type: 'drift_band', sub_type: 'absolute', percent: '5', day: null },
      { type: 'drift_band', sub_type: 'relative', percent: '10', day: null },
      { type: 'calendar', sub_type: 'weekly', percent: null, day: 'Wednesday' },
    ],
  })
  for (const base of ['/v1/rebalancing', '/v1/beta/rebalancing']) {
    expect((await world.call('GET', `${base}/portfolios/${created.id}`)).body).toEqual(created)
  }
  expect((await world.call('POST', '/v1/beta/rebalancing/portfolios', portfolio())).body).toMatchObject({
    rebalance_conditions: null,
  })
})

const refused: readonly [change: object, status: number][] = [
  [{ name: '' }, 422],
  [{ name: undefined }, 422],
  [{ name: 'x'.repeat(201) }, 422],
  [{ description: undefined }, 422],
  [{ description: 5 }, 400],
  [{ cooldown_days: -1 }, 422],
  [{ cooldown_days: 1.5 }, 400],
  [{ cooldown_days: '7' }, 400],
  [{ cooldown_days: 1e9 }, 422],
  [{ weights: undefined }, 422],
  [{ weights: [] }, 422],
  [{ weights: [asset('SPY', 99)] }, 422],
  [{ weights: [asset('BRK.A', 100)] }, 422],
  [{ rebalance_conditions: [calendar('weekly', 'Someday')] }, 422],
  [{ rebalance_conditions: [calendar('monthly', 0)] }, 422],
  [{ rebalance_conditions: [calendar('monthly', 32)] }, 422],
  [{ rebalance_conditions: [calendar('annually', '13-01')] }, 422],
  [{ rebalance_conditions: [calendar('annually', '02-30')] }, 422],
  [{ rebalance_conditions: [calendar('absolute', '1')] }, 422],
  [{ rebalance_conditions: [calendar('weekly', 'Monday'), calendar('monthly', '1')] }, 422],
  [{ rebalance_conditions: [drift(0)] }, 422],
  [{ rebalance_conditions: [drift(null)] }, 422],
  [{ rebalance_conditions: [drift('100.01')] }, 422],
  [{ rebalance_conditions: [drift('5.001')] }, 422],
  [{ rebalance_conditions: [drift('5', 'weekly')] }, 422],
  [{ rebalance_conditions: [{ ...drift('5'), day: 'Monday' }] }, 422],
  [{ rebalance_conditions: [{ ...calendar('monthly', '5'), percent: '5' }] }, 422],
  [{ rebalance_conditions: [{ type: 'moon' }] }, 422],
  [{ rebalance_conditions: {} }, 400],
]

test('a portfolio that makes no sense is refused when made and when changed, and nothing is written', async () => {
  await using world = await rebalancingWorld()
  for (const [change, status] of refused) {
    const answer = await world.call('POST', PORTFOLIOS, portfolio(change))
    expect([change, answer.status]).toEqual([change, status])
    expect(answer.body).toMatchObject({ code: expect.any(Number), message: expect.any(String) })
  }
  expect((await world.call('GET', PORTFOLIOS)).body).toEqual([])

  const created = await world.must(world.call('POST', PORTFOLIOS, portfolio()))
  for (const [change, status] of refused) {
    const [value] = Object.values(change)
    if (value === undefined) continue
    const answer = await world.call('PATCH', `${PORTFOLIOS}/${created.id}`, change)
    expect([change, answer.status]).toEqual([change, status])
  }
  expect((await world.call('GET', `${PORTFOLIOS}/${created.id}`)).body).toEqual(created)
})

test('a change touches what it names, and fields that are not theirs to set are ignored', async () => {
  await using world = await rebalancingWorld()
  const created = await world.must(
    world.call('POST', PORTFOLIOS, portfolio({ id: UNKNOWN, status: 'inactive', created_at: '2020-01-01' })),
  )
  expect(created).toMatchObject({ status: 'active' })
  expect(created.id).not.toBe(UNKNOWN)
  await world.advance({ seconds: 1 })
  const changed = await world.must(
    world.call('PATCH', `${PORTFOLIOS}/${created.id}`, {
      name: 'All shares',
      description: null,
      weights: [asset('SPY', 100)],
      status: 'inactive',
      created_at: '2020-01-01',
    }),
  )
  expect(changed).toEqual({
    ...created,
    name: 'All shares',
    weights: [{ type: 'asset', symbol: 'SPY', percent: '100' }],
    updated_at: changed.updated_at,
  })
  expect(changed.updated_at).not.toBe(created.updated_at)
  expect((await world.call('PATCH', `${PORTFOLIOS}/${UNKNOWN}`, {})).status).toBe(404)
  expect((await world.call('PATCH', `${PORTFOLIOS}/x`, {})).status).toBe(400)
})

test('portfolios are found by name, description, symbol, id and status', async () => {
  await using world = await rebalancingWorld()
  const make = (change: object) => world.must(world.call('POST', PORTFOLIOS, portfolio(change)))
  const a = await make({ name: 'Growth', weights: [asset('AAPL', 100)] })
  const b = await make({ name: 'Slow GROWTH', description: '100% of it' })
  await world.must(world.call('DELETE', `${PORTFOLIOS}/${a.id}`))
  const found = async (query: string) =>
    (await world.must(world.call('GET', `${PORTFOLIOS}?${query}`))).map(({ id }: { id: string }) => id)
  expect(await found('')).toEqual([b.id, a.id])
  expect(await found('name=growth')).toEqual([b.id, a.id])
  expect(await found('name=slow')).toEqual([b.id])
  expect(await found('description=100%25')).toEqual([b.id])
  expect(await found('name=%25')).toEqual([])
  expect(await found('symbol=AAPL')).toEqual([a.id])
  expect(await found(`portfolio_id=${a.id}`)).toEqual([a.id])
  expect(await found('status=inactive')).toEqual([a.id])
  expect(await found('status=active&unknown=1')).toEqual([b.id])
  expect((await world.call('GET', `${PORTFOLIOS}?status=gone`)).status).toBe(422)
  expect((await world.call('GET', `${PORTFOLIOS}?portfolio_id=x`)).status).toBe(422)
})

test('a portfolio that somebody follows is not archived, one that is archived is not followed', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(0n)
  const { portfolioId, subscriptionId } = await world.follow(alice)
  const archive = () => world.call('DELETE', `${PORTFOLIOS}/${portfolioId}`)
  expect(await archive()).toMatchObject({ status: 422, body: { code: 42210000 } })
  expect((await world.call('DELETE', `${SUBSCRIPTIONS}/${subscriptionId}`)).status).toBe(204)
  expect((await archive()).status).toBe(204)
  expect((await archive()).status).toBe(204)
  expect((await world.call('GET', `${PORTFOLIOS}/${portfolioId}`)).body.status).toBe('inactive')
  const body = { account_id: alice, portfolio_id: portfolioId }
  expect((await world.call('POST', SUBSCRIPTIONS, body)).status).toBe(422)
  expect((await world.call('PATCH', `${PORTFOLIOS}/${portfolioId}`, { name: 'x' })).status).toBe(422)
})

test('an account follows one portfolio, also when two are asked for at once', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(0n)
  const one = await world.must(world.call('POST', PORTFOLIOS, portfolio()))
  const two = await world.must(world.call('POST', PORTFOLIOS, portfolio()))
  const subscribe = (portfolioId: string) =>
    world.call('POST', SUBSCRIPTIONS, { account_id: alice, portfolio_id: portfolioId })
  const answers = await Promise.all([one.id, two.id, one.id].map(subscribe))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422])
  const { subscriptions } = (await world.call('GET', `${SUBSCRIPTIONS}?account_id=${alice}`)).body
  expect(subscriptions).toMatchObject([{ account_id: alice, last_rebalanced_at: null }])
  expect((await world.call('GET', `${SUBSCRIPTIONS}/${subscriptions[0].id}`)).body).toEqual(subscriptions[0])
})

test('subscriptions of what is not known are refused', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(0n)
  const { id } = await world.must(world.call('POST', PORTFOLIOS, portfolio()))
  const subscribe = (body: object) => world.call('POST', SUBSCRIPTIONS, body)
  expect(await subscribe({ account_id: UNKNOWN, portfolio_id: id })).toMatchObject({ status: 401 })
  expect(await subscribe({ account_id: alice, portfolio_id: UNKNOWN })).toMatchObject({ status: 404 })
  expect(await subscribe({ account_id: 'x', portfolio_id: id })).toMatchObject({ status: 422 })
  expect(await subscribe({})).toMatchObject({ status: 422 })
  expect((await world.call('GET', `${SUBSCRIPTIONS}/${UNKNOWN}`)).status).toBe(404)
  expect((await world.call('DELETE', `${SUBSCRIPTIONS}/${UNKNOWN}`)).status).toBe(404)
  expect((await world.call('GET', `${SUBSCRIPTIONS}/x`)).status).toBe(400)
})

test('subscriptions are listed page by page, by portfolio and by account', async () => {
  await using world = await rebalancingWorld()
  const { id } = await world.must(world.call('POST', PORTFOLIOS, portfolio()))
  const accounts = [await world.investor(0n), await world.investor(0n), await world.investor(0n)]
  for (const account of accounts) {
    await world.must(world.call('POST', SUBSCRIPTIONS, { account_id: account, portfolio_id: id }))
  }
  const list = async (query: string) => world.must(world.call('GET', `${SUBSCRIPTIONS}?${query}`))
  const first = await list(`portfolio_id=${id}&limit=2`)
  const second = await list(`portfolio_id=${id}&limit=2&page_token=${first.next_page_token}`)
  const all = [...first.subscriptions, ...second.subscriptions]
  expect(all.map(({ account_id }: { account_id: string }) => account_id)).toEqual([...accounts].reverse())
  expect(second.next_page_token).toBeNull()
  expect((await list('')).subscriptions).toHaveLength(3)
  expect((await list(`portfolio_id=${UNKNOWN}`)).subscriptions).toEqual([])
})

test('who follows a portfolio takes neither manual orders nor manual runs, until the subscription ends', async () => {
  await using world = await rebalancingWorld()
  const alice = await world.investor(1_000_00n)
  const order = () =>
    world.call('POST', `/v1/trading/accounts/${alice}/orders`, {
      symbol: 'SPY',
      notional: '10',
      side: 'buy',
      type: 'market',
      time_in_force: 'day',
    })
  const { subscriptionId } = await world.follow(alice)
  await world.advance({ seconds: 30 })
  expect(await order()).toMatchObject({ status: 403, body: { code: 40310000 } })
  expect(await world.call('DELETE', `/v1/trading/accounts/${alice}/positions/SPY`)).toMatchObject({
    status: 403,
    body: { code: 40310000 },
  })
  expect(await world.run(alice, [asset('SPY', 100)])).toMatchObject({ status: 422, body: { code: 42210000 } })
  await world.must(world.call('DELETE', `${SUBSCRIPTIONS}/${subscriptionId}`))
  expect((await world.call('DELETE', `/v1/trading/accounts/${alice}/positions/SPY`)).status).toBe(200)
})
