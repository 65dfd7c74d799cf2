import type { AccountId } from '../accounts/account.ts'
import type { Tx } from '../db/database.ts'
import { OrderRejected } from '../orders/order.ts'
import { findSubscriptionOf } from './subscription-store.ts'

/** An account that follows a portfolio is traded by its runs alone. The account must be locked. */
export async function requireNotRebalanced(tx: Tx, accountId: AccountId): Promise<void> {
  if ((await findSubscriptionOf(tx, accountId)) !== undefined) {
    throw new OrderRejected('account_follows_portfolio')
  }
}
