import { currentOrNextSession, newYorkDate, newYorkInstant } from '@paddock/calendar'
import type { OrderTerms } from './order.ts'

const GTC_DAYS = 90
const GTC_EXPIRY = Temporal.PlainTime.from('16:15')

/** When an order would lapse if nothing filled it: the session's close, or 90 days on; crypto orders stay. */
export function expiryOf(
  { asset, timeInForce }: OrderTerms,
  submittedAt: Temporal.Instant,
): Temporal.Instant | undefined {
  if (asset.assetClass === 'crypto') return undefined
  if (timeInForce === 'day') return currentOrNextSession(submittedAt).close
  return newYorkInstant(newYorkDate(submittedAt).add({ days: GTC_DAYS }), GTC_EXPIRY)
}
