import { newId } from '@paddock/kernel'
import type { BrokerContext } from '../context.ts'
import { type ConditionRequest, readConditions } from './conditions.ts'
import {
  findPortfolio,
  insertPortfolio,
  listPortfolios,
  lockPortfolio,
  type Portfolio,
  type PortfolioId,
  updatePortfolio,
} from './portfolio-store.ts'
import { RebalancingRejected } from './rebalancing.ts'
import { hasSubscribers } from './subscription-store.ts'
import { problemOf, readWeights, type WeightRequest } from './weights.ts'

export type PortfolioRequest = {
  readonly name: string
  readonly description: string
  readonly cooldownDays: number
  readonly weights: readonly WeightRequest[]
  readonly conditions: readonly ConditionRequest[] | undefined
}

export async function createPortfolio(ctx: BrokerContext, request: PortfolioRequest): Promise<Portfolio> {
  const now = ctx.clock.now()
  const portfolio: Portfolio = {
    ...request,
    id: newId() as PortfolioId,
    status: 'active',
    weights: readWeights(request.weights),
    conditions: request.conditions && readConditions(request.conditions),
    createdAt: now,
    updatedAt: now,
  }
  await ctx.db.transaction().execute((tx) => insertPortfolio(tx, portfolio))
  return portfolio
}

/** What is undefined stays as it is. */
export type PortfolioChange = {
  readonly [Field in keyof PortfolioRequest]?: PortfolioRequest[Field] | undefined
}

export async function changePortfolio(
  ctx: BrokerContext,
  id: PortfolioId,
  change: PortfolioChange,
): Promise<Portfolio> {
  return ctx.db.transaction().execute(async (tx) => {
    const before = await lockPortfolio(tx, id)
    if (before === undefined) throw new RebalancingRejected('portfolio_not_found')
    if (before.status === 'inactive') throw new RebalancingRejected('portfolio_inactive')
    const weights = change.weights === undefined ? before.weights : readWeights(change.weights)
    const portfolio: Portfolio = {
      ...before,
      name: change.name ?? before.name,
      description: change.description ?? before.description,
      cooldownDays: change.cooldownDays ?? before.cooldownDays,
      weights,
      conditions: change.conditions === undefined ? before.conditions : readConditions(change.conditions),
      status: statusFor(weights),
      updatedAt: ctx.clock.now(),
    }
    await updatePortfolio(tx, portfolio)
    return portfolio
  })
}

/** Archives a portfolio that nobody follows. A second time changes nothing. */
export async function archivePortfolio(ctx: BrokerContext, id: PortfolioId): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const portfolio = await lockPortfolio(tx, id)
    if (portfolio === undefined) throw new RebalancingRejected('portfolio_not_found')
    if (portfolio.status === 'inactive') return
    if (await hasSubscribers(tx, id)) throw new RebalancingRejected('portfolio_has_subscribers')
    await updatePortfolio(tx, { ...portfolio, status: 'inactive', updatedAt: ctx.clock.now() })
  })
}

export async function getPortfolio(ctx: BrokerContext, id: PortfolioId): Promise<Portfolio> {
  const portfolio = await findPortfolio(ctx.db, id)
  if (portfolio === undefined) throw new RebalancingRejected('portfolio_not_found')
  return portfolio
}

/** Marks the portfolios of which an asset is no longer tradable, and takes the mark off when all are again. */
export async function reviewPortfolios(ctx: BrokerContext): Promise<void> {
  for (const { id, weights, status } of await listPortfolios(ctx.db, {
    statuses: ['active', 'needs_adjustment'],
  })) {
    if (statusFor(weights) === status) continue
    await ctx.db.transaction().execute(async (tx) => {
      const portfolio = await lockPortfolio(tx, id)
      if (portfolio === undefined || portfolio.status === 'inactive') return
      const change = { status: statusFor(portfolio.weights), updatedAt: ctx.clock.now() }
      await updatePortfolio(tx, { ...portfolio, ...change })
    })
  }
}

function statusFor(weights: Portfolio['weights']): 'active' | 'needs_adjustment' {
  const isSound = weights.every(({ symbol }) => symbol === undefined || problemOf(symbol) === undefined)
  return isSound ? 'active' : 'needs_adjustment'
}
