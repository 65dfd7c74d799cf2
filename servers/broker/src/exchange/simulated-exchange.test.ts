import type { PriceMicro } from '@paddock/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  after,
  at,
  coin,
  dollars,
  FRIDAY_NOON,
  HOUR_LATER,
  marketOf,
  NOON_SECOND,
  orderOf,
  quoteIn,
  SHARE,
  shares,
  spy,
  work,
} from '../../test/venue-orders.ts'
import { getAsset } from '../assets/asset.ts'
import { barsBetween } from '../market/bars.ts'
import { tapeLineOf } from '../market/last-trade.ts'
import { followTrailingStop } from '../market/price-scan.ts'
import { instantOfSecond, secondOf } from '../market/quote.ts'
import { type Order, stopOf } from '../orders/order.ts'
import { simulatedExchange } from './simulated-exchange.ts'

test('a market order takes the size that is shown, second by second, at the price of each', () => {
  const market = marketOf()
  const { told, look } = work(
    simulatedExchange(market),
    orderOf(market, { amount: shares(5_000n) }),
    HOUR_LATER,
  )
  expect(look?.isComplete).toBe(true)
  expect(told.length).toBeGreaterThan(2)
  expect(told.reduce((sum, { quantityNano }) => sum + quantityNano, 0n)).toBe(5_000n * SHARE)
  for (const [index, { second, quantityNano, priceMicro }] of told.entries()) {
    const quote = quoteIn(market, spy, NOON_SECOND + index)
    expect(second).toBe(NOON_SECOND + index)
    expect(priceMicro).toBe(quote.askMicro)
    const { askSizeNano } = tapeLineOf(market, spy, quote)
    if (index < told.length - 1) expect(quantityNano).toBe(askSizeNano)
    else expect(quantityNano <= askSizeNano).toBe(true)
  }
})

test('a buy by dollars is complete when they are spent, not when a size is', () => {
  const market = marketOf()
  const order = orderOf(market, { asset: coin, timeInForce: 'gtc', amount: dollars(20_000_00n) })
  const look = simulatedExchange(market).look(order, FRIDAY_NOON)
  expect(look).toMatchObject({ isComplete: false, nextLookAt: FRIDAY_NOON.add({ seconds: 1 }) })
  const small = simulatedExchange(market).look(orderOf(market, { amount: dollars(100_00n) }), FRIDAY_NOON)
  expect(small).toMatchObject({ isComplete: true, executions: [{ quantityNano: expect.any(BigInt) }] })
})

test('a limit order rests until a bar shows that its price was reached, and fills in that second', () => {
  const anyDistance = fc.integer({ min: 1, max: 12_000 })
  const anySide = fc.constantFrom('buy', 'sell' as const)
  fc.assert(
    fc.property(fc.string(), anySide, anyDistance, (seed, side, ppm) => {
      const market = marketOf('always', seed)
      const { lastMicro } = quoteIn(market, spy, NOON_SECOND)
      const away = (lastMicro * BigInt(ppm)) / 1_000_000n
      const limitMicro = (side === 'buy' ? lastMicro - away : lastMicro + away) as PriceMicro
      const order = orderOf(market, { side, type: 'limit', limitMicro, timeInForce: 'gtc' })
      const until = FRIDAY_NOON.add({ hours: 6 })
      const [first] = work(simulatedExchange(market), order, until).told
      const reached = [
        ...barsBetween(
          market,
          spy,
          { timeframe: '1Min', from: FRIDAY_NOON, to: until.subtract({ minutes: 1 }), direction: 'asc' },
          until,
        ),
      ].find(({ lowMicro, highMicro }) => (side === 'buy' ? lowMicro <= limitMicro : highMicro >= limitMicro))
      if (reached === undefined) {
        if (first !== undefined) expect(first.second).toBe(secondOf(until))
        return
      }
      // A bar's last second is the first of the next.
      const minute = secondOf(reached.label)
      expect(first?.second).toBeGreaterThanOrEqual(minute)
      expect(first?.second).toBeLessThanOrEqual(minute + 60)
      const quote = quoteIn(market, spy, first?.second ?? 0)
      expect(side === 'buy' ? quote.lastMicro <= limitMicro : quote.lastMicro >= limitMicro).toBe(true)
      const offered = side === 'buy' ? quote.askMicro : quote.bidMicro
      const isBetter = side === 'buy' ? offered < limitMicro : offered > limitMicro
      expect(first?.priceMicro).toBe(isBetter ? offered : limitMicro)
    }),
    { numRuns: 60 },
  )
})

