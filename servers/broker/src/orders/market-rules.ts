import { newYorkTime } from '@paddock/calendar'
import { formatPrice } from '@paddock/money'
import type { Quote } from '../market/quote.ts'
import { OrderRejected, type OrderTerms } from './order.ts'

const EVENING = Temporal.PlainTime.from('19:00')
const LAST_FOR_OPENING = Temporal.PlainTime.from('09:28')
const LAST_FOR_CLOSING = Temporal.PlainTime.from('15:50')

/** A stop that has been reached before it is placed would be a market order: it is refused with the price of now. */
export function refuseStopOnWrongSide({ type, side, stopMicro }: OrderTerms, quote: Quote): void {
  if (stopMicro === undefined || (type !== 'stop' && type !== 'stop_limit')) return
  const isReached = side === 'sell' ? stopMicro >= quote.lastMicro : stopMicro <= quote.lastMicro
  if (isReached) {
    throw new OrderRejected('stop_on_wrong_side', { side, marketPrice: formatPrice(quote.lastMicro) })
  }
}

/** Orders for an auction are taken from the evening before until shortly before it (contracts/alpaca/orders.md §3). */
export function refuseOutsideAuction({ timeInForce }: OrderTerms, now: Temporal.Instant): void {
  if (timeInForce !== 'opg' && timeInForce !== 'cls') return
  const time = newYorkTime(now)
  const last = timeInForce === 'opg' ? LAST_FOR_OPENING : LAST_FOR_CLOSING
  const isClosed = Temporal.PlainTime.compare(time, last) >= 0 && Temporal.PlainTime.compare(time, EVENING) < 0
  if (isClosed) throw new OrderRejected('auction_closed', { timeInForce })
}
