import { newId } from '@paddock/kernel'
import type { PriceMicro, QuantityNano, UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import type { Quote } from '../market/quote.ts'
import { needCash, needShares, requireMayTrade } from './accept-order.ts'
import { Desk } from './desk.ts'
import { dearerHoldPriceOf, familyOf, resize, siblingOf, takeHold } from './exit-legs.ts'
import { hold, pairOf, release } from './hold.ts'
import { refuseChangeByMarket, refuseExitBeyondBase } from './market-rules.ts'
import { type Order, type OrderId, OrderRejected, type TimeInForce } from './order.ts'
import { refuseCrossed } from './order-class.ts'
import { orderEvent } from './order-events.ts'
import { holdPriceOf } from './order-money.ts'
import { findOrder, takenClientIds } from './order-store.ts'
import { isFractional, requireTerms } from './order-terms.ts'
import { askForReplacement } from './pending-replacement.ts'
import { readTrail, refuseWhatTheTypeHasNot } from './replace-terms.ts'
import { refuseWashTrade } from './wash-trade.ts'

/** What somebody wants changed; nothing where it may stay. */
export type OrderChange = {
  /** Of the whole order, what has executed included. */
  readonly quantityNano?: QuantityNano | undefined
  /** What no order that can be replaced has. */
  readonly notional?: string | undefined
  readonly timeInForce?: TimeInForce | undefined
  readonly limitMicro?: PriceMicro | undefined
  readonly stopMicro?: PriceMicro | undefined
  /** The distance of a trailing stop, in dollars or percent as it was. */
  readonly trail?: string | undefined
  readonly clientOrderId?: string | undefined
}

export type NamedChange = OrderChange & { readonly clientOrderId: string }

/**
 * Puts a new order in the place of one that the market works at: the old one ends as `replaced` and frees what it held,
 * the new one takes its exits along and asks for what is left. Refused, it has changed nothing. While a venue takes its
 * time to say yes, the old one is `pending_replace` and there is no other.
 */
export async function replaceOrder(
  ctx: BrokerContext,
  accountId: AccountId,
  orderId: OrderId,
  change: OrderChange,
): Promise<Order> {
  const known = await findOrder(ctx.db, accountId, orderId)
  if (known === undefined) {
    await requireAccount(ctx.db, accountId)
    throw new OrderRejected('order_not_found', { orderId })
  }
  const clientOrderId = change.clientOrderId ?? newId()
  return transact(ctx, async (tx) => {
    const desk = await Desk.open(ctx, tx, [pairOf(known)])
    const old = desk.order(orderId) ?? (await findOrder(tx, accountId, orderId)) ?? known
    if (Object.values(change).every((wish) => wish === undefined))
      throw new OrderRejected('order_not_changed')
    requireReplaceable(old, change)
    const taken = await takenClientIds(tx, [{ accountId, clientOrderId }])
    if (taken.size > 0) throw new OrderRejected('client_order_id_taken')
    const named = { ...change, clientOrderId }
    const isAnsweredLater = ctx.venue.answersLater(old.asset) && old.status !== 'held'
    const replacement = isAnsweredLater
      ? await askForReplacement(desk, tx, old, named)
      : placeInstead(desk, old, named)
    await desk.flush()
    return replacement
  })
}

function requireReplaceable({ status, amount, asset }: Order, { quantityNano }: OrderChange): void {
  const isAtWork = status === 'new' || status === 'partially_filled' || status === 'held'
  if (!isAtWork) throw new OrderRejected('order_not_replaceable', { status })
  if (amount.kind === 'notional' || (isFractional(amount) && asset.assetClass !== 'crypto')) {
    throw new OrderRejected('fractional_not_replaceable')
  }
  // An exit that waits is for what its entry will have bought.
  if (status === 'held' && quantityNano !== undefined && quantityNano !== amount.quantityNano) {
    throw new OrderRejected('order_not_replaceable', { status })
  }
}

/** The replacement itself, by the rules of this moment; a desk on which it was refused may not be written. */
export function placeInstead(desk: Desk, known: Order, change: NamedChange): Order {
  // Of two exits the other may have the shares set aside.
  const old = takeHold(desk, known)
  const terms = requireTerms(changedTerms(old, change))
  const id = newId() as OrderId
  const { venue } = desk.ctx
  const quote = venue.quote(old.asset, desk.now)
  requireMayTrade(desk, old.accountId, terms, 'owner')
  refuseExitChange(desk, old, terms, quote)
  if (old.status !== 'held') {
    refuseChangeByMarket(old, terms, quote, desk.now)
    refuseWashTrade(desk, { ...old, terms })
  }
  const freed = release(desk, old)
  const fresh: Order = {
    ...freed,
    ...terms,
    commission: commissionLeft(old),
    id,
    clientOrderId: change.clientOrderId,
    replaces: old.id,
    hold: undefined,
    holdNumber: 0,
    fillCount: 0,
    filledQuantityNano: 0n as QuantityNano,
    filledValue: 0n,
    filledMinor: 0n as Order['filledMinor'],
    commissionChargedMinor: 0n as Order['commissionChargedMinor'],
    status: old.status === 'held' ? 'held' : 'new',
    submittedAt: desk.now,
    expiresAt: venue.expiresAt(terms, desk.now),
    lookAt: old.status === 'held' ? undefined : desk.now,
    updatedAt: desk.now,
  }
  const priced: Order = {
    ...fresh,
    holdPriceMicro: holdPriceAmongExits(desk, freed, fresh) ?? ownHoldPriceOf(fresh, quote.askMicro),
  }
  const needed =
    priced.status === 'held' ? 0n : priced.side === 'buy' ? needCash(desk, priced) : needShares(desk, priced)
  desk.add(priced)
  const held = hold(desk, priced, needed)
  const replaced = desk.change(freed, {
    status: 'replaced',
    replacedBy: id,
    replacedAt: desk.now,
    lookAt: undefined,
  })
  desk.addEvent(orderEvent(replaced, 'replaced'))
  desk.addEvent(orderEvent(held, held.status === 'held' ? 'held' : 'new'))
  takeFamilyAlong(desk, replaced, id, change.quantityNano)
  return held
}

const ownHoldPriceOf = (order: Order, askMicro: PriceMicro) =>
  order.side === 'buy' ? holdPriceOf(order, askMicro) : undefined

/** Of two exits that buy both know what the dearer costs: the twin of a replaced one hears of it. */
function holdPriceAmongExits(desk: Desk, old: Order, fresh: Order): Order['holdPriceMicro'] {
  const twin = siblingOf(desk, old)
  if (twin === undefined || twin.status === 'held' || fresh.side === 'sell') return undefined
  const holdPriceMicro = dearerHoldPriceOf(desk, fresh, twin)
  desk.change(twin, { holdPriceMicro })
  return holdPriceMicro
}

/** Exits stay on their own sides of each other, and of their entry as long as that is not filled. */
function refuseExitChange(desk: Desk, old: Order, terms: Order, { lastMicro }: Quote): void {
  const isMoved = terms.limitMicro !== old.limitMicro || terms.stopMicro !== old.stopMicro
  if (!isMoved) return
  const twin = siblingOf(desk, old)
  if (twin !== undefined) {
    const [profit, loss] = old.leg === 'stop_loss' ? [twin, terms] : [terms, twin]
    refuseCrossed(profit, loss)
  }
  if (terms.orderClass === 'oco') return
  const waiting = familyOf(desk, old).filter(({ status }) => status === 'held')
  if (old.status === 'held') {
    const entry = familyOf(desk, old).find(({ id }) => id === old.parentId)
    if (entry !== undefined) refuseBeyondEntry(entry, [terms], lastMicro)
  } else if (old.leg === undefined) refuseBeyondEntry(terms, waiting, lastMicro)
}

function refuseBeyondEntry(entry: Order, exits: readonly Order[], lastMicro: PriceMicro): void {
  const baseMicro = entry.limitMicro ?? entry.stopMicro ?? lastMicro
  for (const exit of exits) {
    if (exit.leg !== undefined) refuseExitBeyondBase({ leg: exit.leg, terms: exit }, baseMicro)
  }
}

/** A flat commission is paid once, however often an order is replaced. */
function commissionLeft({ commission, commissionChargedMinor }: Order): Order['commission'] {
  if (commission.type !== 'notional') return commission
  return { ...commission, rateMinor: (commission.rateMinor - commissionChargedMinor) as UsdMinor }
}

/** Exits belong to the new order from now on, and like a twin they are for as many shares more, or fewer, as it is. */
function takeFamilyAlong(
  desk: Desk,
  old: Order,
  newId: OrderId,
  quantityNano: QuantityNano | undefined,
): void {
  const wholeNano = old.amount.kind === 'quantity' ? old.amount.quantityNano : 0n
  for (const relative of familyOf(desk, old)) {
    if (relative.id === newId) continue
    const own = relative.parentId === old.id ? desk.change(relative, { parentId: newId }) : relative
    resize(desk, own, (quantityNano ?? wholeNano) - wholeNano)
  }
}

function changedTerms(old: Order, change: OrderChange): Order {
  const { quantityNano, limitMicro, stopMicro } = change
  refuseWhatTheTypeHasNot(old, change)
  const leftNano = quantityNano === undefined ? undefined : quantityNano - old.filledQuantityNano
  if (leftNano !== undefined && leftNano <= 0n) throw new OrderRejected('quantity_not_above_filled')
  const wholeNano = old.amount.kind === 'quantity' ? old.amount.quantityNano : 0n
  return {
    ...old,
    timeInForce: change.timeInForce ?? old.timeInForce,
    limitMicro: limitMicro ?? old.limitMicro,
    stopMicro: stopMicro ?? old.stopMicro,
    trail: change.trail === undefined ? old.trail : readTrail(old, change.trail),
    amount: {
      kind: 'quantity',
      quantityNano: (leftNano ?? wholeNano - old.filledQuantityNano) as QuantityNano,
    },
  }
}
