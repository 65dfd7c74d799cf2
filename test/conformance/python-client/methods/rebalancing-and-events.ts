import { z } from 'zod'
import { Portfolio, RebalancingRun, Subscription } from '../models/trading.ts'
import type { QueryValue } from '../python-text.ts'
import type { PythonTransport } from '../transport.ts'

type Query = Record<string, QueryValue>

const base = '/rebalancing'

const token = z.string().nullish()
const SubscriptionPage = z.object({ subscriptions: z.array(Subscription), next_page_token: token })
const RunPage = z.object({ runs: z.array(RebalancingRun), next_page_token: token })

/** Asks for page after page until one is empty or names no next one. */
async function allPages<Row>(
  maxItems: number | undefined,
  ask: (query: Query) => Promise<{ rows: Row[]; next: string | null | undefined }>,
): Promise<Row[]> {
  const found: Row[] = []
  for (let page_token: string | undefined; ; ) {
    const limit = maxItems === undefined ? undefined : Math.min(maxItems - found.length, 100)
    if (limit === 0) return found
    const { rows, next } = await ask({ limit, page_token })
    found.push(...rows)
    if (rows.length === 0 || next == null) return found
    page_token = next
    if (found.length > 10_000) throw new Error('the pages have no end')
  }
}

export const rebalancingMethods = {
  create_portfolio: (http: PythonTransport, data: object) => http.post(`${base}/portfolios`, Portfolio, data),

  get_all_portfolios: (http: PythonTransport, filter: Query = {}) =>
    http.get(`${base}/portfolios`, z.array(Portfolio), filter),

  get_portfolio_by_id: (http: PythonTransport, id: string) => http.get(`${base}/portfolios/${id}`, Portfolio),

  update_portfolio_by_id: (http: PythonTransport, id: string, data: object) =>
    http.patch(`${base}/portfolios/${id}`, Portfolio, data),

  inactivate_portfolio_by_id: (http: PythonTransport, id: string) =>
    http.nothing('DELETE', `${base}/portfolios/${id}`),

  create_subscription: (http: PythonTransport, data: object) =>
    http.post(`${base}/subscriptions`, Subscription, data),

  get_all_subscriptions: (http: PythonTransport, filter: Query = {}, maxItems?: number) =>
    allPages(maxItems, async (page) => {
      const answer = await http.get(`${base}/subscriptions`, SubscriptionPage, { ...filter, ...page })
      return { rows: answer.subscriptions, next: answer.next_page_token }
    }),

  get_subscription_by_id: (http: PythonTransport, id: string) =>
    http.get(`${base}/subscriptions/${id}`, Subscription),

  unsubscribe_account: (http: PythonTransport, id: string) =>
    http.nothing('DELETE', `${base}/subscriptions/${id}`),

  create_manual_run: (http: PythonTransport, data: object) => http.post(`${base}/runs`, RebalancingRun, data),

  get_all_runs: (http: PythonTransport, filter: Query = {}, maxItems?: number) =>
    allPages(maxItems, async (page) => {
      const answer = await http.get(`${base}/runs`, RunPage, { ...filter, ...page })
      return { rows: answer.runs, next: answer.next_page_token }
    }),

  get_run_by_id: (http: PythonTransport, id: string) => http.get(`${base}/runs/${id}`, RebalancingRun),

  cancel_run_by_id: (http: PythonTransport, id: string) => http.nothing('DELETE', `${base}/runs/${id}`),
}

/** The streams yield the text of each event, and nobody looks at the status. */
export const eventMethods = {
  get_account_status_events: (http: PythonTransport, filter: Query = {}) =>
    http.events('/events/accounts/status', filter),
  get_trade_events: (http: PythonTransport, filter: Query = {}) => http.events('/events/trades', filter),
  get_journal_events: (http: PythonTransport, filter: Query = {}) =>
    http.events('/events/journals/status', filter),
  get_transfer_events: (http: PythonTransport, filter: Query = {}) =>
    http.events('/events/transfers/status', filter),
  get_non_trading_activity_events: (http: PythonTransport, filter: Query = {}) =>
    http.events('/events/nta', filter),
}
