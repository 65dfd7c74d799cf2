import { newId } from '@paddock/kernel'
import { NANO_MICRO_PER_MINOR, quantityForNotional, type UsdMinor } from '@paddock/money'
import { requireAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { refreshMarket } from '../corporate-actions/corporate-action-store.ts'
import { type Order, type OrderId, OrderRejected } from './order.ts'
import { quantityToRaise, SMALLEST_BUY_MINOR } from './order-money.ts'
import { readOrder } from './order-terms.ts'
import { type NewOrder, withClientId } from './place-order.ts'

/** What a market order by dollars would bring or cost now. Nothing is written, nothing set aside. */
export async function estimateOrder(ctx: BrokerContext, request: NewOrder): Promise<Order> {
  const { accountId, clientOrderId, subtag, source } = withClientId(request)
  await requireAccount(ctx.db, accountId)
  const { terms, orderClass } = readOrder(request)
  const { amount, side, type } = terms
  if (amount.kind !== 'notional' || type !== 'market') throw new OrderRejected('estimate_by_notional_only')
  const { notionalMinor } = amount
  if (side === 'buy' && notionalMinor < SMALLEST_BUY_MINOR) throw new OrderRejected('cost_below_minimum')
  await refreshMarket(ctx.db, ctx.config)
  const now = ctx.clock.now()
  const { askMicro, bidMicro } = ctx.venue.quote(terms.asset, now)
  const [filledQuantityNano, priceMicro] =
    side === 'buy'
      ? [quantityForNotional(notionalMinor, askMicro), askMicro]
      : [quantityToRaise(notionalMinor, bidMicro), bidMicro]
  const filledValue = filledQuantityNano * priceMicro
  return {
    ...terms,
    ...nothingYet,
    orderClass,
    id: newId() as OrderId,
    accountId,
    clientOrderId,
    subtag,
    instructions: undefined,
    source,
    status: 'new',
    filledQuantityNano,
    filledValue,
    filledMinor: (filledValue / NANO_MICRO_PER_MINOR) as UsdMinor,
    submittedAt: now,
    updatedAt: now,
  }
}

/** What an order that nobody places does not have. */
const nothingYet = {
  parentId: undefined,
  leg: undefined,
  replaces: undefined,
  replacedBy: undefined,
  hold: undefined,
  holdPriceMicro: undefined,
  holdNumber: 0,
  fillCount: 0,
  commissionChargedMinor: 0n as UsdMinor,
  bestMicro: undefined,
  triggeredAt: undefined,
  lookAt: undefined,
  expiresAt: undefined,
  filledAt: undefined,
  cancelRequestedAt: undefined,
  canceledAt: undefined,
  expiredAt: undefined,
  replacedAt: undefined,
  failedAt: undefined,
}
