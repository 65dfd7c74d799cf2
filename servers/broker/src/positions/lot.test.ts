import type { QuantityNano, UsdMinor } from '@paddock/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccountId } from '../accounts/account.ts'
import { afterTaking, costOf, type Lot, splitLots, takeFromLots } from './lot.ts'
import { readLotChoice } from './lot-choice.ts'

const shares = (nano: bigint) => nano as QuantityNano
const MONDAY = Temporal.Instant.from('2026-11-16T17:00:00Z')

/** A lot of a day of that week: 0 is Monday. */
function lot(id: string, day: number, quantityNano: bigint, costMinor: bigint): Lot {
  return {
    accountId: 'alice' as AccountId,
    id,
    symbol: 'KO',
    acquiredAt: MONDAY.add({ hours: 24 * day }),
    source: { kind: 'fill', id },
    quantityNano: shares(quantityNano),
    costMinor: costMinor as UsdMinor,
    remainingNano: shares(quantityNano),
    remainingMinor: costMinor as UsdMinor,
  }
}

const three = [lot('b', 1, 4n, 40_00n), lot('a', 0, 2n, 24_00n), lot('c', 2, 4n, 44_00n)]
const names = (takings: ReturnType<typeof takeFromLots>) =>
  takings.map(({ lot: { id }, quantityNano, costMinor }) => [id, quantityNano, costMinor])

test('a sale takes the oldest lots first, and of the last one a part of its cost', () => {
  expect(names(takeFromLots(three, shares(3n)))).toEqual([
    ['a', 2n, 24_00n],
    ['b', 1n, 10_00n],
  ])
})

test.for([
  { instructions: 'lots=fifo', taken: ['a', 'b', 'c'] },
  { instructions: 'lots=lifo', taken: ['c', 'b', 'a'] },
  { instructions: 'lots=hifo', taken: ['a', 'c', 'b'] },
  { instructions: 'nothing about them', taken: ['a', 'b', 'c'] },
])('"$instructions" takes $taken', ({ instructions, taken }) => {
  const choice = readLotChoice(instructions)
  expect(takeFromLots(three, shares(10n), choice).map(({ lot: { id } }) => id)).toEqual(taken)
})

test('named lots go first, in the order of their names; the oldest follow when they are used up', () => {
  const choice = { by: 'name', lotIds: ['c', 'nobody', 'b'] } as const
  expect(names(takeFromLots(three, shares(9n), choice))).toEqual([
    ['c', 4n, 44_00n],
    ['b', 4n, 40_00n],
    ['a', 1n, 12_00n],
  ])
})

test('nobody can tell which lots a broken list means', () => {
  for (const text of ['lots=newest', 'lots=', 'lots: a', 'lots=1,2'])
    expect(readLotChoice(text)).toBe(undefined)
})

test('more than the lots have is never taken', () => {
  expect(() => takeFromLots(three, shares(11n))).toThrow('more was sold than lots were read')
})

const someLots = fc
  .array(fc.tuple(fc.bigInt(1n, 10n ** 12n), fc.bigInt(0n, 10n ** 9n)), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.map(([nano, minor], index) => lot(`lot ${index}`, index, nano, minor)))
const sum = (numbers: readonly bigint[]) => numbers.reduce((total, number) => total + number, 0n)

test('whatever is taken, in any order and in any parts, takes exactly the whole cost in the end', () => {
  const choice = fc.constantFrom('fifo' as const, 'lifo' as const, 'hifo' as const)
  const parts = fc.array(fc.tuple(fc.bigInt(1n, 10n ** 12n), choice), { maxLength: 12 })
  fc.assert(
    fc.property(someLots, parts, (lots, sales) => {
      let open: readonly Lot[] = lots
      let takenMinor = 0n
      const held = () => sum(open.map(({ remainingNano }) => remainingNano))
      const sell = (nano: bigint, by: 'fifo' | 'lifo' | 'hifo') => {
        const takings = takeFromLots(open, shares(nano), { by })
        takenMinor += costOf(takings)
        const left = new Map(takings.map((taking) => [taking.lot.id, afterTaking(taking)]))
        open = open.map((one) => left.get(one.id) ?? one)
        expect(open.every(({ remainingMinor }) => remainingMinor >= 0n)).toBe(true)
      }
      for (const [nano, by] of sales) if (nano <= held()) sell(nano, by)
      if (held() > 0n) sell(held(), 'fifo')
      expect(takenMinor).toBe(sum(lots.map(({ costMinor }) => costMinor)))
    }),
  )
})

test('a split gives the lots together exactly the new shares and leaves every cent of their cost', () => {
  const rate = fc.bigInt(1n, 10_000n)
  fc.assert(
    fc.property(someLots, rate, rate, (lots, oldRate, newRate) => {
      const heldNano = sum(lots.map(({ remainingNano }) => remainingNano))
      const newNano = (heldNano * newRate) / oldRate
      const split = splitLots(lots, shares(heldNano), shares(newNano))
      expect(sum(split.map(({ remainingNano }) => remainingNano))).toBe(newNano)
      expect(sum(split.map(({ remainingMinor }) => remainingMinor))).toBe(
        sum(lots.map(({ remainingMinor }) => remainingMinor)),
      )
      for (const one of split) {
        expect(one.remainingNano <= one.quantityNano && one.remainingMinor <= one.costMinor).toBe(true)
        // Cost stays with shares, as long as there are any.
        if (newNano > 0n && one.remainingNano === 0n) expect(one.remainingMinor).toBe(0n)
      }
    }),
  )
})
