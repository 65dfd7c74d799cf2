import { expect, test } from 'vitest'
import { brokerChecks } from '../src/index.ts'
import { must, type TradingWorld, tradingWorld, type WorldOptions } from './trading-world.ts'

/** Alice trades KO at prices that each trade names; nothing executes by itself. */
async function lotsWorld(options: WorldOptions = {}) {
  const world = await tradingWorld(options)
  await must(
    world.call('POST', '/_sim/market/KO', { fill_mode: 'never', price: '60', volatility_percent: 0 }),
  )
  return world
}

type Trade = { side: 'buy' | 'sell'; qty: string; price: string; instructions?: string }

async function trade(world: TradingWorld, { price, ...asked }: Trade): Promise<string> {
  const order = await must(world.order(world.alice, { symbol: 'KO', ...asked }))
  await must(world.call('POST', `/_sim/orders/${order.id}/fill`, { price }))
  world.clock.moveTo(world.clock.now().add({ minutes: 1 }))
  return order.id
}

const buy = (world: TradingWorld, qty: string, price: string) => trade(world, { side: 'buy', qty, price })
const sell = (world: TradingWorld, qty: string, price: string, instructions?: string) =>
  trade(world, { side: 'sell', qty, price, ...(instructions === undefined ? {} : { instructions }) })

const lotsOf = (world: TradingWorld, accountId: string = world.alice) =>
  must(world.call('GET', `/_ops/accounts/${accountId}/lots?symbol=KO`))

async function left(world: TradingWorld, accountId: string = world.alice) {
  const lots = await lotsOf(world, accountId)
  return lots.map((lot: Record<string, string>) => `${lot.remaining_qty} for ${lot.remaining_cost}`)
}

const positionOf = (world: TradingWorld, accountId: string = world.alice) =>
  must(world.call('GET', `${world.positionsOf(accountId)}/KO`))

async function gainOf({ db }: TradingWorld, orderId: string) {
  const fills = await db.selectFrom('fills').selectAll().where('order_id', '=', orderId).execute()
  return fills.map((fill) => [fill.cost_basis_minor, fill.realized_minor])
}

async function verify({ db }: TradingWorld): Promise<void> {
  const found: string[] = []
  for (const { id, run } of brokerChecks) {
    // Accounts and cash of this world came ready-made.
    if (['I12', 'I13', 'I24'].includes(id)) continue
    found.push(...(await run(db)).map((text) => `${id}: ${text}`))
  }
  expect(found).toEqual([])
}

test('a sale takes the oldest lots first, and the position has cost what the others have left', async () => {
  await using world = await lotsWorld()
  await buy(world, '10', '50')
  await buy(world, '10', '60')
  await buy(world, '10', '55')
  expect(await positionOf(world)).toMatchObject({ qty: '30', cost_basis: '1650', avg_entry_price: '55' })

  const sale = await sell(world, '15', '58')
  // Ten of 50 and five of 60.
  expect(await gainOf(world, sale)).toEqual([[800_00n, 70_00n]])
  expect(await left(world)).toEqual(['5 for 300', '10 for 550'])
  expect(await positionOf(world)).toMatchObject({
    qty: '15',
    qty_available: '15',
    cost_basis: '850',
    avg_entry_price: '56.666667',
    unrealized_pl: '50',
  })
  await sell(world, '15', '58')
  expect(await left(world)).toEqual([])
  const { realized_minor } = await world.db
    .selectFrom('positions')
    .select('realized_minor')
    .executeTakeFirstOrThrow()
  expect(realized_minor).toBe(30n * 58_00n - 1650_00n)
  await verify(world)
})

test.for([
  { instructions: 'lots=fifo', costMinor: 100_00n },
  { instructions: 'lots=lifo', costMinor: 110_00n },
  { instructions: 'lots=hifo', costMinor: 120_00n },
])('a sale with $instructions takes shares for $costMinor cents', async ({ instructions, costMinor }) => {
  await using world = await lotsWorld()
  for (const price of ['50', '60', '55']) await buy(world, '2', price)
  const sale = await sell(world, '2', '58', instructions)
  expect(await gainOf(world, sale)).toEqual([[costMinor, 116_00n - costMinor]])
  await verify(world)
})

test('a sale takes the lots that it names, and a purchase is named as its execution', async () => {
  await using world = await lotsWorld()
  await buy(world, '2', '50')
  const second = await buy(world, '2', '60')
  await buy(world, '2', '55')
  const activities = await must(world.call('GET', `/v1/accounts/activities/FILL?account_id=${world.alice}`))
  const line = activities.find((activity: { order_id: string }) => activity.order_id === second)
  const lotId = line.id.split('::')[1]

  const sale = await sell(world, '3', '58', `lots=${lotId}`)
  expect(await gainOf(world, sale)).toEqual([[170_00n, 4_00n]])
  expect(await left(world)).toEqual(['1 for 50', '2 for 110'])
  await verify(world)
})

