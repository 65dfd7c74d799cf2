import { formatQuantity, parseQuantity, trimmedUsd } from '@paddock/money'
import type { BrokerageAccount } from '../applications/brokerage-account.ts'
import type { Order } from '../broker/client.ts'
import { type OrderAsked, submitOrder } from '../broker/submit-order.ts'
import { readWorldTime } from '../broker/world-time.ts'
import type { PlatformContext } from '../context.ts'
import { plainNumber, readAmount } from '../decimal.ts'
import type { Outcome } from '../intents/intent.ts'
import { runIntent } from '../intents/run-intent.ts'
import { OrderRefused } from './order-refused.ts'

type Figure = number | string | undefined

export interface OrderWish {
  /** Made by whoever asks: the same id again is a retry. */
  readonly id: string
  /** The name of the order at the broker; the id, unless the caller has a name of its own. */
  readonly clientOrderId: string
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly type: string
  readonly timeInForce: string
  readonly qty: Figure
  readonly notional: Figure
  readonly commission?: Figure
  readonly limitPrice?: Figure
}

/** Asks the broker for an order, once for each id. */
export async function placeOrder(
  ctx: PlatformContext,
  account: BrokerageAccount,
  wish: OrderWish,
): Promise<Outcome<Order>> {
  return runIntent(ctx, submitOrder, {
    userId: account.userId,
    id: wish.id,
    accountId: account.id,
    brokerKey: wish.clientOrderId,
    request: toRequest(wish),
    askedAt: await readWorldTime(ctx),
  })
}

/** Exact amounts only; which kinds of order there are is the broker's business. */
function toRequest(wish: OrderWish): OrderAsked {
  if ((wish.qty === undefined) === (wish.notional === undefined))
    throw new OrderRefused('quantity_or_notional')
  return {
    symbol: wish.symbol,
    side: wish.side,
    type: wish.type as OrderAsked['type'],
    time_in_force: wish.timeInForce as OrderAsked['time_in_force'],
    ...(wish.qty === undefined ? {} : { qty: readQuantity(wish.qty) }),
    ...(wish.notional === undefined ? {} : { notional: readMoney(wish.notional, 'notional_not_valid') }),
    ...(wish.commission === undefined ? {} : { commission: readCommission(wish.commission) }),
    ...(wish.limitPrice === undefined ? {} : { limit_price: plainNumber(wish.limitPrice) }),
  }
}

function readQuantity(value: number | string): string {
  const quantityNano = parseQuantity(plainNumber(value))
  if (quantityNano === undefined || quantityNano === 0n) throw new OrderRefused('quantity_not_valid')
  return formatQuantity(quantityNano)
}

function readMoney(value: number | string, refusal: 'commission_not_valid' | 'notional_not_valid'): string {
  const minor = readAmount(value)
  if (minor === undefined) throw new OrderRefused(refusal)
  return trimmedUsd(minor)
}

function readCommission(value: number | string): string {
  return /^0+(?:\.0{1,2})?$/.test(plainNumber(value)) ? '0' : readMoney(value, 'commission_not_valid')
}
