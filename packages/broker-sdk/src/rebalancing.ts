import type {
  PortfolioBody,
  RunBody,
  RunsPage,
  SubscriptionBody,
  SubscriptionsPage,
} from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, Transport } from './transport.ts'

export type Portfolio = Open<PortfolioBody>
export type RebalancingSubscription = Open<SubscriptionBody>
export type RebalancingRun = Open<RunBody>

export type PortfolioWeight = { type: 'cash' | 'asset'; symbol?: string | null; percent: string | number }
export type RebalancingCondition = {
  type: 'drift_band' | 'calendar'
  sub_type: 'absolute' | 'relative' | 'weekly' | 'monthly' | 'quarterly' | 'annually'
  percent?: string | number | null
  day?: string | number | null
}
export type CreatePortfolio = {
  name: string
  description: string
  weights: readonly PortfolioWeight[]
  cooldown_days: number
  rebalance_conditions?: readonly RebalancingCondition[] | null
}
export type ListPortfolios = {
  name?: string
  description?: string
  symbol?: string
  portfolio_id?: string
  status?: 'active' | 'inactive' | 'needs_adjustment'
}
export type ListSubscriptions = {
  account_id?: string
  portfolio_id?: string
  limit?: number
  page_token?: string
}
export type CreateRun = {
  account_id: string
  type: 'full_rebalance' | 'invest_cash'
  weights: readonly PortfolioWeight[]
}
export type ListRuns = {
  account_id?: string
  type?: CreateRun['type']
  status?: string
  limit?: number
  page_token?: string
}

const BASE = '/v1/rebalancing'

export function rebalancingCalls(transport: Transport) {
  return {
    portfolios: portfolioCalls(transport),
    subscriptions: subscriptionCalls(transport),
    runs: runCalls(transport),
  }
}

function portfolioCalls({ call }: Transport) {
  const path = `${BASE}/portfolios`
  const one = (portfolioId: string) => `${path}/${encodeURIComponent(portfolioId)}`
  return {
    create: (portfolio: CreatePortfolio, options?: CallOptions) =>
      call<Portfolio>({ method: 'POST', path, body: portfolio, options }),

    list: (filter: ListPortfolios = {}, options?: CallOptions) =>
      call<Portfolio[]>({ method: 'GET', path, query: filter, options }),

    get: (portfolioId: string, options?: CallOptions) =>
      call<Portfolio>({ method: 'GET', path: one(portfolioId), options }),

    update: (portfolioId: string, change: Partial<CreatePortfolio>, options?: CallOptions) =>
      call<Portfolio>({ method: 'PATCH', path: one(portfolioId), body: change, options }),

    /** Archives it, which is refused while an account follows it. */
    archive: (portfolioId: string, options?: CallOptions) =>
      call<void>({ method: 'DELETE', path: one(portfolioId), options }),
  }
}

function subscriptionCalls({ call }: Transport) {
  const path = `${BASE}/subscriptions`
  const one = (subscriptionId: string) => `${path}/${encodeURIComponent(subscriptionId)}`
  const page = (filter: ListSubscriptions = {}, options?: CallOptions) =>
    call<Open<SubscriptionsPage>>({ method: 'GET', path, query: filter, options })
  return {
    create: (subscription: { account_id: string; portfolio_id: string }, options?: CallOptions) =>
      call<RebalancingSubscription>({ method: 'POST', path, body: subscription, options }),

    page,

    /** All of them, page after page. */
    async *list(
      filter: ListSubscriptions = {},
      options?: CallOptions,
    ): AsyncGenerator<RebalancingSubscription> {
      for await (const { subscriptions } of pagesOf((token) => page({ ...filter, ...token }, options))) {
        yield* subscriptions
      }
    },

    get: (subscriptionId: string, options?: CallOptions) =>
      call<RebalancingSubscription>({ method: 'GET', path: one(subscriptionId), options }),

    remove: (subscriptionId: string, options?: CallOptions) =>
      call<void>({ method: 'DELETE', path: one(subscriptionId), options }),
  }
}

function runCalls({ call }: Transport) {
  const path = `${BASE}/runs`
  const one = (runId: string) => `${path}/${encodeURIComponent(runId)}`
  const page = (filter: ListRuns = {}, options?: CallOptions) =>
    call<Open<RunsPage>>({ method: 'GET', path, query: filter, options })
  return {
    /** The vendor has no key for runs: after an unknown outcome look in the list before repeating. */
    create: (run: CreateRun, options?: CallOptions) =>
      call<RebalancingRun>({ method: 'POST', path, body: run, options }),

    page,

    /** All of them, newest first, page after page. */
    async *list(filter: ListRuns = {}, options?: CallOptions): AsyncGenerator<RebalancingRun> {
      for await (const { runs } of pagesOf((token) => page({ ...filter, ...token }, options))) yield* runs
    },

    get: (runId: string, options?: CallOptions) =>
      call<RebalancingRun>({ method: 'GET', path: one(runId), options }),

    cancel: (runId: string, options?: CallOptions) =>
      call<void>({ method: 'DELETE', path: one(runId), options }),
  }
}

/** Asks for one page after the other, until one names no next. */
async function* pagesOf<Page extends { next_page_token: string | null }>(
  ask: (token: { page_token?: string }) => Promise<Page>,
): AsyncGenerator<Page> {
  let token: string | null | undefined
  do {
    const page: Page = await ask(token == null ? {} : { page_token: token })
    yield page
    token = page.next_page_token
  } while (token != null && token !== '')
}
