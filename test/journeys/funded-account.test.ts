import { afterAll, beforeAll, expect, test } from 'vitest'
import { activeCustomer, deposit, linkBank } from '../support/fund.ts'
import { newPlace, type RunningStack, runCommand, startStackProcess } from '../support/running-stack.ts'
import { SeedCustomer } from '../support/seed-routes.ts'
import { untilInWorld } from '../support/until.ts'

/** The main job, from sign-up to a share, over the seed's own routes and three real servers. */
let place: Awaited<ReturnType<typeof newPlace>>
let stack: RunningStack

beforeAll(async () => {
  place = await newPlace()
  stack = await startStackProcess(place, ['--no-demo'])
}, 120_000)

afterAll(async () => {
  await stack?.stop()
  await place?.[Symbol.asyncDispose]()
})

test('a person signs up, funds an account by ACH and buys a share', async () => {
  const nora = await activeCustomer(stack, 'nora@example.org')
  const relationshipId = await linkBank(stack, nora)

  const transfer = await deposit(stack, nora, relationshipId, '1000')
  expect(transfer).toMatchObject({ amount: '1000', direction: 'INCOMING' })
  const account = await nora.expectOk('GET', '/accounts/nora@example.org')
  expect(account).toMatchObject({ email: 'nora@example.org', equity: '1000.00', is_active: true })

  const { order } = await nora.expectOk('POST', '/trading/accounts/nora@example.org/orders', {
    symbol: 'SPY',
    qty: 1,
    side: 'buy',
    type: 'market',
    time_in_force: 'day',
    commission: 1,
  })
  expect(order).toMatchObject({ symbol: 'SPY', qty: '1', side: 'buy' })
  const position = await untilInWorld(stack.broker, 'a position', async () => {
    const { positions } = await nora.expectOk('GET', '/trading/accounts/nora@example.org/positions')
    return (positions as { symbol: string; qty: string }[])[0]
  })
  expect(position).toMatchObject({ symbol: 'SPY', qty: '1' })
  const { orders } = await nora.expectOk('GET', '/trading/accounts/nora@example.org/orders')
  expect(orders).toMatchObject([{ symbol: 'SPY', status: 'filled', filled_qty: '1' }])
})

test('a deposit of more than the daily limit, and a buy of more than the cash, are refused and change nothing', async () => {
  const omar = await activeCustomer(stack, 'omar@example.org')
  const relationshipId = await linkBank(stack, omar)
  const tooMuch = await omar.send('POST', '/accounts/omar@example.org/transfer', {
    relationship_id: relationshipId,
    transfer_amount: 50_000.01,
  })
  expect(tooMuch.status).toBeGreaterThanOrEqual(400)
  expect(tooMuch.status).toBeLessThan(500)

  await deposit(stack, omar, relationshipId, '100')
  const tooDear = await omar.send('POST', '/trading/accounts/omar@example.org/orders', {
    symbol: 'SPY',
    notional: '100.01',
    side: 'buy',
    type: 'market',
    time_in_force: 'day',
  })
  expect(tooDear).toMatchObject({
    status: 403,
    body: { error: { message: expect.stringMatching(/buying power/i) } },
  })
  expect(await omar.expectOk('GET', '/accounts/omar@example.org')).toMatchObject({ equity: '100.00' })
})

test("a customer finds nothing of another customer's", async () => {
  const anna = await activeCustomer(stack, 'anna@example.org')
  const ben = await activeCustomer(stack, 'ben@example.org')
  const bens = await ben.expectOk('GET', '/accounts/ben@example.org')
  for (const identifier of ['ben@example.org', String(bens.id), 'nobody@example.org']) {
    for (const [method, route, body] of [
      ['GET', `/accounts/${identifier}`, undefined],
      ['POST', `/accounts/${identifier}/ach_relationship`, { processor_token: 'processor-sandbox-x' }],
      ['POST', `/accounts/${identifier}/transfer`, { relationship_id: bens.id, transfer_amount: 5 }],
      ['GET', `/trading/accounts/${identifier}/orders`, undefined],
      [
        'POST',
        `/trading/accounts/${identifier}/orders`,
        { symbol: 'SPY', qty: 1, side: 'buy', type: 'market', time_in_force: 'day' },
      ],
      ['GET', `/trading/accounts/${identifier}/positions`, undefined],
    ] as const) {
      expect((await anna.send(method, route, body)).status, `${method} ${route}`).toBe(404)
    }
  }
  expect((await anna.send('GET', '/trading/positions')).status).toBe(403)
  expect((await new SeedCustomer(stack.platform, '').send('GET', '/accounts/ben@example.org')).status).toBe(
    401,
  )
})

test('after all that, the books are in order', async () => {
  const { code, output } = await runCommand(place, 'verify-command')
  expect(output).toContain('0 broken')
  expect(code).toBe(0)
})
