import { expect, test } from 'vitest'
import { type BrokerWorld, brokerWorld } from './broker-world.ts'
import { booksAreRight, figures } from './funding-facts.ts'
import { buyFor } from './instant-funding-world.ts'

const credit = { instantCredit: { newMinor: 250_00n as never, provenMinor: 1_000_00n as never } }

const limitBuy = (world: BrokerWorld, accountId: string, notional: { qty: string; limit_price: string }) =>
  world.must(
    world.call('POST', `/v1/trading/accounts/${accountId}/orders`, {
      symbol: 'AAPL',
      side: 'buy',
      type: 'limit',
      time_in_force: 'gtc',
      ...notional,
    }),
  )

const ordersOf = async (world: BrokerWorld, accountId: string) =>
  (await world.call('GET', `/v1/trading/accounts/${accountId}/orders?status=all`)).body.map(
    ({ status }: { status: string }) => status,
  )

const returned = async (world: BrokerWorld, id: string, code = 'R01') => {
  await world.must(world.call('POST', `/_sim/transfers/${id}/return`, { code }))
  await world.advance({ seconds: 1 })
}

test('a deposit under way buys up to the limit of the account, never leaves, and becomes cash when it settles', async () => {
  await using world = await brokerWorld({ risk: credit })
  const alice = await world.linkedAccount()
  const first = await world.must(world.transfer(alice, '200'))
  expect(first.instant_amount).toBe('200')
  const second = await world.must(world.transfer(alice, '300'))
  expect(second.instant_amount).toBe('50')
  expect(await figures(world, alice.id)).toMatchObject({
    cash: '0',
    power: '250',
    withdrawable: '0',
    in: '500',
  })
  expect((await world.transfer(alice, '0.01', 'OUTGOING')).status).toBe(403)
  await buyFor(world, alice.id, '100')
  expect(await figures(world, alice.id)).toMatchObject({ cash: '-100', power: '150' })
  await booksAreRight(world)
  await world.advance({ days: 4 })
  expect(await figures(world, alice.id)).toMatchObject({ cash: '400', power: '400', withdrawable: '0' })
  await booksAreRight(world)
  // Until then nothing is left of the limit; the next deposit has it again.
  expect((await world.must(world.transfer(alice, '999'))).instant_amount).toBe('250')
  await world.advance({ days: 75 })
  expect((await world.must(world.transfer(alice, '2000'))).instant_amount).toBe('1000')
}, 90_000)

test('without a setting there is no credit, and the vendor’s own switch takes it away', async () => {
  await using plain = await brokerWorld()
  const bob = await plain.linkedAccount()
  expect((await plain.must(plain.transfer(bob, '200'))).instant_amount).toBe('0')
  await using world = await brokerWorld({ risk: credit })
  const alice = await world.linkedAccount()
  await world.must(
    world.call('POST', `/_sim/accounts/${alice.id}/restrictions`, {
      admin_configurations: { allow_instant_ach: false },
    }),
  )
  expect((await world.must(world.transfer(alice, '200'))).instant_amount).toBe('0')
})

test('when the deposit comes back its credit is taken from the orders that hold it', async () => {
  await using world = await brokerWorld({ risk: credit })
  const alice = await world.linkedAccount()
  const deposit = await world.must(world.transfer(alice, '200'))
  await limitBuy(world, alice.id, { qty: '10', limit_price: '5' })
  await limitBuy(world, alice.id, { qty: '10', limit_price: '6' })
  expect(await figures(world, alice.id)).toMatchObject({ power: '90' })
  await returned(world, deposit.id)
  expect(await ordersOf(world, alice.id)).toEqual(['canceled', 'canceled'])
  expect(await figures(world, alice.id)).toMatchObject({ cash: '0', power: '0' })
  await booksAreRight(world)
  // Nothing is owed, so nothing is restricted; but credit is gone for good.
  expect((await world.must(world.transfer(alice, '100'))).instant_amount).toBe('0')
})

test('credit that was spent on shares is owed: the account is below zero and may only sell', async () => {
  await using world = await brokerWorld({ risk: credit })
  const alice = await world.linkedAccount()
  const deposit = await world.must(world.transfer(alice, '200'))
  await buyFor(world, alice.id, '150')
  await returned(world, deposit.id)
  expect(await figures(world, alice.id)).toMatchObject({ cash: '-150', power: '0', withdrawable: '0' })
  const refused = await world.call('POST', `/v1/trading/accounts/${alice.id}/orders`, {
    symbol: 'AAPL',
    side: 'buy',
    type: 'market',
    time_in_force: 'day',
    notional: '1',
  })
  expect(refused.status).toBe(403)
  await booksAreRight(world)
  // The next deposit pays the debt first.
  const next = await world.must(world.transfer(alice, '200'))
  await world.must(world.call('POST', `/_sim/transfers/${next.id}/settle`, {}))
  await world.advance({ seconds: 1 })
  expect(await figures(world, alice.id)).toMatchObject({ cash: '50', power: '50' })
  await booksAreRight(world)
})

test('a deposit that had settled takes what is missing from the orders that hold it', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const deposit = await world.must(world.transfer(alice, '200'))
  await world.must(world.call('POST', `/_sim/transfers/${deposit.id}/settle`, {}))
  await limitBuy(world, alice.id, { qty: '20', limit_price: '5' })
  await limitBuy(world, alice.id, { qty: '10', limit_price: '6' })
  await returned(world, deposit.id)
  expect(await ordersOf(world, alice.id)).toEqual(['canceled', 'canceled'])
  expect(await figures(world, alice.id)).toMatchObject({ cash: '0', power: '0' })
  await booksAreRight(world)
})

test('a deposit that is called off takes its credit with it', async () => {
  await using world = await brokerWorld({ risk: credit })
  const alice = await world.linkedAccount()
  const deposit = await world.must(world.transfer(alice, '200'))
  await world.call('DELETE', `/v1/accounts/${alice.id}/transfers/${deposit.id}`)
  expect(await figures(world, alice.id)).toMatchObject({ cash: '0', power: '0' })
  await booksAreRight(world)
})
