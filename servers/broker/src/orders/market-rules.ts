import { NEW_YORK } from '@paddock/calendar'
import { formatPrice, type PriceMicro, type UsdMinor } from '@paddock/money'
import type { Quote } from '../market/quote.ts'
import type { Exit, Submission } from './accept-order.ts'
import { OrderRejected, type OrderTerms } from './order.ts'
import { costOfBuy } from './order-money.ts'

const EVENING = Temporal.PlainTime.from('19:00')
const LAST_FOR_OPENING = Temporal.PlainTime.from('09:28')
const LAST_FOR_CLOSING = Temporal.PlainTime.from('15:50')

const CENT_MICRO = 10_000n
/** The vendor takes no larger order for coins. */
const LARGEST_CRYPTO_MINOR = 200_000_00n as UsdMinor

/** Refuses what the market of this moment does not allow: what its clock and its prices say of an order and its exits. */
export function refuseByMarket(
  { terms, orderClass, exits }: Pick<Submission, 'terms' | 'orderClass' | 'exits'>,
  quote: Quote,
  now: Temporal.Instant,
): void {
  refuseOutsideAuction(terms, now)
  refuseStopOnWrongSide(terms, quote)
  refuseTrailBeyondPrice(terms, quote)
  refuseTooLarge(terms, quote)
  // An oco has no entry: its stop is measured by the market.
  const entryMicro = orderClass === 'oco' ? undefined : (terms.limitMicro ?? terms.stopMicro)
  for (const exit of exits) refuseExitBeyondBase(exit, entryMicro ?? quote.lastMicro)
}

/** The same for what a replacement changes; what stays was right once: a stop, for instance, may have been reached since. */
export function refuseChangeByMarket(
  old: OrderTerms,
  terms: OrderTerms,
  quote: Quote,
  now: Temporal.Instant,
): void {
  if (terms.timeInForce !== old.timeInForce) refuseOutsideAuction(terms, now)
  if (terms.stopMicro !== old.stopMicro) refuseStopOnWrongSide(terms, quote)
  if (terms.trail !== old.trail) refuseTrailBeyondPrice(terms, quote)
  refuseTooLarge(terms, quote)
}

/** Orders for an auction are taken from the evening before until shortly before it (contracts/alpaca/orders.md §3). */
function refuseOutsideAuction({ timeInForce }: OrderTerms, now: Temporal.Instant): void {
  if (timeInForce !== 'opg' && timeInForce !== 'cls') return
  const time = now.toZonedDateTimeISO(NEW_YORK).toPlainTime()
  const last = timeInForce === 'opg' ? LAST_FOR_OPENING : LAST_FOR_CLOSING
  const isClosed =
    Temporal.PlainTime.compare(time, last) >= 0 && Temporal.PlainTime.compare(time, EVENING) < 0
  if (isClosed) throw new OrderRejected('auction_closed', { timeInForce })
}

/** A stop that has been reached before it is placed would be a market order: it is refused with the price of now. */
function refuseStopOnWrongSide({ type, side, stopMicro }: OrderTerms, { lastMicro }: Quote): void {
  if (stopMicro === undefined || (type !== 'stop' && type !== 'stop_limit')) return
  const isReached = side === 'sell' ? stopMicro >= lastMicro : stopMicro <= lastMicro
  if (isReached) throw new OrderRejected('stop_on_wrong_side', { side, marketPrice: formatPrice(lastMicro) })
}

/** A sale that trails by the whole price or more would wait for a price of nothing. */
function refuseTrailBeyondPrice({ side, trail }: OrderTerms, { lastMicro }: Quote): void {
  if (side !== 'sell' || trail?.kind !== 'price' || trail.distanceMicro < lastMicro) return
  throw new OrderRejected('trail_beyond_price', { marketPrice: formatPrice(lastMicro) })
}

function refuseTooLarge(
  { asset, side, amount, limitMicro }: OrderTerms,
  { askMicro, bidMicro }: Quote,
): void {
  if (asset.assetClass !== 'crypto') return
  const costMinor = costOfBuy(amount, limitMicro ?? (side === 'buy' ? askMicro : bidMicro))
  if (costMinor > LARGEST_CRYPTO_MINOR) throw new OrderRejected('cost_above_maximum')
}

/** Exits are at least a cent away from the price of their entry, each on its own side. */
export function refuseExitBeyondBase(
  { leg, terms: { side, limitMicro, stopMicro } }: Exit,
  baseMicro: PriceMicro,
): void {
  const exitMicro = leg === 'take_profit' ? limitMicro : stopMicro
  if (exitMicro === undefined) return
  const isAbove = (leg === 'take_profit') === (side === 'sell')
  const isFar = isAbove ? exitMicro >= baseMicro + CENT_MICRO : exitMicro <= baseMicro - CENT_MICRO
  if (isFar) return
  throw new OrderRejected('exit_beyond_base', {
    field: leg === 'take_profit' ? 'take_profit.limit_price' : 'stop_loss.stop_price',
    isAbove,
    basePrice: formatPrice(baseMicro),
  })
}
