import { expect, test } from 'vitest'
import { OrderRejected, type OrderRejection } from './order.ts'
import { type OrderRequest, readOrder } from './order-terms.ts'

const share: OrderRequest = { symbol: 'KO', side: 'buy', type: 'market', timeInForce: 'day', quantity: '1' }
const coin: OrderRequest = { ...share, symbol: 'BTC/USD', timeInForce: 'gtc', quantity: '0.01' }
const byDollars = { quantity: undefined, notional: '25' }
const limit: OrderRequest = { ...share, type: 'limit', limitPrice: '60' }
const stop: OrderRequest = { ...share, type: 'stop', stopPrice: '70' }
const stopLimit: OrderRequest = { ...stop, type: 'stop_limit', limitPrice: '71' }
const trailing: OrderRequest = { ...share, type: 'trailing_stop', trailPrice: '1.5' }
const exits = { takeProfit: { limitPrice: '66' }, stopLoss: { stopPrice: '57.5' } }
const bracket: OrderRequest = { ...limit, orderClass: 'bracket', ...exits }
const oto: OrderRequest = { ...limit, orderClass: 'oto', stopLoss: exits.stopLoss }
const oco: OrderRequest = { ...limit, limitPrice: undefined, side: 'sell', orderClass: 'oco', ...exits }

type Outcome = OrderRejection | 'accepted'

function outcomeOf(request: OrderRequest): Outcome {
  try {
    readOrder(request)
    return 'accepted'
  } catch (error) {
    if (error instanceof OrderRejected) return error.code
    throw error
  }
}

test.for<[string, OrderRequest, Outcome]>([
  ['one share', share, 'accepted'],
  ['the smallest fraction', { ...share, quantity: '0.000000001' }, 'accepted'],
  ['ten decimals', { ...share, quantity: '0.0000000001' }, 'quantity_not_exact'],
  ['no shares', { ...share, quantity: '0' }, 'quantity_not_positive'],
  ['minus one share', { ...share, quantity: '-1' }, 'quantity_not_positive'],
  ['more shares than can be counted', { ...share, quantity: '1000000000000000' }, 'quantity_not_exact'],
  ['dollars', { ...share, ...byDollars }, 'accepted'],
  ['dollars and cents', { ...share, ...byDollars, notional: '25.01' }, 'accepted'],
  ['a third decimal of dollars', { ...share, ...byDollars, notional: '25.001' }, 'notional_not_exact'],
  ['no dollars', { ...share, ...byDollars, notional: '0' }, 'notional_not_positive'],
  ['minus dollars', { ...share, ...byDollars, notional: '-25' }, 'notional_not_positive'],
  ['shares and dollars', { ...share, notional: '25' }, 'quantity_and_notional'],
  ['neither', { ...share, quantity: undefined }, 'quantity_or_notional_required'],
  ['an unknown symbol', { ...share, symbol: 'NOPE' }, 'asset_not_for_orders'],
  ['no symbol', { ...share, symbol: undefined }, 'symbol_required'],
  ['no side', { ...share, side: undefined }, 'side_required'],
  ['a short sale', { ...share, side: 'sell_short' }, 'asset_not_shortable'],
  ['another side', { ...share, side: 'cross' }, 'side_not_allowed'],
  ['an option', { ...share, symbol: 'KO260417C00062500' }, 'options_not_built'],
  ['several options', { ...share, orderClass: 'mleg', symbol: undefined }, 'options_not_built'],
  ['a delisted share', { ...share, symbol: 'TWTR' }, 'asset_not_active'],
  ['buying what may only be sold', { ...share, symbol: 'FNMA' }, 'asset_not_tradable'],
  ['selling what may only be sold', { ...share, symbol: 'FNMA', side: 'sell' }, 'accepted'],
  ['a whole share that has no fractions', { ...share, symbol: 'BRK.A' }, 'accepted'],
  ['a fraction of it', { ...share, symbol: 'BRK.A', quantity: '0.5' }, 'asset_not_fractionable'],
  ['dollars of it', { ...share, symbol: 'BRK.A', ...byDollars }, 'asset_not_fractionable'],
  ['the intent that it has', { ...share, positionIntent: 'buy_to_open' }, 'accepted'],
  ['another intent', { ...share, positionIntent: 'sell_to_open' }, 'intent_mismatch'],
  ['a commission', { ...share, commission: '1.25' }, 'accepted'],
  ['a commission of half a cent', { ...share, commission: '0.005' }, 'commission_not_exact'],
  ['half a cent a share', { ...share, commission: '0.005', commissionType: 'qty' }, 'accepted'],
  ['a fine commission', { ...share, commission: '0.0000001', commissionType: 'qty' }, 'commission_not_exact'],
  ['basis points', { ...share, commission: '2.25', commissionType: 'bps' }, 'accepted'],
  ['fine basis points', { ...share, commission: '2.255', commissionType: 'bps' }, 'commission_not_exact'],
  ['a negative commission', { ...share, commission: '-1' }, 'commission_negative'],
])('%s: %j is %s', ([, request, outcome]) => {
  expect(outcomeOf(request)).toBe(outcome)
})

