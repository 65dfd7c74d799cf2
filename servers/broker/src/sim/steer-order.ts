import type { PriceMicro, QuantityNano } from '@paddock/money'
import { formatQuantity } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { isForAuction } from '../exchange/order-times.ts'
import { quantityOf, take, type Wanted } from '../exchange/take.ts'
import { Desk } from '../orders/desk.ts'
import { endOrder } from '../orders/end-order.ts'
import { familyOf } from '../orders/exit-legs.ts'
import { fillOrder } from '../orders/fill-order.ts'
import { isOpen, type Order, type OrderId, OrderRejected } from '../orders/order.ts'
import { type OrderEvent, orderEvent } from '../orders/order-events.ts'
import { remainingOf } from '../orders/order-money.ts'
import { findOrder } from '../orders/order-store.ts'
import { concludeReplacement, takeChange } from '../orders/pending-replacement.ts'
import { SimRefused } from './sim-rejection.ts'

/** What somebody wants executed; all that is open, or half of it, and the price of the market, where nothing is said. */
export interface WantedFill {
  readonly quantityNano?: QuantityNano | undefined
  readonly priceMicro?: PriceMicro | undefined
}

/** What an order can be made to wait in, and how the world is told. */
const waits = {
  pending_new: 'pending_new',
  accepted_for_bidding: 'accepted',
  stopped: 'stopped',
  suspended: 'suspended',
  calculated: 'calculated',
  done_for_day: 'done_for_day',
  pending_cancel: 'pending_cancel',
  pending_replace: 'pending_replace',
} as const satisfies Partial<Record<Order['status'], OrderEvent>>

export type WaitStatus = keyof typeof waits
export const waitStatuses = Object.keys(waits) as WaitStatus[]

const SHARE_NANO = 1_000_000_000n

/** Executes an order now, whatever the market does. */
export function fillNow(ctx: BrokerContext, orderId: OrderId, fill: WantedFill): Promise<Order> {
  return steer(ctx, orderId, (desk, order) => execute(desk, order, fill, (openNano) => openNano))
}

/** Executes a part of an order now: without a quantity about half of it. */
export function fillPartNow(ctx: BrokerContext, orderId: OrderId, fill: WantedFill): Promise<Order> {
  return steer(ctx, orderId, (desk, order) => {
    const filled = execute(desk, order, fill, halfOf)
    if (filled.status === 'filled') {
      throw new SimRefused('fill_above_order', { open: 'less than all' })
    }
    return filled
  })
}

/** The venue does not want an order of which nothing has executed. */
export function rejectNow(ctx: BrokerContext, orderId: OrderId): Promise<Order> {
  return steer(ctx, orderId, (desk, order) => {
    if (order.fillCount > 0) throw new SimRefused('order_not_steerable', { status: order.status })
    return endOrder(desk, order, 'rejected')
  })
}

/** The venue says yes to what it was asked for: a new order, its change, or its cancel. What cannot be changed any more stays. */
export function acknowledge(ctx: BrokerContext, orderId: OrderId): Promise<Order> {
  return steer(ctx, orderId, async (desk, order, tx) => {
    switch (order.status) {
      case 'pending_new':
        return backToWork(desk, order, 'new')
      case 'pending_cancel':
        return endOrder(desk, order, 'canceled')
      case 'pending_replace': {
        const successor = await concludeReplacement(desk, tx, order)
        return successor ?? backToWork(desk, order, 'order_replace_rejected')
      }
      default:
        throw new SimRefused('order_not_acknowledgeable', { status: order.status })
    }
  })
}

/** The venue says no to what it was asked for: the order goes on as it was, and a new one is rejected. */
export function refuse(ctx: BrokerContext, orderId: OrderId): Promise<Order> {
  return steer(ctx, orderId, async (desk, order, tx) => {
    switch (order.status) {
      case 'pending_new':
        return endOrder(desk, order, 'rejected')
      case 'pending_cancel':
        return backToWork(desk, order, 'order_cancel_rejected')
      case 'pending_replace':
        await takeChange(tx, order)
        return backToWork(desk, order, 'order_replace_rejected')
      default:
        throw new SimRefused('order_not_acknowledgeable', { status: order.status })
    }
  })
}

