import { newYorkDate, settlementDate } from '@paddock/calendar'
import { newId } from '@paddock/kernel'
import type { QuantityNano, UsdMinor } from '@paddock/money'
import type { Asset } from '../assets/asset.ts'
import type { Execution } from '../exchange/execution-venue.ts'
import { feesOf } from '../fees/fee-rates.ts'
import { booksOf } from '../positions/books.ts'
import { lotChoiceOf } from '../positions/lot-choice.ts'
import { afterPurchase, afterSale } from '../positions/position-store.ts'
import { commissionLine, fillLine } from './book-fill.ts'
import type { Desk } from './desk.ts'
import { followExecution, takeHold } from './exit-legs.ts'
import { causeOf, holdRest, pairOf, release, sidesOf } from './hold.ts'
import type { Order } from './order.ts'
import { fillEvent } from './order-events.ts'
import { amountOf, commissionDue } from './order-money.ts'

/** What an execution moves. */
type Booking = Execution & { readonly amountMinor: UsdMinor; readonly commissionMinor: UsdMinor }

/**
 * Books one execution: ends the hold, moves cash and shares, changes the position, writes the line of the
 * statement and the event, and holds again what the rest needs. Undefined, and nothing booked, when the price has run
 * past the hold and free cash cannot pay the difference.
 */
export function fillOrder(
  desk: Desk,
  order: Order,
  execution: Execution,
  isComplete: boolean,
): Order | undefined {
  const booking = bookingOf(order, execution, isComplete)
  const held = takeHold(desk, order)
  if (held.side === 'buy') {
    const neededMinor = booking.amountMinor + booking.commissionMinor
    if (neededMinor > desk.buyingPowerMinor(held.accountId) + (held.hold?.amount ?? 0n)) return undefined
  }
  const { heldNano } = desk.shares(pairOf(held))
  moveTrade(desk, held, booking)
  const filled = desk.change(held, {
    status: isComplete ? 'filled' : 'partially_filled',
    hold: undefined,
    fillCount: held.fillCount + 1,
    filledQuantityNano: (held.filledQuantityNano + booking.quantityNano) as QuantityNano,
    filledValue: held.filledValue + booking.quantityNano * booking.priceMicro,
    filledMinor: (held.filledMinor + booking.amountMinor) as UsdMinor,
    commissionChargedMinor: (held.commissionChargedMinor + booking.commissionMinor) as UsdMinor,
    ...(isComplete ? { filledAt: desk.now, lookAt: undefined } : {}),
  })
  record(desk, filled, booking, heldNano)
  const rest = isComplete ? filled : holdRest(desk, filled, booking.priceMicro)
  followExecution(desk, rest, booking.quantityNano)
  return rest
}

function bookingOf(order: Order, { quantityNano, priceMicro }: Execution, isWhole: boolean): Booking {
  const amountMinor = amountOf(order.side, quantityNano, priceMicro)
  const dueMinor = commissionDue(order, {
    quantityNano: (order.filledQuantityNano + quantityNano) as QuantityNano,
    valueMinor: (order.filledMinor + amountMinor) as UsdMinor,
    isWhole,
  })
  const openMinor = dueMinor - order.commissionChargedMinor
  // A sale never costs its seller more than it brings.
  const commissionMinor = order.side === 'sell' && openMinor > amountMinor ? amountMinor : openMinor
  return { quantityNano, priceMicro, amountMinor, commissionMinor: commissionMinor as UsdMinor }
}

/** The legs of the trade in the ledger; what the hold still sets aside is free after it. */
function moveTrade(desk: Desk, order: Order, booking: Booking): void {
  const { cash, shares, streetCash, streetShares, commission } = booksOf(order.accountId, order.asset.symbol)
  const number = order.fillCount + 1
  const pair = pairOf(order)
  const move = (name: string, from: string, to: string, amount: bigint) => {
    if (amount === 0n) return
    const step = `fill:${number}:${name}`
    const cause = causeOf(order, step)
    desk.move({ type: 'post', id: `order:${order.id}:${step}`, from, to, amount, cause, at: desk.now }, pair)
  }
  const { quantityNano, amountMinor, commissionMinor } = booking
  const what = order.side === 'buy' ? 'cost' : 'shares'
  const legAmount: bigint = order.side === 'buy' ? amountMinor : quantityNano
  if (order.hold !== undefined && legAmount <= order.hold.amount) {
    const step = `fill:${number}:${what}`
    desk.endHold(
      {
        type: 'post_pending',
        id: `order:${order.id}:${step}`,
        pendingId: order.hold.id,
        amount: legAmount,
        cause: causeOf(order, step),
        at: desk.now,
      },
      { heldAmount: order.hold.amount, ...sidesOf(order) },
    )
  } else {
    release(desk, order)
    const { from, to } = sidesOf(order)
    move(what, from, to, legAmount)
  }
  if (order.side === 'buy') move('shares', streetShares, shares, quantityNano)
  else move('proceeds', streetCash, cash, amountMinor)
  move('commission', cash, commission, commissionMinor)
}

function record(desk: Desk, order: Order, booking: Booking, heldNano: QuantityNano): void {
  const { quantityNano, priceMicro, amountMinor, commissionMinor } = booking
  const pair = pairOf(order)
  const id = newId()
  const trade = { id, quantityNano, amountMinor, at: desk.now }
  const after =
    order.side === 'buy'
      ? { position: afterPurchase(desk.position(pair), pair, trade), gain: undefined }
      : afterSale(desk.position(pair), trade, lotChoiceOf(order))
  desk.setPosition(after.position)
  const signedNano = order.side === 'buy' ? quantityNano : -quantityNano
  const fill = {
    id,
    accountId: order.accountId,
    orderId: order.id,
    symbol: order.asset.symbol,
    side: order.side,
    quantityNano,
    priceMicro,
    amountMinor,
    commissionMinor,
    fees: feesOf(desk.ctx.config.fees, { ...trade, side: order.side, assetClass: order.asset.assetClass }),
    gain: after.gain,
    positionNano: (heldNano + signedNano) as QuantityNano,
    at: desk.now,
    settlesOn: settlesOnOf(order.asset, desk.now),
  }
  desk.addEvent(fillEvent(order, fill))
  desk.fees.add(order.accountId, fill.fees)
  desk.addFill(fill, fillLine(order, fill))
  if (commissionMinor > 0n) desk.addActivity(commissionLine(order, fill))
}

/** Shares settle a day after the trade, coins at once. */
function settlesOnOf(asset: Asset, at: Temporal.Instant): Temporal.PlainDate {
  const tradedOn = newYorkDate(at)
  return asset.assetClass === 'crypto' ? tradedOn : settlementDate(tradedOn)
}