test('looking late finds the same executions as looking in time', () => {
  const market = marketOf()
  const { lastMicro } = quoteIn(market, spy, NOON_SECOND)
  const limitMicro = (lastMicro - 1_000_000n) as PriceMicro
  const order = orderOf(market, { type: 'limit', limitMicro, amount: shares(3_000n), timeInForce: 'gtc' })
  const venue = simulatedExchange(market)
  const inTime = work(venue, order, FRIDAY_NOON.add({ hours: 48 }))
  const done = instantOfSecond(inTime.told.at(-1)?.second ?? 0)
  const late = venue.look(order, done)
  expect(inTime.told.length).toBeGreaterThan(1)
  expect(late.isComplete).toBe(true)
  expect(late.executions).toEqual(inTime.told.map(({ second: _, ...execution }) => execution))
})

test.for([
  { timeInForce: 'ioc', count: 5_000n, executed: 'a part', ending: 'canceled' },
  { timeInForce: 'fok', count: 5_000n, executed: 'nothing', ending: 'canceled' },
  { timeInForce: 'ioc', count: 5n, executed: 'all', ending: undefined },
  { timeInForce: 'fok', count: 5n, executed: 'all', ending: undefined },
] as const)(
  '$timeInForce for $count shares executes $executed at once',
  ({ timeInForce, count, executed, ending }) => {
    const market = marketOf()
    const look = simulatedExchange(market).look(
      orderOf(market, { timeInForce, amount: shares(count) }),
      FRIDAY_NOON,
    )
    expect(look.ending).toBe(ending)
    expect(look.isComplete).toBe(executed === 'all')
    expect(look.executions.length).toBe(executed === 'nothing' ? 0 : 1)
  },
)

test('a stop is reached by the last price, and then trades as a market or a limit order does', () => {
  const market = marketOf()
  const venue = simulatedExchange(market)
  const { lastMicro } = quoteIn(market, spy, NOON_SECOND)
  const stopMicro = (lastMicro - 500_000n) as PriceMicro
  const stop = orderOf(market, { side: 'sell', type: 'stop', stopMicro, timeInForce: 'gtc' })
  const { told, look } = work(venue, stop, FRIDAY_NOON.add({ hours: 72 }))
  const second = told[0]?.second ?? 0
  expect(look).toMatchObject({ isTriggered: true, isComplete: true })
  expect(quoteIn(market, spy, second).lastMicro).toBeLessThanOrEqual(stopMicro)
  expect(quoteIn(market, spy, second - 1).lastMicro).toBeGreaterThan(stopMicro)
  expect(told[0]?.priceMicro).toBe(quoteIn(market, spy, second).bidMicro)

  const limitMicro = (stopMicro + 700_000n) as PriceMicro
  const limited = work(venue, { ...stop, type: 'stop_limit', limitMicro }, FRIDAY_NOON.add({ hours: 72 }))
  expect(limited.order.triggeredAt).toEqual(instantOfSecond(second))
  expect(limited.told[0]?.second).toBeGreaterThan(second)
  expect(limited.told[0]?.priceMicro).toBeGreaterThanOrEqual(limitMicro)
})

