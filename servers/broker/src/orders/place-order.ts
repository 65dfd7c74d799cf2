import { newId } from '@paddock/kernel'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { requireNotRebalanced } from '../rebalancing/require-not-rebalanced.ts'
import { acceptOrder, requireMayTrade } from './accept-order.ts'
import { type Order, OrderRejected } from './order.ts'
import { findOrderByClientId } from './order-store.ts'
import { type OrderRequest, readOrderTerms } from './order-terms.ts'

export interface NewOrder extends OrderRequest {
  readonly clientOrderId?: string | undefined
  readonly subtag?: string | undefined
  readonly source?: string | undefined
}

/** Accepts a market order and sets its cash or shares aside, or rejects it and changes nothing. */
export async function placeOrder(
  ctx: BrokerContext,
  accountId: AccountId,
  request: NewOrder,
): Promise<Order> {
  const clientOrderId = request.clientOrderId ?? newId()
  return transact(ctx, async (tx) => {
    const account = await lockAccount(tx, accountId)

    // Before every other rule: a retry must meet its earlier self, not the cash that one holds.
    if ((await findOrderByClientId(tx, accountId, clientOrderId)) !== undefined) {
      throw new OrderRejected('client_order_id_taken')
    }
    const terms = readOrderTerms(request)
    requireMayTrade(account, terms.asset, terms)
    await requireNotRebalanced(tx, accountId)
    return acceptOrder(ctx, tx, accountId, {
      terms,
      clientOrderId,
      subtag: request.subtag,
      source: request.source,
    })
  })
}