/** Puts an order into one of the rare states in which it is open and nothing executes, or back to work. */
export function setOrderStatus(
  ctx: BrokerContext,
  orderId: OrderId,
  status: WaitStatus | 'new',
): Promise<Order> {
  return steer(ctx, orderId, async (desk, order, tx) => {
    if (status === 'new') return backToWork(desk, order, 'new')
    if (status === 'pending_replace') await takeChange(tx, order)
    const waiting = desk.change(order, {
      status,
      // It still ends with its day.
      lookAt: isForAuction(order) ? undefined : order.expiresAt,
      ...(status === 'pending_cancel' ? { cancelRequestedAt: desk.now } : {}),
    })
    desk.addEvent(orderEvent(waiting, waits[status]))
    return waiting
  })
}

/** Does something to an open order that is not waiting for another one, as one transaction. */
async function steer(
  ctx: BrokerContext,
  orderId: OrderId,
  work: (desk: Desk, order: Order, tx: Tx) => Order | Promise<Order>,
): Promise<Order> {
  const pair = await findPair(ctx, orderId)
  return transact(ctx, async (tx) => {
    const desk = await Desk.open(ctx, tx, [pair])
    const order = desk.order(orderId)
    if (order === undefined || !isOpen(order) || order.status === 'held') {
      const { status } = order ?? (await findOrder(tx, pair.accountId, orderId)) ?? pair
      throw new SimRefused('order_not_steerable', { status })
    }
    const steered = await work(desk, order, tx)
    await desk.flush()
    return steered
  })
}

async function findPair({ db }: BrokerContext, orderId: OrderId) {
  const row = await db
    .selectFrom('orders')
    .select(['account_id', 'symbol', 'status'])
    .where('id', '=', orderId)
    .executeTakeFirst()
  if (row === undefined) throw new OrderRejected('order_not_found', { orderId })
  return { accountId: row.account_id as AccountId, symbol: row.symbol, status: row.status }
}

function execute(
  desk: Desk,
  order: Order,
  { quantityNano, priceMicro = priceOf(desk, order) }: WantedFill,
  usually: (openNano: bigint) => bigint,
): Order {
  const { side, hold } = order
  const amount = remainingOf(order)
  const heldNano = amount.kind === 'notional' && side === 'sell' ? hold?.amount : undefined
  const wanted: Wanted = { side, amount, mostNano: heldNano }
  const openNano = quantityOf(wanted, priceMicro)
  if (quantityNano !== undefined && quantityNano > openNano) {
    throw new SimRefused('fill_above_order', { open: formatQuantity(openNano) })
  }
  const sizeNano = quantityNano ?? usually(openNano)
  if (sizeNano === 0n) throw new SimRefused('fill_above_order', { open: formatQuantity(openNano) })
  const { execution, isComplete } = take(wanted, { priceMicro, sizeNano })
  const filled = fillOrder(desk, order, execution, isComplete)
  if (filled === undefined) throw new SimRefused('fill_needs_cash')
  return filled
}

/** The market's price, or the order's own limit where that is what it would get. */
function priceOf({ ctx, now }: Desk, { asset, side, limitMicro }: Order): PriceMicro {
  const { askMicro, bidMicro } = ctx.venue.quote(asset, now)
  if (side === 'buy') return limitMicro !== undefined && limitMicro < askMicro ? limitMicro : askMicro
  return limitMicro !== undefined && limitMicro > bidMicro ? limitMicro : bidMicro
}

/** Whole shares of what has two of them; all but the whole of what is smaller. */
function halfOf(openNano: bigint): bigint {
  const half = openNano / 2n
  return half >= SHARE_NANO ? half - (half % SHARE_NANO) : half
}

/** To where it was: an exit to wait for its entry, an order to its place at the market. */
function backToWork(desk: Desk, order: Order, event: OrderEvent): Order {
  const waits = order.leg !== undefined && familyOf(desk, order).some(({ leg }) => leg === undefined)
  const isWaiting = waits && order.orderClass !== 'oco'
  const back = desk.change(order, {
    status: isWaiting ? 'held' : order.fillCount > 0 ? 'partially_filled' : 'new',
    lookAt: isWaiting
      ? undefined
      : isForAuction(order)
        ? desk.ctx.venue.comesToMarket(order, desk.now)
        : desk.now,
  })
  desk.addEvent(orderEvent(back, event))
  return back
}
