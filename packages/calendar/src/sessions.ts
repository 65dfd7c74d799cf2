import { newYorkDate, newYorkInstant } from './new-york.ts'
import { isEarlyClose, isTradingDay, nextTradingDay } from './trading-days.ts'

/** Regular hours on the wall clock of New York. */
export type SessionHours = { readonly open: Temporal.PlainTime; readonly close: Temporal.PlainTime }

/** One regular session; open from `open` until just before `close`. */
export type Session = {
  readonly date: Temporal.PlainDate
  readonly open: Temporal.Instant
  readonly close: Temporal.Instant
}

/** What an exchange's clock tells: `nextOpen` and `nextClose` are always after the moment asked about. */
export type MarketClock = {
  readonly isOpen: boolean
  readonly nextOpen: Temporal.Instant
  readonly nextClose: Temporal.Instant
}

/** The regular hours of a day, or undefined when the exchange is closed all day. */
export function sessionHours(date: Temporal.PlainDate): SessionHours | undefined {
  if (!isTradingDay(date)) return undefined
  return {
    open: Temporal.PlainTime.from('09:30'),
    close: Temporal.PlainTime.from(isEarlyClose(date) ? '13:00' : '16:00'),
  }
}

/** The regular session of a day as instants, or undefined when the exchange is closed all day. */
export function sessionOf(date: Temporal.PlainDate): Session | undefined {
  const hours = sessionHours(date)
  if (hours === undefined) return undefined
  return { date, open: newYorkInstant(date, hours.open), close: newYorkInstant(date, hours.close) }
}

/** A day's trading before, during and after regular hours; what is after them takes four hours on short days too. */
export function extendedSessionOf(date: Temporal.PlainDate): Session | undefined {
  if (!isTradingDay(date)) return undefined
  return {
    date,
    open: newYorkInstant(date, Temporal.PlainTime.from('04:00')),
    close: newYorkInstant(date, Temporal.PlainTime.from(isEarlyClose(date) ? '17:00' : '20:00')),
  }
}

/** The session that is running at `at`, or else the next one. */
export function currentOrNextSession(
  at: Temporal.Instant,
  sessionOn: (date: Temporal.PlainDate) => Session | undefined = sessionOf,
): Session {
  for (let date = newYorkDate(at); ; date = nextTradingDay(date)) {
    const session = sessionOn(date)
    if (session !== undefined && Temporal.Instant.compare(at, session.close) < 0) return session
  }
}

/** Whether the exchange is open at `now`, and when it next opens and closes. */
export function marketClock(now: Temporal.Instant): MarketClock {
  const session = currentOrNextSession(now)
  const isOpen = Temporal.Instant.compare(session.open, now) <= 0
  const opening = isOpen ? currentOrNextSession(session.close) : session
  return { isOpen, nextOpen: opening.open, nextClose: session.close }
}
