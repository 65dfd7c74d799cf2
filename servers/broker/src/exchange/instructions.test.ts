import type { QuantityNano } from '@paddock/money'
import { expect, test } from 'vitest'
import {
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
import type { Market } from '../market/market.ts'
import { rememberRules, type SymbolRules, usualRules } from '../market/symbol-rules.ts'
import type { Order } from '../orders/order.ts'
import { simulatedExchange } from './simulated-exchange.ts'

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
