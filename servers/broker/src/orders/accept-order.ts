import { newId } from '@paddock/kernel'
import { formatQuantity, trimmedUsd, type UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { tradingRefusal } from '../accounts/permissions.ts'
import type { Desk } from './desk.ts'
import { hold, pairOf } from './hold.ts'
import { refuseByMarket } from './market-rules.ts'
import { nextLookOf, saysNothing } from './next-look.ts'
import { type Order, type OrderClass, type OrderId, OrderRejected, type OrderTerms } from './order.ts'
import { type OrderEvent, orderEvent } from './order-events.ts'
import {
  costOfBuy,
  holdOfBuy,
  holdOfSale,
  holdPriceOf,
  remainingOf,
  SMALLEST_BUY_MINOR,
} from './order-money.ts'
import { isFractional } from './order-terms.ts'
import { refuseWashTrade } from './wash-trade.ts'

/** An order whose own rules are checked, and the exits that come with it. */
export type Submission = {
  readonly accountId: AccountId
  readonly terms: OrderTerms
  readonly orderClass: OrderClass
  readonly exits: readonly Exit[]
  readonly clientOrderId: string
  readonly subtag?: string | undefined
  readonly instructions?: string | undefined
  readonly source?: string | undefined
}

export type Exit = { readonly leg: 'take_profit' | 'stop_loss'; readonly terms: OrderTerms }

/** Whoever acts for the account: its owner, or a run of the portfolio that it follows. */
export type Actor = 'owner' | 'rebalancing'

/**
 * Takes an order: looks at everything that could refuse it, sets aside what it needs, and gives it to the market or
 * to the queue for it. Refused, it has changed nothing.
 */
export function acceptOrder(desk: Desk, submission: Submission, actor: Actor = 'owner'): Order {
  const { accountId, terms, orderClass, exits } = submission
  requireMayTrade(desk, accountId, terms, actor)
  const { venue } = desk.ctx
  const quote = venue.quote(terms.asset, desk.now)
  refuseByMarket(submission, quote, desk.now)
  refuseWashTrade(desk, submission)
  const order = newOrder(desk, submission, { orderClass, parent: undefined, leg: undefined, terms })
  const bestMicro = terms.trail === undefined ? undefined : quote.lastMicro
  const priced: Order = {
    ...order,
    bestMicro,
    holdPriceMicro: terms.side === 'buy' ? holdPriceOf({ ...order, bestMicro }, quote.askMicro) : undefined,
  }
  const needed = terms.side === 'buy' ? needCash(desk, priced) : needShares(desk, priced)
  desk.add(priced)
  const held = rest(desk, hold(desk, priced, needed))
  desk.addEvent(orderEvent(held, arrivalOf(held)))
  for (const exit of exits) addExit(desk, held, exit, submission)
  return held
}

/** Refuses what the account may not trade, by its status, its own settings, and what the broker has blocked. */
export function requireMayTrade(desk: Desk, accountId: AccountId, terms: OrderTerms, actor: Actor): void {
  const account = desk.account(accountId)
  const { asset, side, amount } = terms
  const refusal = tradingRefusal(account, {
    side,
    isCrypto: asset.assetClass === 'crypto',
    isFractional: isFractional(amount),
  })
  if (refusal !== undefined) throw new OrderRejected(refusal)
  if (actor === 'owner' && account.followsPortfolio) throw new OrderRejected('account_follows_portfolio')
  if (desk.isSplitting({ accountId, symbol: asset.symbol })) {
    throw new OrderRejected('asset_splitting', { symbol: asset.symbol })
  }
  if (desk.ctx.venue.isHalted(asset, desk.now)) {
    throw new OrderRejected('asset_halted', { symbol: asset.symbol })
  }
}

/** Exits wait until their entry is filled; the exit of an oco belongs to an order that is at work at once. */
function addExit(desk: Desk, parent: Order, { leg, terms }: Exit, submission: Submission): void {
  const exit = newOrder(
    desk,
    { ...submission, clientOrderId: newId() },
    {
      orderClass: parent.orderClass,
      parent,
      leg,
      terms,
    },
  )
  const isAtWork = parent.orderClass === 'oco'
  const placed: Order = isAtWork ? exit : { ...exit, status: 'held', lookAt: undefined }
  desk.add(placed)
  desk.addEvent(orderEvent(placed, arrivalOf(placed)))
}

/**
 * An order that has to wait is spared the queue: it waits until something could happen. A price that somebody sets in
 * this moment comes before it or finds it, for the desk and whoever sets prices exclude each other.
 */
function rest(desk: Desk, order: Order): Order {
  if (order.status !== 'new') return order
  const look = desk.ctx.venue.look(order, desk.now)
  if (!saysNothing(look)) return order
  return desk.change(order, { bestMicro: look.bestMicro, lookAt: nextLookOf(order, look) })
}

/** What the world is told of an order that begins. */
function arrivalOf({ status }: Order): OrderEvent {
  return status === 'accepted' || status === 'pending_new' || status === 'held' ? status : 'new'
}

function newOrder(
  desk: Desk,
  { accountId, clientOrderId, subtag, instructions, source }: Submission,
  place: {
    orderClass: OrderClass
    parent: Order | undefined
    leg: Exit['leg'] | undefined
    terms: OrderTerms
  },
): Order {
  const { venue } = desk.ctx
  const comesAt = venue.comesToMarket(place.terms, desk.now)
  const expiresAt = venue.expiresAt(place.terms, desk.now)
  const waits = Temporal.Instant.compare(comesAt, desk.now) > 0
  const isPending = !waits && venue.answersLater(place.terms.asset)
  return {
    ...place.terms,
    id: newId() as OrderId,
    accountId,
    clientOrderId,
    subtag,
    instructions,
    source,
    orderClass: place.orderClass,
    parentId: place.parent?.id,
    leg: place.leg,
    replaces: undefined,
    replacedBy: undefined,
    status: waits ? 'accepted' : isPending ? 'pending_new' : 'new',
    hold: undefined,
    holdPriceMicro: undefined,
    holdNumber: 0,
    fillCount: 0,
    filledQuantityNano: 0n as Order['filledQuantityNano'],
    filledValue: 0n,
    filledMinor: 0n as UsdMinor,
    commissionChargedMinor: 0n as UsdMinor,
    bestMicro: undefined,
    triggeredAt: undefined,
    lookAt: isPending ? expiresAt : comesAt,
    submittedAt: desk.now,
    expiresAt,
    filledAt: undefined,
    cancelRequestedAt: undefined,
    canceledAt: undefined,
    expiredAt: undefined,
    replacedAt: undefined,
    failedAt: undefined,
    updatedAt: desk.now,
  }
}

/** Cents that a buy needs, or its rejection. */
export function needCash(desk: Desk, order: Order): bigint {
  const { askMicro } = desk.ctx.venue.quote(order.asset, desk.now)
  const holdPriceMicro = order.holdPriceMicro ?? askMicro
  if (costOfBuy(order.amount, order.limitMicro ?? askMicro) < SMALLEST_BUY_MINOR) {
    throw new OrderRejected('cost_below_minimum')
  }
  const neededMinor = holdOfBuy(order, holdPriceMicro)
  const buyingPowerMinor = desk.buyingPowerMinor(order.accountId)
  if (neededMinor > buyingPowerMinor) {
    throw new OrderRejected('insufficient_buying_power', {
      buyingPower: trimmedUsd(buyingPowerMinor),
      costBasis: trimmedUsd(neededMinor),
    })
  }
  return neededMinor
}

/** Shares that a sale needs, or its rejection: nobody sells what is not there, or is being sold already. */
export function needShares(desk: Desk, order: Order): bigint {
  const pair = pairOf(order)
  const { heldNano, availableNano } = desk.shares(pair)
  const { bidMicro } = desk.ctx.venue.quote(order.asset, desk.now)
  const { neededNano, heldNano: wantedNano } = holdOfSale(remainingOf(order), bidMicro, availableNano)
  if (neededNano <= availableNano) return wantedNano
  const { symbol, assetClass } = order.asset
  // To sell what one has not is to sell short, which no account here may.
  if (heldNano === 0n && assetClass === 'us_equity')
    throw new OrderRejected('asset_not_shortable', { symbol })
  throw new OrderRejected('insufficient_quantity', {
    symbol,
    assetClass,
    requested: formatQuantity(neededNano),
    available: formatQuantity(availableNano),
    existing: formatQuantity(heldNano),
    heldForOrders: formatQuantity((heldNano - availableNano) as typeof heldNano),
    relatedOrders: desk
      .openOrders(pair)
      .filter(({ side, hold: held }) => side === 'sell' && held !== undefined)
      .map(({ id }) => id),
  })
}
