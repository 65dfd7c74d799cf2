import { z } from 'zod'
import { BooleanParam, MomentParam } from './primitives.ts'

export const historyTimeframes = ['1Min', '5Min', '15Min', '1H', '1D'] as const

/** What stretch of time is asked for, and how finely (contracts/alpaca/portfolio-history.md). */
export const PortfolioHistoryQuery = z.object({
  period: z
    .string()
    .toUpperCase()
    .regex(/^[1-9]\d{0,3}[DWMA]$/, 'must be a number and a unit such as 1D, 2W, 3M or 1A')
    .optional(),
  timeframe: z.enum(historyTimeframes).optional(),
  intraday_reporting: z.enum(['market_hours', 'extended_hours', 'continuous']).optional(),
  pnl_reset: z.enum(['per_day', 'no_reset']).default('per_day'),
  start: MomentParam.optional(),
  end: MomentParam.optional(),
  /** `ALL`, `NONE`, or types of activity, by comma or repeated. */
  cashflow_types: z
    .union([z.string(), z.array(z.string())])
    .transform((value) => [value].flat().flatMap((part) => part.toUpperCase().split(',').filter(Boolean)))
    .optional(),
  /** Both are deprecated: the day on which `end` lies, and `intraday_reporting` in one bit. */
  date_end: MomentParam.optional(),
  extended_hours: BooleanParam.optional(),
})
export type PortfolioHistoryQuery = z.infer<typeof PortfolioHistoryQuery>

/** Lists of the same length. These figures are JSON numbers, other than everywhere else. */
export const PortfolioHistoryBody = z.object({
  timestamp: z.array(z.number().int()),
  equity: z.array(z.number()),
  profit_loss: z.array(z.number()),
  profit_loss_pct: z.array(z.number()),
  base_value: z.number(),
  base_value_asof: z.string(),
  timeframe: z.enum(historyTimeframes),
  cashflow: z.record(z.string(), z.array(z.number())).optional(),
})
export type PortfolioHistoryBody = z.infer<typeof PortfolioHistoryBody>
