import { expect, test } from 'vitest'
import { OrderRejected, type OrderRejection } from './order.ts'
import { type OrderRequest, readOrderTerms } from './order-terms.ts'

const share: OrderRequest = { symbol: 'KO', side: 'buy', type: 'market', timeInForce: 'day', quantity: '1' }
const coin: OrderRequest = { ...share, symbol: 'BTC/USD', timeInForce: 'gtc', quantity: '0.01' }
const byDollars = { quantity: undefined, notional: '25' }

function rejectionOf(request: OrderRequest): OrderRejection | 'accepted' {
  try {
    readOrderTerms(request)
    return 'accepted'
  } catch (error) {
    if (error instanceof OrderRejected) return error.code
    throw error
  }
}

test.for<[string, OrderRequest, OrderRejection | 'accepted']>([
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
  ['whole shares until canceled', { ...share, timeInForce: 'gtc' }, 'accepted'],
  ['a fraction until canceled', { ...share, quantity: '1.5', timeInForce: 'gtc' }, 'fractional_not_day'],
  ['dollars until canceled', { ...share, ...byDollars, timeInForce: 'gtc' }, 'fractional_not_day'],
  ['shares at the close', { ...share, timeInForce: 'cls' }, 'time_in_force_not_supported'],
  ['shares at once or never', { ...share, timeInForce: 'ioc' }, 'time_in_force_not_supported'],
  ['coins until canceled', coin, 'accepted'],
  ['coins at once or never', { ...coin, timeInForce: 'ioc' }, 'accepted'],
  ['coins for the day', { ...coin, timeInForce: 'day' }, 'time_in_force_not_for_crypto'],
  ['coins for dollars', { ...coin, ...byDollars }, 'accepted'],
  ['a pair without its slash', { ...coin, symbol: 'BTCUSD' }, 'accepted'],
  ['an unknown symbol', { ...share, symbol: 'NOPE' }, 'asset_not_for_orders'],
  ['a delisted share', { ...share, symbol: 'TWTR' }, 'asset_not_active'],
  ['buying what may only be sold', { ...share, symbol: 'FNMA' }, 'asset_not_tradable'],
  ['selling what may only be sold', { ...share, symbol: 'FNMA', side: 'sell' }, 'accepted'],
  ['a whole share that has no fractions', { ...share, symbol: 'BRK.A' }, 'accepted'],
  ['a fraction of it', { ...share, symbol: 'BRK.A', quantity: '0.5' }, 'asset_not_fractionable'],
  ['dollars of it', { ...share, symbol: 'BRK.A', ...byDollars }, 'asset_not_fractionable'],
  ['a limit order', { ...share, type: 'limit', hasPrices: true }, 'order_type_not_supported'],
  ['a market order with a price', { ...share, hasPrices: true }, 'price_not_for_market_orders'],
  ['a bracket', { ...share, orderClass: 'bracket' }, 'order_class_not_supported'],
  ['a simple order, spelled out', { ...share, orderClass: 'simple' }, 'accepted'],
  ['extended hours', { ...share, extendedHours: true }, 'extended_hours_not_supported'],
  ['a commission', { ...share, commission: '1.25' }, 'accepted'],
  ['a commission of half a cent', { ...share, commission: '0.005' }, 'commission_not_exact'],
  ['a negative commission', { ...share, commission: '-1' }, 'commission_negative'],
  [
    'a commission by share',
    { ...share, commission: '1', commissionType: 'qty' },
    'commission_type_not_supported',
  ],
  ['the intent that it has', { ...share, positionIntent: 'buy_to_open' }, 'accepted'],
  ['another intent', { ...share, positionIntent: 'sell_to_open' }, 'intent_mismatch'],
])('%s: %j is %s', ([, request, answer]) => {
  expect(rejectionOf(request)).toBe(answer)
})

test('terms are exact', () => {
  expect(readOrderTerms({ ...share, quantity: '1.5', commission: '0.10' })).toMatchObject({
    amount: { kind: 'quantity', quantityNano: 1_500_000_000n },
    commissionMinor: 10n,
  })
  expect(readOrderTerms({ ...share, ...byDollars })).toMatchObject({
    amount: { kind: 'notional', notionalMinor: 25_00n },
  })
})
