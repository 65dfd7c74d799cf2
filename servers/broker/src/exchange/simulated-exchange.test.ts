import type { PriceMicro, QuantityNano, UsdMinor } from '@paddock/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccountId } from '../accounts/account.ts'
import { type Asset, getAsset } from '../assets/asset.ts'
import { barsBetween } from '../market/bars.ts'
import { tapeLineOf } from '../market/last-trade.ts'
import type { Market } from '../market/market.ts'
import { followTrailingStop } from '../market/price-scan.ts'
import { instantOfSecond, quoteAt, secondOf } from '../market/quote.ts'
import { rememberRules, type SymbolRules, usualRules } from '../market/symbol-rules.ts'
import { type Order, type OrderId, stopOf } from '../orders/order.ts'
import type { ExecutionVenue, Look } from './execution-venue.ts'
import { simulatedExchange } from './simulated-exchange.ts'

const at = (text: string) => Temporal.Instant.from(text)
const FRIDAY_NOON = at('2026-11-20T17:00:00Z')
const NOON_SECOND = secondOf(FRIDAY_NOON)
const SHARE = 1_000_000_000n
const spy = getAsset('SPY')
const coin = getAsset('BTC/USD')

const marketOf = (marketHours: Market['marketHours'] = 'always', seed = 'venue-tests'): Market => ({
  seed,
  marketHours,
})
const shares = (count: bigint) =>
  ({ kind: 'quantity', quantityNano: (count * SHARE) as QuantityNano }) as const
const dollars = (minor: bigint) => ({ kind: 'notional', notionalMinor: minor as UsdMinor }) as const

function orderOf(market: Market, change: Partial<Order>, given = FRIDAY_NOON): Order {
  const venue = simulatedExchange(market)
  const order: Order = {
    asset: spy,
    side: 'buy',
    type: 'market',
    timeInForce: 'day',
    amount: shares(1n),
    limitMicro: undefined,
    stopMicro: undefined,
    trail: undefined,
    extendedHours: false,
    commission: { type: 'notional', rateMinor: 0n as UsdMinor },
    id: 'order' as OrderId,
    accountId: 'account' as AccountId,
    clientOrderId: 'mine',
    subtag: undefined,
    source: undefined,
    instructions: undefined,
    orderClass: 'simple',
    parentId: undefined,
    leg: undefined,
    replaces: undefined,
    replacedBy: undefined,
    status: 'new',
    hold: undefined,
    holdPriceMicro: undefined,
    holdNumber: 0,
    fillCount: 0,
    filledQuantityNano: 0n as QuantityNano,
    filledValue: 0n,
    filledMinor: 0n as UsdMinor,
    commissionChargedMinor: 0n as UsdMinor,
    bestMicro: undefined,
    triggeredAt: undefined,
    lookAt: given,
    submittedAt: given,
    expiresAt: undefined,
    filledAt: undefined,
    cancelRequestedAt: undefined,
    canceledAt: undefined,
    expiredAt: undefined,
    replacedAt: undefined,
    failedAt: undefined,
    updatedAt: given,
    ...change,
  }
  return {
    ...order,
    lookAt: change.lookAt ?? venue.comesToMarket(order, given),
    expiresAt: change.expiresAt ?? venue.expiresAt(order, given),
    bestMicro:
      change.bestMicro ?? (order.trail === undefined ? undefined : venue.quote(order.asset, given).lastMicro),
  }
}

/** What the engine makes of a look, as far as the venue needs it. */
function after(
  order: Order,
  { executions, bestMicro, isTriggered, nextLookAt }: Look,
  now: Temporal.Instant,
): Order {
  const quantityNano = executions.reduce((sum, { quantityNano: part }) => sum + part, 0n)
  return {
    ...order,
    fillCount: order.fillCount + executions.length,
    filledQuantityNano: (order.filledQuantityNano + quantityNano) as QuantityNano,
    bestMicro,
    triggeredAt: order.triggeredAt ?? (isTriggered ? now : undefined),
    lookAt: nextLookAt,
    updatedAt: now,
  }
}

type Told = { readonly second: number; readonly quantityNano: bigint; readonly priceMicro: bigint }

/** Looks whenever the venue says so, until the order is done or nothing comes by `until`. */
function work(venue: ExecutionVenue, given: Order, until: Temporal.Instant) {
  let order = given
  const told: Told[] = []
  while (order.lookAt !== undefined && Temporal.Instant.compare(order.lookAt, until) <= 0) {
    const now = order.lookAt
    const look = venue.look(order, now)
    told.push(...look.executions.map((execution) => ({ second: secondOf(now), ...execution })))
    if (look.isComplete || look.ending !== undefined) return { told, order, look }
    order = after(order, look, now)
  }
  return { told, order, look: undefined }
}

