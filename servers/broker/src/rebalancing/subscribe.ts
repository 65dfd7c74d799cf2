import { newId } from '@paddock/kernel'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { scheduleCheck } from './check-subscriptions.ts'
import { lockPortfolio, type PortfolioId } from './portfolio-store.ts'
import { RebalancingRejected } from './rebalancing.ts'
import { currentOrNextWindow } from './run-window.ts'
import {
  deleteSubscription,
  findSubscription,
  insertSubscription,
  type Subscription,
  type SubscriptionId,
} from './subscription-store.ts'

/** Lets an account follow a portfolio: from now on only runs trade in it. */
export async function subscribe(
  ctx: BrokerContext,
  accountId: AccountId,
  portfolioId: PortfolioId,
): Promise<Subscription> {
  return transact(ctx, async (tx) => {
    const account = await lockAccount(tx, accountId)
    const portfolio = await lockPortfolio(tx, portfolioId)
    if (portfolio === undefined) throw new RebalancingRejected('portfolio_not_found')
    if (portfolio.status === 'inactive') throw new RebalancingRejected('portfolio_inactive')
    if (account.status !== 'ACTIVE') throw new RebalancingRejected('account_not_rebalanceable')
    const now = ctx.clock.now()
    const subscription: Subscription = {
      id: newId() as SubscriptionId,
      accountId,
      portfolioId,
      createdAt: now,
      lastRebalancedAt: undefined,
    }
    if (!(await insertSubscription(tx, subscription))) throw new RebalancingRejected('account_subscribed')
    // At once where it is not too late today; the half hours follow.
    const { opensAt } = currentOrNextWindow(ctx.config.marketHours, now)
    await scheduleCheck(tx, Temporal.Instant.compare(opensAt, now) > 0 ? opensAt : now)
    return subscription
  })
}

/** Leaves the account as it is. A run that is under way goes on to its end. */
export async function unsubscribe(ctx: BrokerContext, id: SubscriptionId): Promise<void> {
  const found = await findSubscription(ctx.db, id)
  if (found === undefined) throw new RebalancingRejected('subscription_not_found')
  await transact(ctx, async (tx) => {
    await lockAccount(tx, found.accountId)
    if ((await findSubscription(tx, id)) === undefined)
      throw new RebalancingRejected('subscription_not_found')
    await deleteSubscription(tx, found)
  })
}