test.for<[string, OrderRequest, Outcome]>([
  ['a limit', limit, 'accepted'],
  ['a limit without its price', { ...limit, limitPrice: undefined }, 'limit_price_required'],
  ['a limit with a stop', { ...limit, stopPrice: '61' }, 'stop_price_not_allowed'],
  ['a market order with a limit', { ...share, limitPrice: '60' }, 'limit_price_not_allowed'],
  ['a market order with a stop', { ...share, stopPrice: '60' }, 'stop_price_not_allowed'],
  ['a market order that trails', { ...share, trailPercent: '1' }, 'trail_not_allowed'],
  ['a stop', stop, 'accepted'],
  ['a stop without its price', { ...stop, stopPrice: undefined }, 'stop_price_required'],
  ['a stop with a limit', { ...stop, limitPrice: '60' }, 'limit_price_not_allowed'],
  ['a stop-limit', stopLimit, 'accepted'],
  ['a stop-limit without its limit', { ...stopLimit, limitPrice: undefined }, 'limit_price_required'],
  ['a stop-limit without its stop', { ...stopLimit, stopPrice: undefined }, 'stop_price_required'],
  ['a trailing stop by dollars', trailing, 'accepted'],
  ['a trailing stop by percent', { ...trailing, trailPrice: undefined, trailPercent: '0.0001' }, 'accepted'],
  ['a trailing stop by both', { ...trailing, trailPercent: '1' }, 'trail_price_xor_percent'],
  ['a trailing stop by neither', { ...trailing, trailPrice: undefined }, 'trail_price_xor_percent'],
  ['a trailing stop with a stop', { ...trailing, stopPrice: '50' }, 'stop_price_not_allowed'],
  [
    'a fifth decimal of percent',
    { ...trailing, trailPrice: undefined, trailPercent: '1.00001' },
    'trail_percent_not_allowed',
  ],
  [
    'all of the price',
    { ...trailing, trailPrice: undefined, trailPercent: '100' },
    'trail_percent_not_allowed',
  ],
  ['no distance', { ...trailing, trailPrice: '0' }, 'price_not_positive'],
  ['a price of nothing', { ...limit, limitPrice: '0' }, 'price_not_positive'],
  ['a price below nothing', { ...stop, stopPrice: '-1' }, 'price_not_positive'],
  ['a third decimal', { ...limit, limitPrice: '101.237' }, 'price_sub_penny'],
  ['a third decimal of exactly a dollar', { ...limit, limitPrice: '1.001' }, 'price_sub_penny'],
  ['a fourth decimal below a dollar', { ...limit, limitPrice: '0.9999' }, 'accepted'],
  ['a fifth decimal below a dollar', { ...limit, limitPrice: '0.99999' }, 'price_sub_penny'],
  ['a seventh decimal', { ...limit, limitPrice: '0.0000001' }, 'price_sub_penny'],
  ['a billion', { ...limit, limitPrice: '1000000000' }, 'price_too_high'],
])('%s: %j is %s', ([, request, outcome]) => {
  expect(outcomeOf(request)).toBe(outcome)
})

const times = ['day', 'gtc', 'opg', 'cls', 'ioc', 'fok'] as const

/** Of the vendor's table: how long orders of each kind may stay. */
test.for<[string, OrderRequest, readonly string[]]>([
  ['market', share, times],
  ['limit', limit, times],
  ['stop', stop, ['day', 'gtc']],
  ['stop-limit', stopLimit, ['day', 'gtc']],
  ['trailing stop', trailing, ['day', 'gtc']],
  ['fraction, market', { ...share, quantity: '1.5' }, ['day']],
  ['fraction, limit', { ...limit, quantity: '1.5' }, ['day']],
  ['fraction, stop', { ...stop, quantity: '1.5' }, ['day']],
  ['fraction, stop-limit', { ...stopLimit, quantity: '1.5' }, ['day']],
  ['fraction, trailing stop', { ...trailing, quantity: '1.5' }, []],
  ['dollars', { ...share, ...byDollars }, ['day']],
  ['limit in extended hours', { ...limit, extendedHours: true }, ['day', 'gtc']],
  ['market in extended hours', { ...share, extendedHours: true }, []],
  ['fraction in extended hours', { ...limit, quantity: '1.5', extendedHours: true }, ['day']],
  [
    'fraction in extended hours of what has none',
    { ...limit, side: 'sell', symbol: 'FNMA', quantity: '1.5', extendedHours: true },
    [],
  ],
  ['bracket', bracket, ['day', 'gtc']],
  ['bracket in extended hours', { ...bracket, extendedHours: true }, []],
  ['bracket of a fraction', { ...bracket, quantity: '1.5' }, []],
  ['coins, market', coin, ['gtc', 'ioc']],
  ['coins, dollars', { ...coin, ...byDollars }, ['gtc', 'ioc']],
  ['coins, limit', { ...coin, type: 'limit', limitPrice: '60' }, ['gtc', 'ioc']],
  ['coins, stop-limit', { ...stopLimit, symbol: 'BTC/USD' }, ['gtc', 'ioc']],
  ['coins, stop', { ...stop, symbol: 'BTCUSD' }, []],
  ['coins, trailing stop', { ...trailing, symbol: 'BTC/USD' }, []],
  ['coins, bracket', { ...bracket, symbol: 'BTC/USD' }, []],
  ['coins, extended hours', { ...coin, type: 'limit', limitPrice: '60', extendedHours: true }, []],
])('%s: %j may be %s', ([, request, expected]) => {
  const accepted = times.filter((timeInForce) => outcomeOf({ ...request, timeInForce }) === 'accepted')
  expect(accepted).toEqual(expected)
})