const quoteIn = (market: Market, asset: Asset, second: number) =>
  quoteAt(market, asset, instantOfSecond(second))
const HOUR_LATER = FRIDAY_NOON.add({ hours: 1 })

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

function marketWhere(rules: Partial<SymbolRules>): Market {
  const market = marketOf()
  rememberRules(market, 'SPY', { ...usualRules, fromSecond: NOON_SECOND, ...rules })
  return market
}

test('while trading is halted nothing executes and nobody needs to look; then it goes on', () => {
  const market = marketWhere({ isHalted: true })
  const venue = simulatedExchange(market)
  const order = orderOf(market, {})
  expect(venue.isHalted(spy, FRIDAY_NOON)).toBe(true)
  expect(venue.look(order, FRIDAY_NOON)).toMatchObject({ executions: [], nextLookAt: undefined })
  rememberRules(market, 'SPY', { ...usualRules, fromSecond: NOON_SECOND + 60 })
  const resumed = FRIDAY_NOON.add({ minutes: 1 })
  expect(venue.look(order, resumed)).toMatchObject({ isComplete: true })
  expect(venue.look(order, resumed).executions[0]?.priceMicro).toBe(
    quoteIn(market, spy, NOON_SECOND + 60).askMicro,
  )
})

test.for([
  { clientOrderId: 'sim-never-fill-1', look: { executions: [], nextLookAt: undefined, ending: undefined } },
  { clientOrderId: 'sim-reject', look: { executions: [], ending: 'rejected' } },
  {
    clientOrderId: 'sim-partial-3-x',
    look: { executions: [{ quantityNano: 3n * SHARE }], isComplete: false, nextLookAt: undefined },
  },
  {
    clientOrderId: 'sim-partial-50',
    look: { executions: [{ quantityNano: 10n * SHARE }], isComplete: true },
  },
  { clientOrderId: 'sim-rejected-by-me', look: { isComplete: true, ending: undefined } },
] as const)(
  'an order for ten shares named $clientOrderId gets what its name asks for',
  ({ clientOrderId, look }) => {
    const market = marketOf()
    expect(
      simulatedExchange(market).look(orderOf(market, { clientOrderId, amount: shares(10n) }), FRIDAY_NOON),
    ).toMatchObject(look)
  },
)

test('a name can ask for a worse price; a limit is kept all the same', () => {
  const market = marketOf()
  const venue = simulatedExchange(market)
  const { askMicro } = quoteIn(market, spy, NOON_SECOND)
  const slipped = venue.look(orderOf(market, { clientOrderId: 'sim-slip-100-a' }), FRIDAY_NOON)
  const priceMicro = slipped.executions[0]?.priceMicro ?? 0n
  expect(priceMicro * 100n).toBeGreaterThan(askMicro * 100n + (askMicro * 99n) / 100n)
  const limit = { clientOrderId: 'sim-slip-100-b', type: 'limit', limitMicro: askMicro } as const
  expect(venue.look(orderOf(market, limit), FRIDAY_NOON).executions[0]?.priceMicro).toBe(askMicro)
})

test('what is set for a symbol counts for its orders that say nothing of themselves', () => {
  const lookIn = (rules: Partial<SymbolRules>, change: Partial<Order> = {}) => {
    const market = marketWhere(rules)
    return simulatedExchange(market).look(orderOf(market, { amount: shares(10n), ...change }), FRIDAY_NOON)
  }
  expect(lookIn({ fillMode: { kind: 'reject' } }).ending).toBe('rejected')
  expect(lookIn({ fillMode: { kind: 'reject' } }, { fillCount: 1 }).ending).toBe('canceled')
  expect(lookIn({ fillMode: { kind: 'never' } })).toMatchObject({ executions: [], nextLookAt: undefined })
  const part = { kind: 'partial', quantityNano: (2n * SHARE) as QuantityNano } as const
  expect(lookIn({ fillMode: part }).executions).toMatchObject([{ quantityNano: 2n * SHARE }])
  expect(lookIn({ fillMode: part }, { clientOrderId: 'sim-never-fill' }).executions).toEqual([])
})

test('the same seed and the same calls give the same fills; another seed gives others', () => {
  const fillsOf = (seed: string) => {
    const market = marketOf('always', seed)
    return work(simulatedExchange(market), orderOf(market, { amount: shares(20_000n) }), HOUR_LATER).told
  }
  expect(fillsOf('a')).toEqual(fillsOf('a'))
  expect(fillsOf('a')).not.toEqual(fillsOf('b'))
})
