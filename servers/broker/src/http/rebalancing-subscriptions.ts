import {
  CreateSubscriptionBody,
  ListSubscriptionsQuery,
  SubscriptionBody,
  SubscriptionPath,
  SubscriptionsPage,
} from '@paddock/broker-wire'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import type { PortfolioId } from '../rebalancing/portfolio-store.ts'
import { RebalancingRejected } from '../rebalancing/rebalancing.ts'
import { subscribe, unsubscribe } from '../rebalancing/subscribe.ts'
import {
  findSubscription,
  listSubscriptions,
  type Subscription,
  type SubscriptionId,
} from '../rebalancing/subscription-store.ts'
import { cutPage, DEFAULT_PAGE, rebalancingBases } from './rebalancing-bases.ts'
import type { BrokerRoutes } from './routes.ts'

const tags = ['Rebalancing']

/** Which account follows which portfolio (contracts/alpaca/rebalancing.md §2). */
export const subscriptionRoutes: BrokerRoutes = async (app, { ctx }) => {
  for (const base of rebalancingBases) {
    const path = `${base}/subscriptions`
    app.post(
      path,
      {
        schema: {
          summary: 'Subscribe an account to a portfolio',
          tags,
          body: CreateSubscriptionBody,
          response: { 200: SubscriptionBody },
        },
      },
      async ({ body }) =>
        presentSubscription(
          await subscribe(ctx, body.account_id as AccountId, body.portfolio_id as PortfolioId),
        ),
    )

    app.get(
      path,
      {
        schema: {
          summary: 'List subscriptions',
          tags,
          querystring: ListSubscriptionsQuery,
          response: { 200: SubscriptionsPage },
        },
      },
      async ({ query }) => {
        const { limit = DEFAULT_PAGE } = query
        const accountId = query.account_id as AccountId | undefined
        if (accountId !== undefined) await requireAccount(ctx.db, accountId)
        const rows = await listSubscriptions(ctx.db, {
          accountId,
          portfolioId: query.portfolio_id as PortfolioId | undefined,
          limit: limit + 1,
          after: query.page_token,
        })
        const { page, nextPageToken } = cutPage(rows, limit)
        return { subscriptions: page.map(presentSubscription), next_page_token: nextPageToken }
      },
    )

    app.get(
      `${path}/:subscription_id`,
      {
        schema: {
          summary: 'Get a subscription',
          tags,
          params: SubscriptionPath,
          response: { 200: SubscriptionBody },
        },
      },
      async ({ params }) => {
        const subscription = await findSubscription(ctx.db, params.subscription_id as SubscriptionId)
        if (subscription === undefined) throw new RebalancingRejected('subscription_not_found')
        return presentSubscription(subscription)
      },
    )

    app.delete(
      `${path}/:subscription_id`,
      { schema: { summary: 'Unsubscribe an account', tags, params: SubscriptionPath } },
      async ({ params }, reply) => {
        await unsubscribe(ctx, params.subscription_id as SubscriptionId)
        return reply.code(204).send()
      },
    )
  }
}

function presentSubscription(subscription: Subscription): SubscriptionBody {
  return {
    id: subscription.id,
    account_id: subscription.accountId,
    portfolio_id: subscription.portfolioId,
    created_at: subscription.createdAt.toString(),
    last_rebalanced_at: subscription.lastRebalancedAt?.toString() ?? null,
  }
}
