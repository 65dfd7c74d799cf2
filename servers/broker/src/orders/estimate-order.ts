import { newId } from '@paddock/kernel'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { refreshSplits } from '../corporate-actions/corporate-action-store.ts'
import { quoteOf } from '../market/market.ts'
import { type Order, type OrderId, OrderRejected } from './order.ts'
import { costOfBuy, executeBuy, executeSale, SMALLEST_BUY_MINOR } from './order-money.ts'
import { readOrderTerms } from './order-terms.ts'
import type { NewOrder } from './place-order.ts'

/** More shares than anybody has: an estimate does not look at what the account holds. */
const ANY_NANO = 10n ** 30n

/** What a market order by dollars would bring or cost now. Nothing is written, nothing set aside. */
export async function estimateOrder(
  ctx: BrokerContext,
  accountId: AccountId,
  request: NewOrder,
): Promise<Order> {
  await requireAccount(ctx.db, accountId)
  const terms = readOrderTerms(request)
  if (terms.amount.kind !== 'notional') throw new OrderRejected('estimate_by_notional_only')
  await refreshSplits(ctx.db, ctx.config)
  const now = ctx.clock.now()
  const quote = quoteOf(ctx.config, terms.asset, now)
  if (terms.side === 'buy' && costOfBuy(terms.amount, quote.askMicro) < SMALLEST_BUY_MINOR) {
    throw new OrderRejected('cost_below_minimum')
  }
  const execution =
    terms.side === 'buy' ? executeBuy(terms, quote.askMicro) : executeSale(terms, quote.bidMicro, ANY_NANO)
  return {
    ...terms,
    id: newId() as OrderId,
    accountId,
    clientOrderId: request.clientOrderId ?? newId(),
    subtag: request.subtag,
    source: request.source,
    status: 'new',
    holdId: '',
    heldAmount: 0n,
    filledQuantityNano: execution.quantityNano,
    filledPriceMicro: execution.priceMicro,
    submittedAt: now,
    expiresAt: undefined,
    filledAt: undefined,
    canceledAt: undefined,
    failedAt: undefined,
    updatedAt: now,
  }
}
