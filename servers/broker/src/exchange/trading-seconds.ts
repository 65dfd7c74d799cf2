import { extendedSessionOf, newYorkDate, sessionOf } from '@paddock/calendar'
import type { Market } from '../market/market.ts'
import { pricePaths } from '../market/price-path.ts'
import type { Seconds } from '../market/price-scan.ts'
import { secondOf } from '../market/quote.ts'
import { keepsExchangeHours } from '../market/trading-hours.ts'
import type { OrderTerms } from '../orders/order.ts'

type Hours = Pick<OrderTerms, 'asset' | 'extendedHours'>

/** The seconds within a span at which an order of these terms may execute: its market is open and not halted. */
export function* tradingSeconds(market: Market, terms: Hours, span: Seconds): Generator<Seconds> {
  for (const open of openSeconds(market, terms, span)) {
    for (const { rules, ...path } of pricePaths(market, terms.asset)) {
      const part = overlapOf(open, path)
      if (part !== undefined && !rules.isHalted) yield part
    }
  }
}

function* openSeconds(market: Market, { asset, extendedHours }: Hours, span: Seconds): Generator<Seconds> {
  if (!keepsExchangeHours(market.marketHours, asset.assetClass)) {
    yield span
    return
  }
  let date = newYorkDate(Temporal.Instant.fromEpochMilliseconds(span.fromSecond * 1000))
  for (; ; date = date.add({ days: 1 })) {
    const session = sessionSeconds(date, extendedHours)
    if (session === undefined) continue
    if (session.fromSecond > span.toSecond) return
    const part = overlapOf(session, span)
    if (part !== undefined) yield part
  }
}

const sessions = new Map<string, Seconds | undefined>()

/** A day's session; the second of the close is not in it. Days do not change, so each is worked out once. */
function sessionSeconds(date: Temporal.PlainDate, extendedHours: boolean): Seconds | undefined {
  const key = `${date}|${extendedHours}`
  if (sessions.has(key)) return sessions.get(key)
  const session = extendedHours ? extendedSessionOf(date) : sessionOf(date)
  const seconds = session && { fromSecond: secondOf(session.open), toSecond: secondOf(session.close) - 1 }
  sessions.set(key, seconds)
  return seconds
}

function overlapOf(a: Seconds, b: Seconds): Seconds | undefined {
  const fromSecond = Math.max(a.fromSecond, b.fromSecond)
  const toSecond = Math.min(a.toSecond, b.toSecond)
  return fromSecond > toSecond ? undefined : { fromSecond, toSecond }
}
