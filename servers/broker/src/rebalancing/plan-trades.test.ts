import type { UsdMinor } from '@paddock/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idleCash, planInvestment, planPurchases, planSales, type Sheet, wholeOf } from './plan-trades.ts'
import { type Weight, WHOLE_BP } from './weights.ts'

const SYMBOLS = ['A', 'B', 'C', 'D', 'E']

/** Weights of some of the symbols, and perhaps of cash, that add up to the whole. */
const someWeights = fc
  .tuple(
    fc.subarray([...SYMBOLS, undefined], { minLength: 1 }),
    fc.array(fc.bigInt({ min: 1n, max: 999n }), { minLength: 6, maxLength: 6 }),
  )
  .map(([symbols, shares]): Weight[] => {
    const weights = symbols.map((symbol, index) => ({ symbol, shareBp: shares[index] ?? 1n }))
    const sum = weights.slice(1).reduce((total, { shareBp }) => total + shareBp, 0n)
    return weights.map((weight, index) => (index === 0 ? { ...weight, shareBp: WHOLE_BP - sum } : weight))
  })

const someSheet = fc
  .tuple(
    fc.bigInt({ min: 0n, max: 10n ** 12n }),
    fc.dictionary(fc.constantFrom(...SYMBOLS, 'Z'), fc.bigInt({ min: 0n, max: 10n ** 12n })),
  )
  .map(
    ([cash, held]): Sheet => ({
      cashMinor: cash as UsdMinor,
      heldMinor: new Map(Object.entries(held)) as Map<string, UsdMinor>,
    }),
  )

const sumOf = (trades: readonly { notionalMinor: UsdMinor }[]) =>
  trades.reduce((sum, { notionalMinor }) => sum + notionalMinor, 0n)

test('no plan buys for more than the idle cash, or sells more than there is', () => {
  fc.assert(
    fc.property(someWeights, someSheet, (weights, sheet) => {
      const idle = idleCash(weights, sheet)
      expect(sumOf(planPurchases(weights, sheet))).toBeLessThanOrEqual(idle)
      expect(sumOf(planInvestment(weights, sheet))).toBeLessThanOrEqual(idle)
      for (const { symbol, notionalMinor } of planSales(weights, sheet)) {
        expect(notionalMinor).toBeGreaterThan(0n)
        expect(notionalMinor).toBeLessThanOrEqual(sheet.heldMinor.get(symbol) ?? 0n)
      }
    }),
  )
})

test('sales and then purchases, at prices that stand still, end at the weights to the cent', () => {
  fc.assert(
    fc.property(someWeights, someSheet, (weights, sheet) => {
      const sales = planSales(weights, sheet)
      const sold = new Map(sheet.heldMinor)
      for (const { symbol, notionalMinor } of sales) {
        sold.set(symbol, ((sold.get(symbol) ?? 0n) - notionalMinor) as UsdMinor)
      }
      const between: Sheet = { cashMinor: (sheet.cashMinor + sumOf(sales)) as UsdMinor, heldMinor: sold }
      expect(wholeOf(between)).toBe(wholeOf(sheet))
      const bought = new Map(sold)
      for (const { symbol, notionalMinor } of planPurchases(weights, between)) {
        bought.set(symbol, ((bought.get(symbol) ?? 0n) + notionalMinor) as UsdMinor)
      }
      for (const { symbol, shareBp } of weights) {
        if (symbol === undefined) continue
        const target = (wholeOf(sheet) * shareBp) / WHOLE_BP
        const distance = (bought.get(symbol) ?? 0n) - target
        expect(distance <= 0n && distance >= -1n).toBe(true)
      }
      expect(bought.get('Z') ?? 0n).toBe(0n)
    }),
  )
})
