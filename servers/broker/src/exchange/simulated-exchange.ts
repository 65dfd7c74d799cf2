import { newYorkInstant } from '@paddock/calendar'
import type { PriceMicro } from '@paddock/money'
import { tapeLineOf } from '../market/last-trade.ts'
import { type Market, quoteOf } from '../market/market.ts'
import { toSteps } from '../market/price-path.ts'
import { firstSecondWhere, type Seconds } from '../market/price-scan.ts'
import { instantOfSecond, quoteAt, secondOf } from '../market/quote.ts'
import { factorAt, splitsOf } from '../market/splits.ts'
import { latestRules } from '../market/symbol-rules.ts'
import type { Order } from '../orders/order.ts'
import { remainingOf } from '../orders/order-money.ts'
import type { Execution, ExecutionVenue, Look } from './execution-venue.ts'
import { type Instruction, instructionOf } from './instructions.ts'
import { comesToMarketAt, expiryOf, isForAuction } from './order-times.ts'
import { followStop } from './stops.ts'
import { type Offer, quantityOf, take, type Wanted } from './take.ts'
import { tradingSeconds } from './trading-seconds.ts'

/** Nothing is looked for further ahead: then the order is looked at again. */
const HORIZON_SECONDS = 90 * 86_400
/** In one look, so that the transaction which books them stays short. */
const MOST_EXECUTIONS = 100
const MIDNIGHT = new Temporal.PlainTime()

/** The exchange of the simulated market (contracts/alpaca/venue.md): what it answers follows from seed, rules and time. */
export function simulatedExchange(market: Market): ExecutionVenue {
  return {
    quote: (asset, at) => quoteOf(market, asset, at),
    comesToMarket: (terms, at) => comesToMarketAt(market.marketHours, terms, at),
    expiresAt: (terms, at) => expiryOf(market.marketHours, terms, at),
    isHalted: (asset) => latestRules(market, asset.symbol).isHalted,
    answersLater: (asset) => latestRules(market, asset.symbol).fillMode.kind === 'later',
    look: (order, at) => look(market, order, at),
  }
}

function look(market: Market, order: Order, at: Temporal.Instant): Look {
  const instruction = instructionOf(market, order)
  const stays = nothingOf(order)
  if (instruction.kind === 'never') return stays
  if (instruction.kind === 'reject')
    return { ...stays, ending: order.fillCount === 0 ? 'rejected' : 'canceled' }
  const nowSecond = secondOf(at)
  const fromSecond = Math.min(secondOf(order.lookAt ?? at), nowSecond)
  const untilSecond = Math.min(nowSecond, lastSecondOf(order))
  const trade: Trade = { market, order, instruction, fromSecond, untilSecond }
  if (isForAuction(order)) return lookAtAuction(trade, at)
  if (order.timeInForce === 'ioc' || order.timeInForce === 'fok') return lookOnce(trade)
  if (order.triggeredAt !== undefined || !hasStop(order)) return lookOn(trade, stays)

  const stop = followStop(
    market,
    order,
    { fromSecond: sinceWhen(trade), toSecond: untilSecond },
    order.bestMicro,
  )
  const { bestMicro, reachedSecond } = stop
  if (reachedSecond !== undefined) {
    // What was reached before it was due, while the order could not trade, executes from when it is due.
    const reached = { ...trade, fromSecond: Math.max(fromSecond, reachedSecond) }
    return lookOn(reached, { ...stays, bestMicro, isTriggered: true })
  }
  const next = followStop(market, order, ahead(trade, untilSecond + 1), bestMicro).reachedSecond
  return { ...stays, bestMicro, nextLookAt: nextLook(trade, next) }
}

interface Trade {
  readonly market: Market
  readonly order: Order
  readonly instruction: Instruction
  /** When the order was due, and the second of now, or the order's last; what happened from one to the other counts. */
  readonly fromSecond: number
  readonly untilSecond: number
}

