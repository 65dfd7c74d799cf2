import { expect, test } from 'vitest'
import { isAbaRoutingNumber } from './aba.ts'
import { institutions } from './catalog.ts'
import { routingNumbersOf } from './institution.ts'

test.for([
  { text: '011401533', valid: true },
  { text: '021000021', valid: true },
  { text: '011401534', valid: false },
  { text: '110401533', valid: false },
  { text: '131401530', valid: false },
  { text: '000000000', valid: false },
  { text: '01140153', valid: false },
  { text: '0114015330', valid: false },
  { text: '01140153a', valid: false },
  { text: '', valid: false },
])('$text is a routing number: $valid', ({ text, valid }) => {
  expect(isAbaRoutingNumber(text)).toBe(valid)
})

test('changing any one digit of a routing number makes it invalid', () => {
  const good = '011401533'
  for (let place = 0; place < good.length; place += 1) {
    for (const digit of '0123456789') {
      const changed = `${good.slice(0, place)}${digit}${good.slice(place + 1)}`
      if (changed !== good) expect(isAbaRoutingNumber(changed), changed).toBe(false)
    }
  }
})

test('every US bank has routing numbers that pass, no two the same, and no other bank has any', () => {
  const american = institutions.filter(({ countryCode }) => countryCode === 'US')
  const numbers = american.flatMap(routingNumbersOf)
  expect(american.length).toBeGreaterThanOrEqual(10)
  expect(numbers).toHaveLength(american.length * 2)
  expect(new Set(numbers).size).toBe(numbers.length)
  for (const number of numbers) expect(isAbaRoutingNumber(number), number).toBe(true)
  expect(institutions.filter(({ countryCode }) => countryCode !== 'US').flatMap(routingNumbersOf)).toEqual([])
})