test('what nobody can read as a choice of lots is refused, other instructions mean nothing', async () => {
  await using world = await lotsWorld()
  await buy(world, '2', '50')
  const sale = { symbol: 'KO', qty: '1', side: 'sell' }
  for (const instructions of ['lots=newest', 'lots', 'lots=1,2']) {
    expect(await world.order(world.alice, { ...sale, instructions })).toMatchObject({ status: 422 })
  }
  expect(await world.order(world.alice, { ...sale, instructions: 'call me' })).toMatchObject({ status: 200 })
})

test('a sale in parts takes from lots part by part, and to the cent what they have cost', async () => {
  await using world = await lotsWorld()
  await buy(world, '3', '33.335')
  await buy(world, '1', '40')
  const { id } = await must(world.order(world.alice, { symbol: 'KO', qty: '4', side: 'sell' }))
  for (const qty of ['1', '1', '1.5']) {
    await must(world.call('POST', `/_sim/orders/${id}/partial_fill`, { qty, price: '50' }))
  }
  expect(await positionOf(world)).toMatchObject({ qty: '0.5', qty_available: '0', cost_basis: '20' })
  await must(world.call('POST', `/_sim/orders/${id}/fill`, { price: '50' }))
  const costs = (await gainOf(world, id)).map(([cost]) => cost ?? 0n)
  expect(costs).toHaveLength(4)
  expect(costs.reduce((sum, cost) => sum + cost, 0n)).toBe(100_01n + 40_00n)
  await verify(world)
})

test('of more lots than are read at once a sale takes as many as it needs', async () => {
  await using world = await lotsWorld({ cashMinor: 100_000_00n })
  for (let day = 0; day < 25; day += 1) await buy(world, '1', `${50 + day}`)
  const sale = await sell(world, '23', '60')
  const cost = Array.from({ length: 23 }, (_, day) => 50 + day).reduce((sum, price) => sum + price, 0)
  expect((await gainOf(world, sale))[0]?.[0]).toBe(BigInt(cost) * 100n)
  expect(await left(world)).toEqual(['1 for 73', '1 for 74'])
  await verify(world)
})

test('shares that are journaled take their lots along, and an undone journal brings back its own', async () => {
  await using world = await lotsWorld()
  const bob = await world.customer(0n)
  const give = async (from: string, to: string, qty: string) => {
    const asked = { entry_type: 'JNLS', from_account: from, to_account: to, symbol: 'KO', qty }
    const journal = await must(world.call('POST', '/v1/journals', asked))
    if (journal.status === 'pending')
      await must(world.call('POST', `/_ops/journals/${journal.id}/approve`, {}))
    await must(world.call('POST', '/_sim/clock/advance', { seconds: 5 }))
    return journal.id
  }
  await buy(world, '2', '50')
  await buy(world, '2', '60')
  await give(world.alice, bob, '1')
  const journal = await give(world.alice, bob, '2')
  expect(await left(world)).toEqual(['1 for 60'])
  expect(await left(world, bob)).toEqual(['1 for 50', '1 for 50', '1 for 60'])
  const bought = await world.db.selectFrom('fills').selectAll().orderBy('filled_at').execute()
  const [given] = await lotsOf(world, bob)
  expect(given).toMatchObject({ acquired_at: bought[0]?.filled_at.toString(), source: { kind: 'journal' } })
  expect(await positionOf(world, bob)).toMatchObject({ qty: '3', cost_basis: '160' })
  await verify(world)

  await must(world.call('POST', `/_ops/journals/${journal}/delete`, { reason: 'by mistake' }))
  expect(await left(world)).toEqual(['1 for 50', '1 for 60', '1 for 60'])
  expect(await left(world, bob)).toEqual(['1 for 50'])
  await verify(world)
})

test.for([
  { what: 'three for one', old_rate: 1, new_rate: 3, lots: ['3 for 50', '6.6 for 132'] },
  { what: 'one for two', old_rate: 2, new_rate: 1, lots: ['0.5 for 50', '1.1 for 132'] },
  { what: 'one for three', old_rate: 3, new_rate: 1, lots: ['0.333333333 for 50', '0.733333333 for 132'] },
])('a split $what changes the shares of every lot and the cost of none', async ({ lots, ...rates }) => {
  await using world = await lotsWorld()
  await buy(world, '1', '50')
  await buy(world, '2.2', '60')
  const { what: _what, ...ratio } = rates
  await must(
    world.call('POST', '/_sim/corporate-actions', {
      type: 'split',
      symbol: 'KO',
      ex_date: '2026-11-24',
      ...ratio,
    }),
  )
  await must(world.call('POST', '/_sim/clock/advance', { days: 5 }))
  expect(await left(world)).toEqual(lots)
  expect(await positionOf(world)).toMatchObject({ cost_basis: '182' })
  await verify(world)
})
