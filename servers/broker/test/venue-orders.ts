import type { QuantityNano, UsdMinor } from '@paddock/money'
import type { AccountId } from '../src/accounts/account.ts'
import { type Asset, getAsset } from '../src/assets/asset.ts'
import type { ExecutionVenue, Look } from '../src/exchange/execution-venue.ts'
import { simulatedExchange } from '../src/exchange/simulated-exchange.ts'
import type { Market } from '../src/market/market.ts'
import { instantOfSecond, quoteAt, secondOf } from '../src/market/quote.ts'
import type { Order, OrderId } from '../src/orders/order.ts'

export const at = (text: string) => Temporal.Instant.from(text)
export const FRIDAY_NOON = at('2026-11-20T17:00:00Z')
export const NOON_SECOND = secondOf(FRIDAY_NOON)
export const SHARE = 1_000_000_000n
export const spy = getAsset('SPY')
export const coin = getAsset('BTC/USD')

export const marketOf = (marketHours: Market['marketHours'] = 'always', seed = 'venue-tests'): Market => ({
  seed,
  marketHours,
})
export const shares = (count: bigint) =>
  ({ kind: 'quantity', quantityNano: (count * SHARE) as QuantityNano }) as const
export const dollars = (minor: bigint) => ({ kind: 'notional', notionalMinor: minor as UsdMinor }) as const

/** An order as the engine would hand it over, for the market and the moment that it is given in. */
export function orderOf(market: Market, change: Partial<Order>, given = FRIDAY_NOON): Order {
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
export function after(
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
export function work(venue: ExecutionVenue, given: Order, until: Temporal.Instant) {
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

export const quoteIn = (market: Market, asset: Asset, second: number) =>
  quoteAt(market, asset, instantOfSecond(second))
export const HOUR_LATER = FRIDAY_NOON.add({ hours: 1 })
