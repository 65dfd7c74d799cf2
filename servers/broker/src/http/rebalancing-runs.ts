import { CreateRunBody, ListRunsQuery, RunBody, RunPath, RunsPage } from '@paddock/broker-wire'
import { trimmedUsd } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import { presentOrder } from '../orders/present-order.ts'
import { cancelRun } from '../rebalancing/cancel-run.ts'
import { RebalancingRejected } from '../rebalancing/rebalancing.ts'
import type { RunId, RunStatus } from '../rebalancing/run.ts'
import { type RunRecord, readRecords, type SkippedLeg } from '../rebalancing/run-orders.ts'
import { findRun, listRuns } from '../rebalancing/run-store.ts'
import { requestRun } from '../rebalancing/start-run.ts'
import { presentWeight } from '../rebalancing/weights.ts'
import { cutPage, DEFAULT_PAGE, rebalancingBases } from './rebalancing-bases.ts'
import type { BrokerRoutes } from './routes.ts'

const tags = ['Rebalancing']

/** Stands for the portfolio of a run that has none: the vendor's client takes no null there. */
const NO_PORTFOLIO = '00000000-0000-0000-0000-000000000000'

/** Runs that trade an account towards its weights (contracts/alpaca/rebalancing.md §3). */
export const runRoutes: BrokerRoutes = async (app, { ctx }) => {
  for (const base of rebalancingBases) {
    const path = `${base}/runs`
    app.post(
      path,
      { schema: { summary: 'Create a run', tags, body: CreateRunBody, response: { 200: RunBody } } },
      async ({ body }) => {
        const accountId = body.account_id as AccountId
        const run = await requestRun(ctx, { accountId, type: body.type, weights: body.weights })
        return presentRun({ run, all: [], open: [], failed: [], skipped: [] })
      },
    )

    app.get(
      path,
      { schema: { summary: 'List runs', tags, querystring: ListRunsQuery, response: { 200: RunsPage } } },
      async ({ query }) => {
        const { limit = DEFAULT_PAGE } = query
        const accountId = query.account_id as AccountId | undefined
        if (accountId !== undefined) await requireAccount(ctx.db, accountId)
        const rows = await listRuns(ctx.db, {
          accountId,
          type: query.type,
          statuses: query.status && statusesOf(query.status),
          limit: limit + 1,
          after: query.page_token,
        })
        const { page, nextPageToken } = cutPage(rows, limit)
        const records = await readRecords(ctx.db, page)
        return { runs: records.map(presentRun), next_page_token: nextPageToken }
      },
    )

    app.get(
      `${path}/:run_id`,
      { schema: { summary: 'Get a run', tags, params: RunPath, response: { 200: RunBody } } },
      async ({ params }) => {
        const run = await findRun(ctx.db, params.run_id as RunId)
        if (run === undefined) throw new RebalancingRejected('run_not_found')
        const [record] = await readRecords(ctx.db, [run])
        return presentRun(record as RunRecord)
      },
    )

    app.delete(
      `${path}/:run_id`,
      { schema: { summary: 'Cancel a run', tags, params: RunPath } },
      async ({ params }, reply) => {
        await cancelRun(ctx, params.run_id as RunId)
        return reply.code(204).send()
      },
    )
  }
}

/** To the vendor's client sales and buys are one status. */
function statusesOf(status: RunBody['status'] | 'SELLS_IN_PROGRESS' | 'BUYS_IN_PROGRESS'): RunStatus[] {
  return status === 'IN_PROGRESS' ? ['SELLS_IN_PROGRESS', 'BUYS_IN_PROGRESS'] : [status]
}

function presentStatus(status: RunStatus): RunBody['status'] {
  return status === 'SELLS_IN_PROGRESS' || status === 'BUYS_IN_PROGRESS' ? 'IN_PROGRESS' : status
}

function presentRun({ run, all, failed, skipped }: RunRecord): RunBody {
  return {
    id: run.id,
    account_id: run.accountId,
    type: run.type,
    amount: run.amountMinor === undefined ? null : trimmedUsd(run.amountMinor),
    portfolio_id: run.portfolioId ?? NO_PORTFOLIO,
    weights: run.weights.map(presentWeight),
    initiated_from: run.initiatedFrom,
    created_at: run.createdAt.toString(),
    updated_at: run.updatedAt.toString(),
    completed_at: run.completedAt?.toString() ?? null,
    canceled_at: run.canceledAt?.toString() ?? null,
    status: presentStatus(run.status),
    reason: run.reason ?? null,
    orders: all.filter((order) => !failed.includes(order)).map(presentOrder),
    failed_orders: failed.map(presentOrder),
    skipped_orders: skipped.map(presentSkipped),
  }
}

function presentSkipped({
  symbol,
  side,
  notionalMinor,
  outcome,
}: SkippedLeg): RunBody['skipped_orders'][number] {
  return {
    symbol,
    side,
    notional: trimmedUsd(notionalMinor),
    currency: 'USD',
    reason: outcome.skipped,
    reason_details: outcome.details,
  }
}
