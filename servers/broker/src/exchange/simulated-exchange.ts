import { currentOrNextSession, newYorkDate, newYorkInstant } from '@paddock/calendar'
import { quantityForNotional } from '@paddock/money'
import { type Market, quoteOf } from '../market/market.ts'
import { nextMatch } from '../market/trading-hours.ts'
import type { Order, OrderTerms } from '../orders/order.ts'
import { quantityToRaise, remainingOf } from '../orders/order-money.ts'
import type { ExecutionVenue, Look } from './execution-venue.ts'

const GTC_DAYS = 90
const GTC_EXPIRY = Temporal.PlainTime.from('16:15')
const NOTHING: Look = {
  executions: [],
  isComplete: false,
  isTriggered: false,
  bestMicro: undefined,
  ending: undefined,
  nextLookAt: undefined,
}

/** The simulated market as a venue. */
export function createSimulatedExchange(market: Market): ExecutionVenue {
  return {
    quote: (asset, at) => quoteOf(market, asset, at),
    comesToMarket: ({ asset }, at) => nextMatch(market.marketHours, asset.assetClass, at),
    expiresAt,
    isHalted: () => false,
    answersLater: () => false,
    look: (order, at) => look(market, order, at),
  }
}

function expiresAt({ asset, timeInForce }: OrderTerms, at: Temporal.Instant): Temporal.Instant | undefined {
  if (asset.assetClass === 'crypto') return undefined
  if (timeInForce === 'gtc') return newYorkInstant(newYorkDate(at).add({ days: GTC_DAYS }), GTC_EXPIRY)
  return currentOrNextSession(at).close
}

function look(market: Market, order: Order, at: Temporal.Instant): Look {
  const runAt = nextMatch(market.marketHours, order.asset.assetClass, at)
  if (Temporal.Instant.compare(runAt, at) > 0) return { ...NOTHING, nextLookAt: runAt }
  const quote = quoteOf(market, order.asset, at)
  const priceMicro = order.side === 'buy' ? quote.askMicro : quote.bidMicro
  const limit = order.limitMicro
  if (limit !== undefined && (order.side === 'buy' ? priceMicro > limit : priceMicro < limit)) return NOTHING
  if (order.type !== 'market' && order.type !== 'limit') return NOTHING
  const remaining = remainingOf(order)
  const wantedNano =
    remaining.kind === 'quantity'
      ? remaining.quantityNano
      : order.side === 'buy'
        ? quantityForNotional(remaining.notionalMinor, priceMicro)
        : quantityToRaise(remaining.notionalMinor, priceMicro)
  const heldNano = order.side === 'sell' && order.hold !== undefined ? order.hold.amount : wantedNano
  const quantityNano = (wantedNano < heldNano ? wantedNano : heldNano) as typeof wantedNano
  return { ...NOTHING, executions: [{ quantityNano, priceMicro }], isComplete: true }
}
