import fc from 'fast-check'
import { expect, test } from 'vitest'
import { walkPpm } from './random-walk.ts'
import { searchWalks } from './walk-search.ts'

const anyKey = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const anySecond = fc.integer({ min: 1_451_606_400, max: 2_000_000_000 })

test('a search finds the first second at which the walks reach a level, as looking at each second does', () => {
  fc.assert(
    fc.property(
      anyKey,
      anyKey,
      anySecond,
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: -2_000, max: 12_000 }),
      (a, b, fromSecond, length, above) => {
        const valueAt = (second: number) => walkPpm(a, second * 1000) + walkPpm(b, second * 1000)
        const level = valueAt(fromSecond) + above
        const toSecond = fromSecond + length
        let brute: number | undefined
        for (let second = fromSecond; second <= toSecond && brute === undefined; second += 1) {
          if (valueAt(second) >= level) brute = second
        }
        let found: number | undefined
        searchWalks([a, b], {
          fromSecond,
          toSecond,
          order: 'time',
          isWorthLooking: (_lowest, highest) => highest >= level,
          visit: (value, second) => {
            if (value < level) return false
            found = second
            return true
          },
        })
        expect(found).toBe(brute)
      },
    ),
  )
})

test('every second lies within the bounds of each stretch that is looked at around it', () => {
  fc.assert(
    fc.property(anyKey, anyKey, anySecond, (a, b, fromSecond) => {
      const bounds: { lowest: number; highest: number; from: number; to: number }[] = []
      searchWalks([a, b], {
        fromSecond,
        toSecond: fromSecond + 400,
        order: 'time',
        isWorthLooking: (lowest, highest, from, to) => bounds.push({ lowest, highest, from, to }) > 0,
        visit: (value, second) => {
          expect(value).toBe(walkPpm(a, second * 1000) + walkPpm(b, second * 1000))
          for (const { lowest, highest, from, to } of bounds) {
            if (from <= second && second <= to) expect(lowest <= value && value <= highest).toBe(true)
          }
          return false
        },
      })
    }),
    { numRuns: 20 },
  )
})

test('the highest and the lowest second of a day are found by looking at a small part of it', () => {
  let [looks, visits] = [0, 0]
  const days = 50
  for (let day = 0; day < days; day += 1) {
    const fromSecond = 1_637_384_400 + day * 86_400
    for (const [order, sign] of [
      ['high', 1],
      ['low', -1],
    ] as const) {
      let best = Number.NEGATIVE_INFINITY
      searchWalks([11, 12], {
        fromSecond,
        toSecond: fromSecond + 86_400,
        order,
        isWorthLooking(lowest, highest) {
          looks += 1
          return sign * (order === 'high' ? highest : lowest) > best
        },
        visit(value) {
          visits += 1
          best = Math.max(best, sign * value)
          return false
        },
      })
    }
  }
  expect(looks / days).toBeLessThan(1_000)
  expect(visits / days).toBeLessThan(100)
})
