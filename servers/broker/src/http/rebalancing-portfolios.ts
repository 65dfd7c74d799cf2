import {
  CreatePortfolioBody,
  ListPortfoliosQuery,
  PortfolioBody,
  PortfolioPath,
  UpdatePortfolioBody,
} from '@paddock/broker-wire'
import { z } from 'zod'
import { presentCondition } from '../rebalancing/conditions.ts'
import {
  archivePortfolio,
  changePortfolio,
  createPortfolio,
  getPortfolio,
} from '../rebalancing/manage-portfolio.ts'
import { listPortfolios, type Portfolio, type PortfolioId } from '../rebalancing/portfolio-store.ts'
import { presentWeight } from '../rebalancing/weights.ts'
import { rebalancingBases } from './rebalancing-bases.ts'
import type { BrokerRoutes } from './routes.ts'

const tags = ['Rebalancing']

/** What accounts can follow (contracts/alpaca/rebalancing.md §1). */
export const portfolioRoutes: BrokerRoutes = async (app, { ctx }) => {
  for (const base of rebalancingBases) {
    const path = `${base}/portfolios`
    app.post(
      path,
      {
        schema: {
          summary: 'Create a portfolio',
          tags,
          body: CreatePortfolioBody,
          response: { 200: PortfolioBody },
        },
      },
      async ({ body }) =>
        presentPortfolio(
          await createPortfolio(ctx, {
            name: body.name,
            description: body.description,
            cooldownDays: body.cooldown_days,
            weights: body.weights,
            conditions: body.rebalance_conditions ?? undefined,
          }),
        ),
    )

    app.get(
      path,
      {
        schema: {
          summary: 'List portfolios',
          tags,
          querystring: ListPortfoliosQuery,
          response: { 200: z.array(PortfolioBody) },
        },
      },
      async ({ query }) => (await listPortfolios(ctx.db, readFilter(query))).map(presentPortfolio),
    )

    app.get(
      `${path}/:portfolio_id`,
      {
        schema: { summary: 'Get a portfolio', tags, params: PortfolioPath, response: { 200: PortfolioBody } },
      },
      async ({ params }) => presentPortfolio(await getPortfolio(ctx, params.portfolio_id as PortfolioId)),
    )

    app.patch(
      `${path}/:portfolio_id`,
      {
        schema: {
          summary: 'Update a portfolio',
          tags,
          params: PortfolioPath,
          body: UpdatePortfolioBody,
          response: { 200: PortfolioBody },
        },
      },
      async ({ params, body }) =>
        presentPortfolio(
          await changePortfolio(ctx, params.portfolio_id as PortfolioId, {
            name: body.name ?? undefined,
            description: body.description ?? undefined,
            cooldownDays: body.cooldown_days ?? undefined,
            weights: body.weights ?? undefined,
            conditions: body.rebalance_conditions ?? undefined,
          }),
        ),
    )

    app.delete(
      `${path}/:portfolio_id`,
      { schema: { summary: 'Archive a portfolio', tags, params: PortfolioPath } },
      async ({ params }, reply) => {
        await archivePortfolio(ctx, params.portfolio_id as PortfolioId)
        return reply.code(204).send()
      },
    )
  }
}

function readFilter(query: ListPortfoliosQuery) {
  return {
    id: query.portfolio_id as PortfolioId | undefined,
    name: query.name,
    description: query.description,
    symbol: query.symbol,
    statuses: query.status && [query.status],
  }
}

function presentPortfolio(portfolio: Portfolio): PortfolioBody {
  return {
    id: portfolio.id,
    name: portfolio.name,
    description: portfolio.description,
    status: portfolio.status,
    cooldown_days: portfolio.cooldownDays,
    created_at: portfolio.createdAt.toString(),
    updated_at: portfolio.updatedAt.toString(),
    weights: portfolio.weights.map(presentWeight),
    rebalance_conditions: portfolio.conditions?.map(presentCondition) ?? null,
  }
}
