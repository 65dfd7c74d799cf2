import { costToBuy, type PriceMicro, proceedsOfSale, type QuantityNano, type UsdMinor } from '@paddock/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OrderTerms } from './order.ts'
import { executeBuy, executeSale, holdOfBuy, holdOfSale } from './order-money.ts'
import { readOrderTerms } from './order-terms.ts'

const price = (micro: bigint) => micro as PriceMicro
const anyPrice = fc.bigInt(1_000n, 1_000_000_000_000n).map(price)
const anyQuantity = fc.bigInt(1n, 10n ** 15n).map((nano) => nano as QuantityNano)
const anyNotional = fc.bigInt(1_00n, 10n ** 10n).map((minor) => minor as UsdMinor)

function terms(side: 'buy' | 'sell', amount: OrderTerms['amount'], commissionMinor = 0n): OrderTerms {
  const base = readOrderTerms({ symbol: 'KO', side, type: 'market', timeInForce: 'day', quantity: '1' })
  return { ...base, amount, commissionMinor: commissionMinor as UsdMinor }
}

test('a buy by shares holds its cost at the ask, 2.5 percent and the commission', () => {
  const amount = { kind: 'quantity', quantityNano: 10_000_000_000n as QuantityNano } as const
  expect(holdOfBuy(terms('buy', amount), price(100_000_000n))).toBe(1025_00n)
  expect(holdOfBuy(terms('buy', amount, 1_50n), price(100_000_000n))).toBe(1026_50n)
})

test('a buy by dollars holds exactly those and the commission', () => {
  const amount = { kind: 'notional', notionalMinor: 25_00n as UsdMinor } as const
  expect(holdOfBuy(terms('buy', amount, 99n), price(61_400_000n))).toBe(25_99n)
})

test('a buy never costs more than it holds while the ask stays within the collar', () => {
  fc.assert(
    fc.property(anyQuantity, anyPrice, fc.integer({ min: 0, max: 1025 }), (quantityNano, ask, perMille) => {
      const order = terms('buy', { kind: 'quantity', quantityNano })
      const later = price((ask * BigInt(perMille)) / 1_000n + 1n)
      fc.pre(later <= (ask * 1025n) / 1_000n)
      expect(executeBuy(order, later).amountMinor).toBeLessThanOrEqual(holdOfBuy(order, ask))
    }),
  )
})

test('a buy by dollars gets as many shares as those pay for, and never costs more', () => {
  fc.assert(
    fc.property(anyNotional, anyPrice, (notionalMinor, ask) => {
      const { quantityNano, amountMinor } = executeBuy(terms('buy', { kind: 'notional', notionalMinor }), ask)
      expect(amountMinor).toBeLessThanOrEqual(notionalMinor)
      expect(costToBuy((quantityNano + 1n) as QuantityNano, ask)).toBeGreaterThan(notionalMinor - 1n)
    }),
  )
})

test('a sale by dollars brings exactly those when a cent buys more than the smallest fraction', () => {
  fc.assert(
    fc.property(anyNotional, anyPrice, (notionalMinor, bid) => {
      const order = terms('sell', { kind: 'notional', notionalMinor })
      const { neededNano, heldNano } = holdOfSale(order.amount, bid, 10n ** 30n)
      expect(heldNano).toBeGreaterThanOrEqual(neededNano)
      expect(executeSale(order, bid, heldNano).amountMinor).toBe(notionalMinor)
    }),
  )
})

test('a sale by dollars sells no more than was held for it when the price has fallen far', () => {
  const order = terms('sell', { kind: 'notional', notionalMinor: 100_00n as UsdMinor })
  const { heldNano } = holdOfSale(order.amount, price(100_000_000n), 1_000_000_000n)
  expect(heldNano).toBe(1_000_000_000n)
  const sold = executeSale(order, price(50_000_000n), heldNano)
  expect(sold).toMatchObject({ quantityNano: 1_000_000_000n, amountMinor: 50_00n })
})

test('the commission of a sale never exceeds what it brings', () => {
  const quantityNano = 1n as QuantityNano
  const order = terms('sell', { kind: 'quantity', quantityNano }, 5_00n)
  expect(proceedsOfSale(quantityNano, price(61_400_000n))).toBe(0n)
  expect(executeSale(order, price(61_400_000n), quantityNano)).toMatchObject({
    amountMinor: 0n,
    commissionMinor: 0n,
  })
})
