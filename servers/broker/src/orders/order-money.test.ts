import { type PriceMicro, proceedsOfSale, type QuantityNano, type UsdMinor } from '@paddock/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Commission, Order } from './order.ts'
import {
  amountOf,
  collaredUp,
  commissionDue,
  holdOfBuy,
  holdOfSale,
  holdPriceOf,
  quantityToRaise,
} from './order-money.ts'
import { readOrder } from './order-terms.ts'

const price = (micro: bigint) => micro as PriceMicro
const usd = (minor: bigint) => minor as UsdMinor
const nano = (quantity: bigint) => quantity as QuantityNano
const anyPrice = fc.bigInt(1_000n, 1_000_000_000_000n).map(price)
const anyQuantity = fc.bigInt(1n, 10n ** 15n).map(nano)
const anyNotional = fc.bigInt(1_00n, 10n ** 10n).map(usd)

const TEN_SHARES = { kind: 'quantity', quantityNano: nano(10_000_000_000n) } as const
const NO_COMMISSION: Commission = { type: 'notional', rateMinor: usd(0n) }

/** What the money of an order depends on; the rest of it does not matter here. */
function orderOf(amount: Order['amount'], change: Partial<Order> = {}): Order {
  const { terms } = readOrder({
    symbol: 'KO',
    side: 'buy',
    type: 'market',
    timeInForce: 'day',
    quantity: '1',
  })
  const nothing = { filledQuantityNano: nano(0n), filledMinor: usd(0n), commissionChargedMinor: usd(0n) }
  return { ...terms, ...nothing, amount, ...change } as Order
}

test('what has no limit is held at 4 percent more below $50, and at 2.5 percent more from there on', () => {
  expect(collaredUp(price(49_990_000n))).toBe(51_989_600n)
  expect(collaredUp(price(50_000_000n))).toBe(51_250_000n)
  const market = { side: 'buy', limitMicro: undefined, stopMicro: undefined, trail: undefined } as const
  const ask = price(100_000_000n)
  expect(holdPriceOf({ ...market, bestMicro: undefined }, ask)).toBe(102_500_000n)
  expect(holdPriceOf({ ...market, limitMicro: price(99_000_000n), bestMicro: undefined }, ask)).toBe(
    99_000_000n,
  )
  expect(holdPriceOf({ ...market, stopMicro: price(40_000_000n), bestMicro: undefined }, ask)).toBe(
    41_600_000n,
  )
  const trail = { kind: 'percent', distancePpm: 100_000 } as const
  expect(holdPriceOf({ ...market, trail, bestMicro: ask }, ask)).toBe(112_750_000n)
})

test.for<[string, Commission, bigint]>([
  ['none', NO_COMMISSION, 1000_00n],
  ['$1.50 for the order', { type: 'notional', rateMinor: usd(1_50n) }, 1001_50n],
  ['half a cent a share', { type: 'qty', rateMicro: price(5_000n) }, 1000_05n],
  ['a tenth of a percent', { type: 'bps', ratePpm: 1_000n }, 1001_00n],
])('a buy by shares holds its cost and its commission: %s', ([, commission, heldMinor]) => {
  expect(holdOfBuy(orderOf(TEN_SHARES, { commission }), price(100_000_000n))).toBe(heldMinor)
})

test('a buy by dollars holds exactly those and the commission', () => {
  const commission: Commission = { type: 'notional', rateMinor: usd(99n) }
  const order = orderOf({ kind: 'notional', notionalMinor: usd(25_00n) }, { commission })
  expect(holdOfBuy(order, price(61_400_000n))).toBe(25_99n)
})

test('what is left of a buy holds what is left of its cost', () => {
  const filled = { filledQuantityNano: nano(4_000_000_000n), filledMinor: usd(390_00n) }
  expect(holdOfBuy(orderOf(TEN_SHARES, filled), price(100_000_000n))).toBe(600_00n)
})

test('a buy in parts never costs more than it holds, at no worse a price', () => {
  fc.assert(
    fc.property(fc.array(anyQuantity, { minLength: 1, maxLength: 5 }), anyPrice, (parts, priceMicro) => {
      const quantityNano = nano(parts.reduce((sum, part) => sum + part, 0n))
      const heldMinor = holdOfBuy(orderOf({ kind: 'quantity', quantityNano }), priceMicro)
      const costMinor = parts.reduce((sum, part) => sum + amountOf('buy', part, priceMicro), 0n)
      // Each part may be rounded up by less than a cent.
      expect(costMinor - heldMinor).toBeLessThan(BigInt(parts.length))
    }),
  )
})

test('a flat commission is charged by parts, and all of it in the end', () => {
  const order = orderOf(TEN_SHARES, { commission: { type: 'notional', rateMinor: usd(1_00n) } })
  const due = (shares: bigint, isWhole: boolean) =>
    commissionDue(order, { quantityNano: nano(shares * 1_000_000_000n), valueMinor: usd(0n), isWhole })
  expect([due(3n, false), due(9n, false), due(10n, true)]).toEqual([30n, 90n, 1_00n])
})

test('a sale by dollars brings exactly those when a cent buys more than the smallest fraction', () => {
  fc.assert(
    fc.property(anyNotional, anyPrice, (notionalMinor, bid) => {
      const { neededNano, heldNano } = holdOfSale({ kind: 'notional', notionalMinor }, bid, 10n ** 30n)
      expect(heldNano).toBeGreaterThanOrEqual(neededNano)
      expect(neededNano).toBe(quantityToRaise(notionalMinor, bid))
      expect(proceedsOfSale(neededNano, bid)).toBe(notionalMinor)
    }),
  )
})

test('a sale by dollars holds no more than there is', () => {
  const amount = { kind: 'notional', notionalMinor: usd(100_00n) } as const
  expect(holdOfSale(amount, price(100_000_000n), 1_000_000_000n).heldNano).toBe(1_000_000_000n)
})