const hasStop = ({ type }: Order) => type === 'stop' || type === 'stop_limit' || type === 'trailing_stop'

const nothingOf = ({ bestMicro, triggeredAt }: Order): Look => ({
  executions: [],
  isComplete: false,
  isTriggered: triggeredAt !== undefined,
  bestMicro,
  ending: undefined,
  nextLookAt: undefined,
})

/** The best price is known as of the last look; it must not be lost when somebody asks for another one in between. */
function sinceWhen({ order, fromSecond }: Trade): number {
  return order.trail === undefined ? fromSecond : Math.min(secondOf(order.updatedAt), fromSecond)
}

/** Executes what can be executed from when the order was due until now, second by second, and finds the next second. */
function lookOn(trade: Trade, stays: Look): Look {
  const { market, order, fromSecond, untilSecond } = trade
  const executions: Execution[] = []
  let wanted = wantedBy(trade)
  if (isServed(wanted)) return stays
  for (const span of tradingSeconds(market, order, { fromSecond, toSecond: untilSecond })) {
    let second = executableSecond(trade, span)
    while (second !== undefined) {
      if (executions.length === MOST_EXECUTIONS)
        return { ...stays, executions, nextLookAt: instantOfSecond(second) }
      const taken = take(wanted, offerAt(trade, second))
      executions.push(taken.execution)
      if (isWhole(trade, taken)) return { ...stays, executions, isComplete: true }
      wanted = taken.left
      if (isServed(wanted)) return { ...stays, executions }
      second = executableSecond(trade, { ...span, fromSecond: second + 1 })
    }
  }
  for (const span of tradingSeconds(market, order, ahead(trade, untilSecond + 1))) {
    const second = executableSecond(trade, span)
    if (second !== undefined) return { ...stays, executions, nextLookAt: nextLook(trade, second) }
  }
  return { ...stays, executions, nextLookAt: nextLook(trade, undefined) }
}

/** What is there at the second in which the order comes, or, of all or nothing, all of it; the rest ends. */
function lookOnce(trade: Trade): Look {
  const { market, order, fromSecond } = trade
  const stays = nothingOf(order)
  const now = { fromSecond, toSecond: fromSecond }
  const [span] = tradingSeconds(market, order, now)
  if (span === undefined || executableSecond(trade, span) === undefined)
    return { ...stays, ending: 'canceled' }
  const taken = take(wantedBy(trade), offerAt(trade, fromSecond))
  const isComplete = isWhole(trade, taken)
  if (isComplete) return { ...stays, executions: [taken.execution], isComplete }
  return { ...stays, executions: order.timeInForce === 'fok' ? [] : [taken.execution], ending: 'canceled' }
}

/** At its auction an order executes whole at the official price, or ends. */
function lookAtAuction(trade: Trade, at: Temporal.Instant): Look {
  const { market, order } = trade
  const stays = nothingOf(order)
  const auctionAt = comesToMarketAt(market.marketHours, order, order.submittedAt)
  if (Temporal.Instant.compare(at, auctionAt) < 0) return { ...stays, nextLookAt: auctionAt }
  const { lastMicro } = quoteAt(
    market,
    order.asset,
    auctionAt,
    factorAt(market, order.asset.symbol, auctionAt),
  )
  const isHalted = latestRules(market, order.asset.symbol).isHalted
  if (isHalted || !isWithinLimit(order, lastMicro)) return { ...stays, ending: 'canceled' }
  const wanted = wantedBy(trade)
  const taken = take(wanted, { priceMicro: lastMicro, sizeNano: quantityOf(wanted, lastMicro) })
  const isComplete = isWhole(trade, taken)
  return { ...stays, executions: [taken.execution], isComplete, ending: isComplete ? undefined : 'canceled' }
}

