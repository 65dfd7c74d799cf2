import { expect, test } from 'vitest'
import { type BrokerWorld, brokerWorld } from './broker-world.ts'

const close = (world: BrokerWorld, id: string) => world.call('POST', `/v1/accounts/${id}/actions/close`)
const status = async (world: BrokerWorld, id: string) =>
  (await world.call('GET', `/v1/accounts/${id}`)).body.status

const buy = (world: BrokerWorld, id: string, notional = '10') =>
  world.call('POST', `/v1/trading/accounts/${id}/orders`, {
    symbol: 'SPY',
    notional,
    side: 'buy',
    type: 'market',
    time_in_force: 'day',
  })

test('an empty account is closed by either path, and told so once', async () => {
  await using world = await brokerWorld()
  for (const [method, path] of [
    ['POST', '/actions/close'],
    ['DELETE', ''],
  ]) {
    const id = await world.activeAccount()
    const answers = await Promise.all([1, 2].map(() => world.send(method ?? '', `/v1/accounts/${id}${path}`)))
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [204, undefined],
      [204, undefined],
    ])
    expect(await status(world, id)).toBe('ACCOUNT_CLOSED')
    const events = await world.db
      .selectFrom('events')
      .select(['status_to', 'payload'])
      .where('entity_id', '=', id)
      .where('status_to', '=', 'ACCOUNT_CLOSED')
      .execute()
    expect(events).toHaveLength(2)
  }
})

test('an account with cash, a position, an open order or a transfer under way stays open', async () => {
  await using world = await brokerWorld({ marketHours: 'exchange' })
  const refusal = (message: string) => ({ status: 422, body: { code: 40010001, message } })

  const pending = await world.linkedAccount()
  await world.transfer(pending, '10')
  expect(await close(world, pending.id)).toMatchObject(refusal('account has pending transfers'))

  const rich = await world.fundedAccount('50')
  expect(await close(world, rich.id)).toMatchObject(refusal('account has cash left: 50'))

  // Sunday: the order waits.
  await world.advance({ to: '2026-12-06T17:00:00Z' })
  expect((await buy(world, rich.id)).body.status).toBe('accepted')
  expect(await close(world, rich.id)).toMatchObject(refusal('account has open orders'))
  await world.advance({ days: 1 })
  expect(await close(world, rich.id)).toMatchObject(refusal('account has open positions'))
  expect(await status(world, rich.id)).toBe('ACTIVE')
})

test('a closed account keeps its records and takes nothing more', async () => {
  await using world = await brokerWorld()
  const alice = await world.seasonedAccount('20')
  const out = await world.must(world.transfer(alice, '20', 'OUTGOING'))
  await world.must(world.call('POST', `/_sim/transfers/${out.id}/settle`, {}))
  expect((await close(world, alice.id)).status).toBe(204)
  expect(await world.transfers(alice.id)).toHaveLength(2)
  expect(await world.balances(alice.id)).toMatchObject({
    cash: '0',
    status: 'ACCOUNT_CLOSED',
    trading_blocked: true,
  })
  expect((await world.transfer(alice, '5')).status).toBe(403)
  expect((await buy(world, alice.id)).status).toBe(403)
})

test('a deposit and the close of its account do not both happen', async () => {
  await using world = await brokerWorld()
  for (let round = 0; round < 5; round += 1) {
    const alice = await world.linkedAccount()
    const [closed, deposit] = await Promise.all([close(world, alice.id), world.transfer(alice, '5')])
    const outcome = [closed.status, deposit.status]
    expect([
      [204, 403],
      [422, 200],
    ]).toContainEqual(outcome)
    expect(await status(world, alice.id)).toBe(closed.status === 204 ? 'ACCOUNT_CLOSED' : 'ACTIVE')
  }
})

test('an order and the close of its account do not both happen', async () => {
  await using world = await brokerWorld()
  const alice = await world.fundedAccount('20')
  const [closed, order] = await Promise.all([close(world, alice.id), buy(world, alice.id, '20')])
  expect([closed.status, order.status]).toEqual([422, 200])
})

test('applications under way, the firm and accounts of nobody are not closed', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount({ additional_information: '/fixtures/status=SUBMITTED/fixtures/' })
  expect(await close(world, id)).toMatchObject({ status: 403, body: { code: 40310000 } })
  expect(await close(world, 'f1f10000-0000-4000-8000-000000000001')).toMatchObject({ status: 403 })
  expect(await close(world, '0b0e4f4e-0000-4000-8000-000000000000')).toMatchObject({ status: 401 })
  expect((await close(world, 'me')).status).toBe(400)
})
