import { z } from 'zod'
import { DecimalInput } from './decimal.ts'
import { OrderBody, OrderSide } from './orders.ts'
import { filledLine, line, Uuid } from './primitives.ts'

export const portfolioStatuses = ['active', 'inactive', 'needs_adjustment'] as const
export const runTypes = ['full_rebalance', 'invest_cash'] as const

/** What the vendor's client can read; what is between QUEUED and an end is one status to it. */
export const runStatuses = [
  'QUEUED',
  'IN_PROGRESS',
  'CANCELED',
  'CANCELED_MID_RUN',
  'ERROR',
  'TIMEOUT',
  'COMPLETED_SUCCESS',
  'COMPLETED_ADJUSTED',
] as const

const WeightInput = z.object({
  type: z.enum(['cash', 'asset']),
  symbol: line(50).nullish(),
  percent: DecimalInput,
})

const ConditionInput = z.object({
  type: z.enum(['drift_band', 'calendar']),
  sub_type: z.enum(['absolute', 'relative', 'weekly', 'monthly', 'quarterly', 'annually']),
  percent: DecimalInput.nullish(),
  day: z.union([z.string().max(20), z.number().int()]).nullish(),
})
export type ConditionInput = z.infer<typeof ConditionInput>

const Weights = z.array(WeightInput).max(200, 'must have at most 200 weights')
export type WeightsInput = z.infer<typeof Weights>

const Conditions = z.array(ConditionInput).max(50, 'must have at most 50 conditions')

export const CreatePortfolioBody = z.object({
  name: filledLine(200),
  description: line(1_000),
  weights: Weights,
  cooldown_days: z.number().int().min(0).max(3_650),
  rebalance_conditions: Conditions.nullish(),
})
export type CreatePortfolioBody = z.infer<typeof CreatePortfolioBody>

export const UpdatePortfolioBody = z.object({
  name: filledLine(200).nullish(),
  description: line(1_000).nullish(),
  weights: Weights.nullish(),
  cooldown_days: z.number().int().min(0).max(3_650).nullish(),
  rebalance_conditions: Conditions.nullish(),
})
export type UpdatePortfolioBody = z.infer<typeof UpdatePortfolioBody>

export const CreateSubscriptionBody = z.object({ account_id: Uuid, portfolio_id: Uuid })

export const CreateRunBody = z.object({ account_id: Uuid, type: z.enum(runTypes), weights: Weights })

export const PortfolioPath = z.object({ portfolio_id: Uuid })
export const SubscriptionPath = z.object({ subscription_id: Uuid })
export const RunPath = z.object({ run_id: Uuid })

export const ListPortfoliosQuery = z.object({
  name: line(200).optional(),
  description: line(1_000).optional(),
  symbol: line(50).optional(),
  portfolio_id: Uuid.optional(),
  status: z.enum(portfolioStatuses).optional(),
})
export type ListPortfoliosQuery = z.infer<typeof ListPortfoliosQuery>

/** More than a page may have is cut to what it may. */
const Limit = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'must be a whole number above 0')
  .transform((text) => Math.min(Number(text), 1_000))

const page = { limit: Limit.optional(), page_token: Uuid.optional() }

export const ListSubscriptionsQuery = z.object({
  account_id: Uuid.optional(),
  portfolio_id: Uuid.optional(),
  ...page,
})

export const ListRunsQuery = z.object({
  account_id: Uuid.optional(),
  type: z.enum(runTypes).optional(),
  status: z.enum([...runStatuses, 'SELLS_IN_PROGRESS', 'BUYS_IN_PROGRESS']).optional(),
  ...page,
})

const Text = z.string().nullable()

/** What the vendor's client reads: an asset has a symbol, cash has none, and both a percentage above zero. */
export const WeightBody = z.object({ type: z.enum(['cash', 'asset']), symbol: Text, percent: z.string() })
export type WeightBody = z.infer<typeof WeightBody>

export const ConditionBody = z.object({
  type: z.enum(['drift_band', 'calendar']),
  sub_type: z.enum(['absolute', 'relative', 'weekly', 'monthly', 'quarterly', 'annually']),
  percent: Text,
  day: Text,
})
export type ConditionBody = z.infer<typeof ConditionBody>

export const PortfolioBody = z.object({
  id: Uuid,
  name: z.string(),
  description: z.string(),
  status: z.enum(portfolioStatuses),
  cooldown_days: z.number().int(),
  created_at: z.string(),
  updated_at: z.string(),
  weights: z.array(WeightBody),
  rebalance_conditions: z.array(ConditionBody).nullable(),
})
export type PortfolioBody = z.infer<typeof PortfolioBody>

export const SubscriptionBody = z.object({
  id: Uuid,
  account_id: Uuid,
  portfolio_id: Uuid,
  created_at: z.string(),
  last_rebalanced_at: Text,
})
export type SubscriptionBody = z.infer<typeof SubscriptionBody>

export const SubscriptionsPage = z.object({ subscriptions: z.array(SubscriptionBody), next_page_token: Text })
export type SubscriptionsPage = z.infer<typeof SubscriptionsPage>

export const SkippedOrderBody = z.object({
  symbol: z.string(),
  side: OrderSide,
  notional: Text,
  currency: z.literal('USD'),
  reason: z.string(),
  reason_details: z.string(),
})
export type SkippedOrderBody = z.infer<typeof SkippedOrderBody>

export const RunBody = z.object({
  id: Uuid,
  account_id: Uuid,
  type: z.enum(runTypes),
  amount: Text,
  /** The zero UUID for a run without a portfolio: the vendor's client takes no null. */
  portfolio_id: Uuid,
  weights: z.array(WeightBody),
  initiated_from: z.enum(['system', 'api']),
  created_at: z.string(),
  updated_at: z.string(),
  completed_at: Text,
  canceled_at: Text,
  status: z.enum(runStatuses),
  reason: Text,
  orders: z.array(OrderBody),
  failed_orders: z.array(OrderBody),
  skipped_orders: z.array(SkippedOrderBody),
})
export type RunBody = z.infer<typeof RunBody>

export const RunsPage = z.object({ runs: z.array(RunBody), next_page_token: Text })
export type RunsPage = z.infer<typeof RunsPage>
