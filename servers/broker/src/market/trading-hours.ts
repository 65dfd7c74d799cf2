import { currentOrNextSession, newYorkDate, newYorkInstant, sessionOf } from '@paddock/calendar'
import type { AssetClass } from '../assets/asset.ts'
import type { MarketHours } from '../config.ts'

/** A stretch of time in which an asset trades without a pause: one "day" of bars. */
export interface TradingDay {
  readonly date: Temporal.PlainDate
  readonly open: Temporal.Instant
  readonly close: Temporal.Instant
}

const MIDNIGHT = new Temporal.PlainTime()

/** True when the asset class keeps the hours of the exchange; crypto never does. */
export function keepsExchangeHours(hours: MarketHours, assetClass: AssetClass): boolean {
  return hours === 'exchange' && assetClass === 'us_equity'
}

/**
 * The trading day of a date, or undefined when the asset does not trade on it. Equities follow the
 * exchange when the market keeps its hours; crypto, and everything else in a market that never closes,
 * trades from midnight to midnight in New York.
 */
export function tradingDayOf(
  hours: MarketHours,
  assetClass: AssetClass,
  date: Temporal.PlainDate,
): TradingDay | undefined {
  if (keepsExchangeHours(hours, assetClass)) return sessionOf(date)
  return {
    date,
    open: newYorkInstant(date, MIDNIGHT),
    close: newYorkInstant(date.add({ days: 1 }), MIDNIGHT),
  }
}

/** When an order given at `at` can be matched: at once, or at the next open. */
export function nextMatch(
  hours: MarketHours,
  assetClass: AssetClass,
  at: Temporal.Instant,
): Temporal.Instant {
  if (!keepsExchangeHours(hours, assetClass)) return at
  const { open } = currentOrNextSession(at)
  return Temporal.Instant.compare(open, at) > 0 ? open : at
}

/** The latest instant, not after `at`, at which the asset traded: `at` itself, or the last close. */
export function lastTradedAt(
  hours: MarketHours,
  assetClass: AssetClass,
  at: Temporal.Instant,
): Temporal.Instant {
  if (!keepsExchangeHours(hours, assetClass)) return at
  const today = sessionOf(newYorkDate(at))
  if (today === undefined || Temporal.Instant.compare(at, today.open) < 0) {
    return previousClose(hours, assetClass, at)
  }
  return Temporal.Instant.compare(at, today.close) < 0 ? at : today.close
}

/** The last close before the day of `now`: what "since yesterday" is measured from. */
export function previousClose(
  hours: MarketHours,
  assetClass: AssetClass,
  now: Temporal.Instant,
): Temporal.Instant {
  for (let date = newYorkDate(now).subtract({ days: 1 }); ; date = date.subtract({ days: 1 })) {
    const day = tradingDayOf(hours, assetClass, date)
    if (day !== undefined) return day.close
  }
}
