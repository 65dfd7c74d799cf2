import { newYorkDate } from '@paddock/calendar'
import type { UsdMinor } from '@paddock/money'
import type { Transfer } from '../broker/client.ts'
import { usdOf } from '../decimal.ts'

/** Less is not worth a bank's trouble. */
export const SMALLEST_TRANSFER_MINOR = 1_00n as UsdMinor

/** Per direction and New York day. The embedded broker's own limit (contracts/platform/funding.md §2). */
export const DAILY_LIMIT_MINOR = 50_000_00n as UsdMinor

/** These have moved nothing, so they use nothing up. */
const MOOT: readonly string[] = ['CANCELED', 'REJECTED', 'EXPIRED']

/** What may still be asked for today. To show it; the broker decides. */
export function leftToday(
  transfers: readonly Transfer[],
  direction: 'INCOMING' | 'OUTGOING',
  now: Temporal.Instant,
): UsdMinor {
  const today = newYorkDate(now)
  const usedMinor = transfers
    .filter((transfer) => transfer.direction === direction && !MOOT.includes(transfer.status))
    .filter(({ created_at }) => newYorkDate(Temporal.Instant.from(created_at)).equals(today))
    .reduce((sum, { amount }) => sum + usdOf(amount), 0n)
  const leftMinor = DAILY_LIMIT_MINOR - usedMinor
  return (leftMinor > 0n ? leftMinor : 0n) as UsdMinor
}
