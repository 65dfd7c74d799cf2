import { expect, test } from 'vitest'
import { at, coin, marketOf, orderOf } from '../../test/venue-orders.ts'

test.for([
  {
    what: 'day in the session',
    hours: 'exchange',
    given: '2026-11-20T17:00:00Z',
    comes: '2026-11-20T17:00:00Z',
    ends: '2026-11-20T21:00:00Z',
  },
  {
    what: 'day after it',
    hours: 'exchange',
    given: '2026-11-20T22:00:00Z',
    comes: '2026-11-23T14:30:00Z',
    ends: '2026-11-23T21:00:00Z',
  },
  {
    what: 'day before a holiday',
    hours: 'exchange',
    given: '2026-11-25T21:00:00Z',
    comes: '2026-11-27T14:30:00Z',
    ends: '2026-11-27T18:00:00Z',
  },
  {
    what: 'extended after the session',
    hours: 'exchange',
    given: '2026-11-20T22:00:00Z',
    extended: true,
    comes: '2026-11-20T22:00:00Z',
    ends: '2026-11-21T01:00:00Z',
  },
  {
    what: 'extended at night',
    hours: 'exchange',
    given: '2026-11-21T02:00:00Z',
    extended: true,
    comes: '2026-11-23T09:00:00Z',
    ends: '2026-11-24T01:00:00Z',
  },
  {
    what: 'gtc',
    hours: 'exchange',
    given: '2026-11-20T17:00:00Z',
    tif: 'gtc',
    comes: '2026-11-20T17:00:00Z',
    ends: '2027-02-18T21:15:00Z',
  },
  {
    what: 'day around the clock',
    hours: 'always',
    given: '2026-11-21T17:00:00Z',
    comes: '2026-11-21T17:00:00Z',
    ends: '2026-11-23T21:00:00Z',
  },
] as const)('an order for the $what comes to the market at $comes and ends at $ends', (row) => {
  const { extended = false, tif = 'day' } = row as { extended?: boolean; tif?: 'day' | 'gtc' }
  const order = orderOf(marketOf(row.hours), { extendedHours: extended, timeInForce: tif }, at(row.given))
  expect(order.lookAt?.toString()).toBe(row.comes)
  expect(order.expiresAt?.toString()).toBe(row.ends)
})

test('crypto orders stay for ever, and those of the moment end by themselves', () => {
  expect(orderOf(marketOf('exchange'), { asset: coin, timeInForce: 'gtc' }).expiresAt).toBeUndefined()
  expect(orderOf(marketOf('exchange'), { timeInForce: 'ioc' }).expiresAt).toBeUndefined()
})