/** The first of some trading seconds at which the order can execute: what has a limit, when the last price is within it. */
function executableSecond({ market, order }: Trade, { fromSecond, toSecond }: Seconds): number | undefined {
  if (fromSecond > toSecond) return undefined
  const { limitMicro, side, asset } = order
  if (limitMicro === undefined) return fromSecond
  const wish = side === 'buy' ? { atMostMicro: limitMicro } : { atLeastMicro: limitMicro }
  return firstSecondWhere(market, asset, { fromSecond, toSecond }, wish)
}

/** What the other side shows in a second: its price, or the order's own limit when that is inside the spread. */
function offerAt({ market, order, instruction }: Trade, second: number): Offer {
  const { asset, side, limitMicro } = order
  const at = instantOfSecond(second)
  const quote = quoteAt(market, asset, at, factorAt(market, asset.symbol, at))
  const { askSizeNano, bidSizeNano } = tapeLineOf(market, asset, quote)
  const isBuy = side === 'buy'
  const shownMicro = isBuy ? quote.askMicro : quote.bidMicro
  const isBeyond = limitMicro !== undefined && (isBuy ? shownMicro > limitMicro : shownMicro < limitMicro)
  const slips = instruction.kind === 'slip' && limitMicro === undefined
  const slipMicro = slips ? toSteps((shownMicro * instruction.basisPoints) / 10_000n, shownMicro) : 0n
  const priceMicro = isBeyond ? limitMicro : isBuy ? shownMicro + slipMicro : shownMicro - slipMicro
  return { priceMicro: priceMicro as PriceMicro, sizeNano: isBuy ? askSizeNano : bidSizeNano }
}

function isWithinLimit({ side, limitMicro }: Order, priceMicro: PriceMicro): boolean {
  if (limitMicro === undefined) return true
  return side === 'buy' ? priceMicro <= limitMicro : priceMicro >= limitMicro
}

/** What the order asks for; with a part of it to be executed, no more than is missing of that part. */
function wantedBy({ order, instruction }: Trade): Wanted {
  const { side, hold, filledQuantityNano } = order
  const amount = remainingOf(order)
  const heldNano = amount.kind === 'notional' && side === 'sell' ? hold?.amount : undefined
  const partNano = instruction.kind === 'partial' ? instruction.quantityNano - filledQuantityNano : undefined
  const mostNano =
    partNano !== undefined && (heldNano === undefined || partNano < heldNano) ? partNano : heldNano
  return { side, amount, mostNano }
}

const isServed = ({ mostNano }: Wanted) => mostNano !== undefined && mostNano <= 0n

/** A part of an order that was to be executed in part is not the whole of it, however little is left. */
function isWhole({ instruction }: Trade, taken: { isComplete: boolean; left: Wanted }): boolean {
  if (instruction.kind !== 'partial' || !isServed(taken.left)) return taken.isComplete
  const { amount } = taken.left
  return amount.kind === 'quantity' ? amount.quantityNano === 0n : amount.notionalMinor <= 0n
}

/** From a second on, as far as anything is looked for. */
function ahead({ order, untilSecond }: Trade, fromSecond: number): Seconds {
  return { fromSecond, toSecond: Math.min(untilSecond + HORIZON_SECONDS, lastSecondOf(order)) }
}

const lastSecondOf = ({ expiresAt }: Order) =>
  expiresAt === undefined ? Number.POSITIVE_INFINITY : secondOf(expiresAt) - 1

/** No later than the next split, with which orders of before it end; never by itself while trading is halted. */
function nextLook({ market, order: { asset }, untilSecond }: Trade, second: number | undefined) {
  if (latestRules(market, asset.symbol).isHalted) return undefined
  const split = splitsOf(market, asset.symbol)
    .map(({ exOn }) => secondOf(newYorkInstant(exOn, MIDNIGHT)))
    .find((midnight) => midnight > untilSecond)
  return instantOfSecond(Math.min(second ?? untilSecond + HORIZON_SECONDS, split ?? Number.POSITIVE_INFINITY))
}
