import type { Brand } from '@paddock/kernel'
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { RebalancingPortfolios } from '../db/schema.ts'
import { type Condition, presentCondition, toConditions } from './conditions.ts'
import { presentWeight, toWeights, type Weight } from './weights.ts'

export type PortfolioId = Brand<string, 'PortfolioId'>
export type PortfolioStatus = 'active' | 'inactive' | 'needs_adjustment'

/** What accounts that follow it should hold, and when they are brought back to it. */
export type Portfolio = {
  readonly id: PortfolioId
  readonly name: string
  readonly description: string
  readonly status: PortfolioStatus
  /** Least time between two runs that the system begins. */
  readonly cooldownDays: number
  readonly weights: readonly Weight[]
  readonly conditions: readonly Condition[] | undefined
  readonly createdAt: Temporal.Instant
  readonly updatedAt: Temporal.Instant
}

export async function insertPortfolio(tx: Tx, portfolio: Portfolio): Promise<void> {
  const { id, createdAt } = portfolio
  await tx
    .insertInto('rebalancing_portfolios')
    .values({ id, created_at: createdAt, ...columnsOf(portfolio) })
    .execute()
}

export async function updatePortfolio(tx: Tx, portfolio: Portfolio): Promise<void> {
  await tx
    .updateTable('rebalancing_portfolios')
    .set(columnsOf(portfolio))
    .where('id', '=', portfolio.id)
    .execute()
}

function columnsOf({ name, description, status, cooldownDays, weights, conditions, updatedAt }: Portfolio) {
  return {
    name,
    description,
    status,
    cooldown_days: cooldownDays,
    weights: JSON.stringify(weights.map(presentWeight)),
    conditions: conditions === undefined ? null : JSON.stringify(conditions.map(presentCondition)),
    updated_at: updatedAt,
  }
}

export async function findPortfolio(db: Db, id: PortfolioId): Promise<Portfolio | undefined> {
  const row = await db
    .selectFrom('rebalancing_portfolios')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toPortfolio(row)
}

/** Locks the portfolio's row: nobody subscribes to it or changes it until we commit. */
export async function lockPortfolio(tx: Tx, id: PortfolioId): Promise<Portfolio | undefined> {
  const row = await tx
    .selectFrom('rebalancing_portfolios')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && toPortfolio(row)
}

export type PortfolioFilter = {
  readonly id?: PortfolioId | undefined
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly symbol?: string | undefined
  readonly statuses?: readonly PortfolioStatus[] | undefined
}

const MAX_PORTFOLIOS = 1_000

/** Newest first. Names and descriptions are found by any part of them, whatever the case. */
export async function listPortfolios(db: Db, filter: PortfolioFilter): Promise<Portfolio[]> {
  let query = db.selectFrom('rebalancing_portfolios').selectAll()
  if (filter.id !== undefined) query = query.where('id', '=', filter.id)
  if (filter.statuses !== undefined) query = query.where('status', 'in', filter.statuses)
  if (filter.name !== undefined) {
    query = query.where(sql<boolean>`strpos(lower(name), ${filter.name.toLowerCase()}) > 0`)
  }
  if (filter.description !== undefined) {
    query = query.where(sql<boolean>`strpos(lower(description), ${filter.description.toLowerCase()}) > 0`)
  }
  if (filter.symbol !== undefined) {
    const wanted = JSON.stringify([{ symbol: filter.symbol }])
    query = query.where(sql<boolean>`weights @> ${wanted}::jsonb`)
  }
  const rows = await query.orderBy('id', 'desc').limit(MAX_PORTFOLIOS).execute()
  return rows.map(toPortfolio)
}

function toPortfolio(row: Selectable<RebalancingPortfolios>): Portfolio {
  return {
    id: row.id as PortfolioId,
    name: row.name,
    description: row.description,
    status: row.status as PortfolioStatus,
    cooldownDays: row.cooldown_days,
    weights: toWeights(row.weights),
    conditions: row.conditions === null ? undefined : toConditions(row.conditions),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