test.for<[string, OrderRequest, Outcome]>([
  ['a simple order, spelled out', { ...share, orderClass: 'simple' }, 'accepted'],
  ['exits of a simple order', { ...share, ...exits }, 'exits_not_allowed'],
  ['a bracket', bracket, 'accepted'],
  ['a bracket by the market', { ...bracket, type: 'market', limitPrice: undefined }, 'accepted'],
  ['a bracket without its profit', { ...bracket, takeProfit: undefined }, 'take_profit_required'],
  ['a bracket without the profit’s price', { ...bracket, takeProfit: {} }, 'take_profit_required'],
  ['a bracket without its stop', { ...bracket, stopLoss: { limitPrice: '57' } }, 'stop_loss_required'],
  ['a bracket whose exits are crossed', { ...bracket, stopLoss: { stopPrice: '66' } }, 'exit_prices_crossed'],
  ['a short bracket', { ...bracket, side: 'sell' }, 'exit_prices_crossed'],
  ['a trailing bracket', { ...trailing, orderClass: 'bracket', ...exits }, 'order_class_type_not_allowed'],
  ['a bracket with fine prices', { ...bracket, takeProfit: { limitPrice: '66.001' } }, 'price_sub_penny'],
  ['an oto with a stop', oto, 'accepted'],
  ['an oto with a profit', { ...oto, stopLoss: undefined, takeProfit: { limitPrice: '70' } }, 'accepted'],
  ['an oto with both', { ...oto, ...exits }, 'oto_needs_one_exit'],
  ['an oto with neither', { ...oto, stopLoss: undefined }, 'oto_needs_one_exit'],
  ['an oco', oco, 'accepted'],
  ['an oco that also has a limit', { ...oco, limitPrice: '66' }, 'accepted'],
  ['an oco without its profit', { ...oco, limitPrice: '66', takeProfit: undefined }, 'take_profit_required'],
  ['an oco without its stop', { ...oco, stopLoss: undefined }, 'stop_loss_required'],
  ['an oco by the market', { ...oco, type: 'market' }, 'order_class_type_not_allowed'],
  ['an oco that buys', { ...oco, side: 'buy' }, 'oco_not_an_exit'],
  ['an oco whose exits are crossed', { ...oco, stopLoss: { stopPrice: '67' } }, 'exit_prices_crossed'],
])('%s: %j is %s', ([, request, outcome]) => {
  expect(outcomeOf(request)).toBe(outcome)
})

test('terms are exact', () => {
  expect(readOrder({ ...share, quantity: '1.5', commission: '0.10' })).toMatchObject({
    terms: {
      amount: { kind: 'quantity', quantityNano: 1_500_000_000n },
      commission: { type: 'notional', rateMinor: 10n },
    },
    orderClass: 'simple',
    exits: [],
  })
  expect(readOrder({ ...share, ...byDollars, commission: '1.5', commissionType: 'bps' }).terms).toMatchObject(
    {
      amount: { kind: 'notional', notionalMinor: 25_00n },
      commission: { type: 'bps', ratePpm: 150n },
    },
  )
  expect(readOrder({ ...trailing, trailPrice: undefined, trailPercent: '2.5' }).terms.trail).toEqual({
    kind: 'percent',
    distancePpm: 25_000,
  })
})

test('the exits of a bracket sell what it buys, and those of an oco are the order itself and its stop', () => {
  const stopLoss = { stopPrice: '57.5', limitPrice: '57' }
  expect(readOrder({ ...bracket, timeInForce: 'gtc', stopLoss }).exits).toMatchObject([
    {
      leg: 'take_profit',
      terms: {
        side: 'sell',
        type: 'limit',
        limitMicro: 66_000_000n,
        stopMicro: undefined,
        timeInForce: 'gtc',
      },
    },
    {
      leg: 'stop_loss',
      terms: { side: 'sell', type: 'stop_limit', limitMicro: 57_000_000n, stopMicro: 57_500_000n },
    },
  ])
  expect(readOrder(oco)).toMatchObject({
    terms: { side: 'sell', type: 'limit', limitMicro: 66_000_000n },
    exits: [{ leg: 'stop_loss', terms: { side: 'sell', type: 'stop', stopMicro: 57_500_000n } }],
  })
})
