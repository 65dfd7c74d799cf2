import { newYorkDate, newYorkInstant, sessionOf } from '@paddock/calendar'
import type { MarketHours } from '../config.ts'

/** When a run may trade, from the open until half an hour before the close (contracts/alpaca/rebalancing.md §4). */
export type RunWindow = { readonly opensAt: Temporal.Instant; readonly closesAt: Temporal.Instant }

const LAST_MINUTES = 30
/** In a market that never closes a run has this long. */
const ALWAYS_HOURS = 1

/** The window that is open at `now`, or else the next one. A market that never closes has always one. */
export function currentOrNextWindow(hours: MarketHours, now: Temporal.Instant): RunWindow {
  if (hours === 'always') return { opensAt: now, closesAt: now.add({ hours: ALWAYS_HOURS }) }
  return windowFrom(hours, now)
}

const FIRST_CHECK = Temporal.PlainTime.from('09:30')
const LAST_CHECK = Temporal.PlainTime.from('15:30')
const CHECK_MINUTES = 30

/** When next to look which accounts need a run: each half hour of the window, which then is there on every day. */
export function nextCheck(hours: MarketHours, now: Temporal.Instant): Temporal.Instant {
  const { opensAt, closesAt } = windowFrom(hours, now)
  if (Temporal.Instant.compare(now, opensAt) < 0) return opensAt
  const minutes = Math.floor(now.since(opensAt).total('minutes') / CHECK_MINUTES + 1) * CHECK_MINUTES
  const next = opensAt.add({ minutes })
  return Temporal.Instant.compare(next, closesAt) < 0 ? next : windowFrom(hours, closesAt).opensAt
}

function windowFrom(hours: MarketHours, now: Temporal.Instant): RunWindow {
  for (let date = newYorkDate(now); ; date = date.add({ days: 1 })) {
    const window = windowOf(hours, date)
    if (window !== undefined && Temporal.Instant.compare(now, window.closesAt) < 0) return window
  }
}

function windowOf(hours: MarketHours, date: Temporal.PlainDate): RunWindow | undefined {
  if (hours === 'always') {
    return { opensAt: newYorkInstant(date, FIRST_CHECK), closesAt: newYorkInstant(date, LAST_CHECK) }
  }
  const session = sessionOf(date)
  return session && { opensAt: session.open, closesAt: session.close.subtract({ minutes: LAST_MINUTES }) }
}
