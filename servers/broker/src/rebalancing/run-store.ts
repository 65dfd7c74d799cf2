import type { UsdMinor } from '@paddock/money'
import type { Selectable, Updateable } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { Db, Tx } from '../db/database.ts'
import type { RebalancingLegs, RebalancingRuns } from '../db/schema.ts'
import type { OrderId } from '../orders/order.ts'
import type { PortfolioId } from './portfolio-store.ts'
import { type Run, type RunId, type RunLeg, type RunStatus, type RunType, unfinishedStatuses } from './run.ts'
import { presentWeight, toWeights } from './weights.ts'

type NewRun = Pick<
  Run,
  'id' | 'accountId' | 'type' | 'portfolioId' | 'weights' | 'initiatedFrom' | 'createdAt'
>

export async function insertRun(tx: Tx, run: NewRun): Promise<Run> {
  const row = await tx
    .insertInto('rebalancing_runs')
    .values({
      account_id: run.accountId,
      id: run.id,
      type: run.type,
      portfolio_id: run.portfolioId ?? null,
      weights: JSON.stringify(run.weights.map(presentWeight)),
      initiated_from: run.initiatedFrom,
      status: 'QUEUED',
      created_at: run.createdAt,
      updated_at: run.createdAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toRun(row)
}

export async function updateRun(
  tx: Tx,
  { accountId, id }: Pick<Run, 'accountId' | 'id'>,
  change: Updateable<RebalancingRuns>,
): Promise<Run> {
  const row = await tx
    .updateTable('rebalancing_runs')
    .set(change)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return toRun(row)
}

export async function findRun(db: Db, id: RunId): Promise<Run | undefined> {
  const row = await db.selectFrom('rebalancing_runs').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toRun(row)
}

export async function findUnfinishedRun(db: Db, accountId: AccountId): Promise<Run | undefined> {
  const row = await db
    .selectFrom('rebalancing_runs')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('status', 'in', unfinishedStatuses)
    .executeTakeFirst()
  return row && toRun(row)
}

export type RunPage = {
  readonly accountId?: AccountId | undefined
  readonly type?: RunType | undefined
  readonly statuses?: readonly RunStatus[] | undefined
  readonly limit: number
  /** The last one of the page before. */
  readonly after?: string | undefined
}

/** Newest first. */
export async function listRuns(db: Db, page: RunPage): Promise<Run[]> {
  let query = db.selectFrom('rebalancing_runs').selectAll()
  if (page.accountId !== undefined) query = query.where('account_id', '=', page.accountId)
  if (page.type !== undefined) query = query.where('type', '=', page.type)
  if (page.statuses !== undefined) query = query.where('status', 'in', page.statuses)
  if (page.after !== undefined) query = query.where('id', '<', page.after)
  const rows = await query.orderBy('id', 'desc').limit(page.limit).execute()
  return rows.map(toRun)
}

export async function insertLeg(tx: Tx, run: Run, leg: RunLeg): Promise<void> {
  const { outcome } = leg
  await tx
    .insertInto('rebalancing_legs')
    .values({
      account_id: run.accountId,
      run_id: run.id,
      number: leg.number,
      symbol: leg.symbol,
      side: leg.side,
      notional_minor: leg.notionalMinor,
      ...('orderId' in outcome
        ? { order_id: outcome.orderId }
        : { skip_reason: outcome.skipped, skip_details: outcome.details }),
    })
    .execute()
}

/** The legs of these runs, in the order in which they were traded. */
export async function readLegs(db: Db, runs: readonly Run[]): Promise<ReadonlyMap<RunId, RunLeg[]>> {
  if (runs.length === 0) return new Map()
  const rows = await db
    .selectFrom('rebalancing_legs')
    .selectAll()
    .where(
      'run_id',
      'in',
      runs.map(({ id }) => id),
    )
    .where('account_id', 'in', [...new Set(runs.map(({ accountId }) => accountId))])
    .orderBy('number')
    .execute()
  const legs = Map.groupBy(rows, ({ run_id }) => run_id as RunId)
  return new Map([...legs].map(([runId, of]) => [runId, of.map(toLeg)]))
}

function toLeg(row: Selectable<RebalancingLegs>): RunLeg {
  return {
    number: row.number,
    symbol: row.symbol,
    side: row.side as RunLeg['side'],
    notionalMinor: row.notional_minor as UsdMinor,
    outcome:
      row.order_id === null
        ? { skipped: row.skip_reason ?? '', details: row.skip_details ?? '' }
        : { orderId: row.order_id as OrderId },
  }
}

function toRun(row: Selectable<RebalancingRuns>): Run {
  return {
    id: row.id as RunId,
    accountId: row.account_id as AccountId,
    type: row.type as RunType,
    portfolioId: (row.portfolio_id as PortfolioId | null) ?? undefined,
    weights: toWeights(row.weights),
    initiatedFrom: row.initiated_from as Run['initiatedFrom'],
    status: row.status as RunStatus,
    amountMinor: (row.amount_minor as UsdMinor | null) ?? undefined,
    reason: row.reason ?? undefined,
    tick: row.tick,
    endsBy: row.ends_by ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    completedAt: row.completed_at ?? undefined,
    canceledAt: row.canceled_at ?? undefined,
  }
}
