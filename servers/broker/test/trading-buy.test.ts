import { costToBuy, formatPrice, formatQuantity, type QuantityNano, trimmedUsd } from '@paddock/money'
import { expect, test } from 'vitest'
import { tradingWorld } from './trading-world.ts'

test('a market buy fills at the ask, and the position and the cash show it', async () => {
  await using world = await tradingWorld({ cashMinor: 10_000_00n })
  const { alice } = world
  const { askMicro, lastMicro } = world.quote('KO')
  const quantityNano = 2_500_000_000n as QuantityNano
  const costMinor = costToBuy(quantityNano, askMicro)

  const placed = await world.order(alice, { symbol: 'KO', qty: '2.5', client_order_id: 'web-1' })
  expect(placed).toMatchObject({
    status: 200,
    body: { symbol: 'KO', qty: '2.5', notional: null, status: 'new' },
  })

  const filled = await world.settled(alice, placed.body.id)
  expect(filled).toMatchObject({
    status: 'filled',
    filled_qty: '2.5',
    filled_avg_price: formatPrice(askMicro),
    client_order_id: 'web-1',
  })
  expect(await world.cash(alice)).toEqual({ posted: 10_000_00n - costMinor, held: 0n })

  const { body: positions } = await world.call('GET', world.positionsOf(alice))
  expect(positions).toHaveLength(1)
  expect(positions[0]).toMatchObject({
    symbol: 'KO',
    qty: '2.5',
    qty_available: '2.5',
    cost_basis: trimmedUsd(costMinor),
    current_price: formatPrice(lastMicro),
    exchange: 'NYSE',
    side: 'long',
  })
})

test('a buy by dollars costs exactly those dollars', async () => {
  await using world = await tradingWorld()
  const { alice } = world
  const { body } = await world.order(alice, { symbol: 'SPY', notional: 25.0 })
  expect(body).toMatchObject({ notional: '25', qty: null })
  const filled = await world.settled(alice, body.id)
  const expectedNano = (25_00n * 10n ** 13n) / world.quote('SPY').askMicro
  expect(filled).toMatchObject({ status: 'filled', filled_qty: formatQuantity(expectedNano), qty: null })
  expect(await world.cash(alice)).toEqual({ posted: 10_000_00n - 25_00n, held: 0n })
})
