import { Alpaca } from '@alpacahq/alpaca-trade-api'
import { expect, test } from 'vitest'
import { type BrokerWorld, brokerWorld, KEYS } from './broker-world.ts'

/**
 * The vendor's npm client as it is installed. It speaks the trading API, where a key belongs to one account; the same
 * calls are below each account's address here. It lets one say how to fetch, and that is all that is changed.
 */
function vendorClient(world: BrokerWorld, accountId: string) {
  const account = `${world.broker.url}/v1/trading/accounts/${accountId}`
  const fetchApi: typeof fetch = (input, init) =>
    fetch(
      String(input)
        .replace(/^https:\/\/[^/]+\/v2\/account\b(?!\/)/, `${account}/account`)
        .replace(/^https:\/\/[^/]+\/v2/, account),
      init,
    )
  const alpaca = new Alpaca({
    keyId: KEYS.key,
    secret: KEYS.secret,
    paper: true,
    fetchApi,
    retry: false,
    rateLimit: false,
  })
  return alpaca.trading
}

async function customer(world: BrokerWorld) {
  const { id } = await world.fundedAccount('20000.00')
  return { id, trading: vendorClient(world, id) }
}

const cents = (price: number) => price.toFixed(2)

test('the vendor’s client places, reads, replaces and cancels every type of order', async () => {
  await using world = await brokerWorld()
  const { trading } = await customer(world)
  const { orders } = trading

  const market = await orders.market({ symbol: 'KO', side: 'buy', qty: 40 })
  expect(market).toMatchObject({ symbol: 'KO', type: 'market', qty: '40', status: 'new' })
  await world.advance({ seconds: 30 })
  const filled = await orders.getOrderByOrderID({ orderId: market.id ?? '' })
  expect(filled).toMatchObject({ status: 'filled', filledQty: '40' })
  const price = Number(filled.filledAvgPrice)

  const placed = [
    await orders.limit({
      symbol: 'KO',
      side: 'sell',
      qty: 5,
      limitPrice: cents(price * 2),
      timeInForce: 'gtc',
    }),
    await orders.stop({
      symbol: 'KO',
      side: 'sell',
      qty: 5,
      stopPrice: cents(price / 2),
      timeInForce: 'gtc',
    }),
    await orders.stopLimit({
      symbol: 'KO',
      side: 'sell',
      qty: 5,
      stopPrice: cents(price / 2),
      limitPrice: cents(price / 2 - 1),
      timeInForce: 'gtc',
    }),
    await orders.trailingStop({ symbol: 'KO', side: 'sell', qty: 5, trailPercent: '30', timeInForce: 'gtc' }),
    await orders.oco({
      symbol: 'KO',
      side: 'sell',
      qty: 5,
      takeProfit: { limitPrice: cents(price * 2) },
      stopLoss: { stopPrice: cents(price / 2) },
      timeInForce: 'gtc',
    }),
    await orders.bracket({
      symbol: 'PEP',
      side: 'buy',
      qty: 2,
      limitPrice: '50',
      takeProfit: { limitPrice: '400' },
      stopLoss: { stopPrice: '20', limitPrice: '19' },
    }),
    await orders.oto({
      symbol: 'SPY',
      side: 'buy',
      qty: 1,
      limitPrice: '100',
      stopLoss: { stopPrice: '50' },
    }),
  ]
  expect(placed.map(({ type, orderClass }) => [type, orderClass])).toEqual([
    ['limit', ''],
    ['stop', ''],
    ['stop_limit', ''],
    ['trailing_stop', ''],
    ['limit', 'oco'],
    ['limit', 'bracket'],
    ['limit', 'oto'],
  ])
  const open = await orders.getAllOrders({ status: 'open', nested: true })
  expect(open.map(({ id }) => id).sort()).toEqual(placed.map(({ id }) => id).sort())
  expect(open.find(({ orderClass }) => orderClass === 'bracket')?.legs).toHaveLength(2)

  const replaced = await orders.patchOrderByOrderId({
    orderId: placed[0]?.id ?? '',
    patchOrderRequest: { qty: '3', limitPrice: cents(price * 3) },
  })
  expect(replaced).toMatchObject({ qty: '3', replaces: placed[0]?.id })
  await orders.deleteOrderByOrderID({ orderId: placed[1]?.id ?? '' })
  expect(await orders.getOrderByOrderID({ orderId: placed[1]?.id ?? '' })).toMatchObject({
    status: 'canceled',
  })
  const canceled = await orders.deleteAllOrders()
  expect(canceled.every(({ status }) => status === 200)).toBe(true)
  expect(await orders.getAllOrders({ status: 'open' })).toEqual([])
})

test('the vendor’s client sees positions and closes them', async () => {
  await using world = await brokerWorld()
  const { trading } = await customer(world)
  await trading.orders.market({ symbol: 'KO', side: 'buy', notional: '500' })
  await trading.orders.market({ symbol: 'ETH/USD', side: 'buy', notional: '100', timeInForce: 'gtc' })
  await world.advance({ seconds: 30 })
  const positions = await trading.positions.getAllOpenPositions()
  expect(positions.map(({ symbol }) => symbol).sort()).toEqual(['ETHUSD', 'KO'])
  const sale = await trading.positions.deleteOpenPosition({ symbolOrAssetId: 'KO', percentage: 50 })
  expect(sale).toMatchObject({ side: 'sell', symbol: 'KO' })
  await world.advance({ seconds: 30 })
  await trading.positions.deleteAllOpenPositions({})
  await world.advance({ seconds: 30 })
  expect(await trading.positions.getAllOpenPositions()).toEqual([])
})
