import {
  currentOrNextSession,
  extendedSessionOf,
  newYorkDate,
  newYorkInstant,
  type Session,
  sessionOf,
} from '@paddock/calendar'
import type { MarketHours } from '../config.ts'
import { keepsExchangeHours } from '../market/trading-hours.ts'
import type { OrderTerms } from '../orders/order.ts'

const GTC_DAYS = 90
const GTC_EXPIRY = Temporal.PlainTime.from('16:15')
const OPEN = Temporal.PlainTime.from('09:30')
const CLOSE = Temporal.PlainTime.from('16:00')

/** When an order given at `at` comes to the market (contracts/alpaca/venue.md §2). */
export function comesToMarketAt(
  hours: MarketHours,
  terms: OrderTerms,
  at: Temporal.Instant,
): Temporal.Instant {
  if (isForAuction(terms)) return nextAuction(hours, terms, at)
  if (!keepsExchangeHours(hours, terms.asset.assetClass)) return at
  const { open } = sessionFor(terms, at)
  return Temporal.Instant.compare(open, at) > 0 ? open : at
}

/**
 * When an order given at `at` is over: at its auction, at the end of the session, or 90 days on. Crypto orders stay,
 * and what is for the moment ends by itself.
 */
export function expiryOf(
  hours: MarketHours,
  terms: OrderTerms,
  at: Temporal.Instant,
): Temporal.Instant | undefined {
  const { asset, timeInForce } = terms
  if (asset.assetClass === 'crypto' || timeInForce === 'ioc' || timeInForce === 'fok') return undefined
  if (isForAuction(terms)) return nextAuction(hours, terms, at)
  if (timeInForce === 'day') return sessionFor(terms, at).close
  return newYorkInstant(newYorkDate(at).add({ days: GTC_DAYS }), GTC_EXPIRY)
}

export const isForAuction = ({ timeInForce }: Pick<OrderTerms, 'timeInForce'>): boolean =>
  timeInForce === 'opg' || timeInForce === 'cls'

const lastSessions = new Map<boolean, { readonly since: Temporal.Instant; readonly session: Session }>()

/** The session that an order of these terms can trade in, running at `at` or next. Until its end the answer is the same. */
function sessionFor({ extendedHours }: OrderTerms, at: Temporal.Instant): Session {
  const last = lastSessions.get(extendedHours)
  if (last !== undefined && isBetween(at, last.since, last.session.close)) return last.session
  const session = currentOrNextSession(at, extendedHours ? extendedSessionOf : sessionOf)
  lastSessions.set(extendedHours, { since: at, session })
  return session
}

const isBetween = (at: Temporal.Instant, from: Temporal.Instant, end: Temporal.Instant) =>
  Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, end) < 0

/** The next opening or closing; in a market that never closes, at the time at which the exchange would ring. */
function nextAuction(
  hours: MarketHours,
  { asset, timeInForce }: OrderTerms,
  at: Temporal.Instant,
): Temporal.Instant {
  const isExchange = keepsExchangeHours(hours, asset.assetClass)
  for (let date = newYorkDate(at); ; date = date.add({ days: 1 })) {
    const session = isExchange
      ? sessionOf(date)
      : { open: newYorkInstant(date, OPEN), close: newYorkInstant(date, CLOSE) }
    const auction = timeInForce === 'opg' ? session?.open : session?.close
    if (auction !== undefined && Temporal.Instant.compare(auction, at) > 0) return auction
  }
}