test('a trailing stop is reached in the second that follows from every price before, also when somebody asks in between', () => {
  const anyDistance = fc.integer({ min: 20, max: 4_000 })
  const anySide = fc.constantFrom('buy', 'sell' as const)
  fc.assert(
    fc.property(fc.string(), anyDistance, anySide, fc.nat(), (seed, distancePpm, side, when) => {
      const market = marketOf('always', seed)
      const venue = simulatedExchange(market)
      const order = orderOf(market, {
        side,
        type: 'trailing_stop',
        timeInForce: 'gtc',
        trail: { kind: 'percent', distancePpm },
      })
      const until = FRIDAY_NOON.add({ hours: 24 })
      const bestMicro = quoteIn(market, spy, NOON_SECOND).lastMicro
      const stopFor = (best: PriceMicro) => stopOf({ ...order, bestMicro: best }) ?? best
      const day = { fromSecond: NOON_SECOND, toSecond: secondOf(until) }
      const { stoppedSecond } = followTrailingStop(market, spy, day, { side, bestMicro, stopFor })
      const straight = work(venue, order, until)
      expect(straight.told[0]?.second).toBe(stoppedSecond)
      if (stoppedSecond === undefined || stoppedSecond === NOON_SECOND) return

      const asked = instantOfSecond(NOON_SECOND + (when % (stoppedSecond - NOON_SECOND)))
      const first = after(order, venue.look(order, FRIDAY_NOON), FRIDAY_NOON)
      const interrupted = after(first, venue.look({ ...first, lookAt: asked }, asked), asked)
      expect(work(venue, interrupted, until).told).toEqual(straight.told)
    }),
  )
})

test.for([
  { timeInForce: 'opg', hours: 'exchange', given: '2026-11-20T17:00:00Z', auction: '2026-11-23T14:30:00Z' },
  { timeInForce: 'cls', hours: 'exchange', given: '2026-11-26T17:00:00Z', auction: '2026-11-27T18:00:00Z' },
  { timeInForce: 'opg', hours: 'always', given: '2026-11-20T17:00:00Z', auction: '2026-11-21T14:30:00Z' },
  { timeInForce: 'cls', hours: 'always', given: '2026-11-20T17:00:00Z', auction: '2026-11-20T21:00:00Z' },
] as const)('$timeInForce with hours $hours executes whole at the official price of $auction', (row) => {
  const market = marketOf(row.hours)
  const venue = simulatedExchange(market)
  const order = orderOf(market, { timeInForce: row.timeInForce, amount: shares(9_000n) }, at(row.given))
  expect(order.lookAt).toEqual(at(row.auction))
  expect(venue.look(order, at(row.given))).toMatchObject({ executions: [], nextLookAt: at(row.auction) })
  const { lastMicro } = quoteIn(market, spy, secondOf(at(row.auction)))
  const whole = { quantityNano: 9_000n * SHARE, priceMicro: lastMicro }
  expect(venue.look(order, at(row.auction))).toMatchObject({ executions: [whole], isComplete: true })
  const tooLow: Order = { ...order, type: 'limit', limitMicro: (lastMicro - 10_000n) as PriceMicro }
  expect(venue.look(tooLow, at(row.auction))).toMatchObject({ executions: [], ending: 'canceled' })
})

test('outside regular hours only an order for extended hours executes, and nothing at an order’s expiry', () => {
  const market = marketOf('exchange')
  const venue = simulatedExchange(market)
  const evening = at('2026-11-20T22:00:00Z')
  const limitMicro = 10_000_000_000n as PriceMicro
  const limit = { type: 'limit', limitMicro, timeInForce: 'gtc' } as const
  const extended = orderOf(market, { ...limit, extendedHours: true }, evening)
  expect(venue.look(extended, evening).isComplete).toBe(true)
  const regular = orderOf(market, { ...limit, lookAt: evening }, evening)
  expect(venue.look(regular, evening)).toMatchObject({
    executions: [],
    nextLookAt: at('2026-11-23T14:30:00Z'),
  })
  const atAnyTime = marketOf()
  const over = orderOf(atAnyTime, { ...limit, lookAt: evening, expiresAt: evening }, FRIDAY_NOON)
  expect(simulatedExchange(atAnyTime).look(over, evening).executions).toEqual([])
})

test('a resting order is looked at again when a split comes, whatever its price does after it', () => {
  const market = marketOf()
  const goldman = getAsset('GS')
  const limitMicro = (quoteIn(market, goldman, NOON_SECOND).lastMicro / 3n) as PriceMicro
  const order = orderOf(market, { asset: goldman, type: 'limit', limitMicro, timeInForce: 'gtc' })
  expect(simulatedExchange(market).look(order, FRIDAY_NOON)).toMatchObject({
    executions: [],
    nextLookAt: at('2026-12-14T05:00:00Z'),
  })
})
