import { z } from 'zod'

const Check = z.enum(['both', 'entry', 'exit'])

/** The vendor's documentation calls some of these texts, its client sends booleans. */
const Flag = z.union([
  z.boolean(),
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(['true', 'false']))
    .transform((text) => text === 'true'),
])

/** Null and what is missing leave a setting as it was (contracts/alpaca/trading-account.md §2). */
export const UpdateTradingConfigurationsBody = z.object({
  dtbp_check: Check.nullish(),
  pdt_check: Check.nullish(),
  trade_confirm_email: z.enum(['all', 'none']).nullish(),
  suspend_trade: z.boolean().nullish(),
  no_shorting: z.boolean().nullish(),
  fractional_trading: z.boolean().nullish(),
  max_margin_multiplier: z
    .union([z.enum(['1', '2', '4']), z.literal([1, 2, 4])], { error: 'must be 1, 2 or 4' })
    .transform((multiplier) => String(multiplier) as '1' | '2' | '4')
    .nullish(),
  max_options_trading_level: z.number().int().min(0).max(3).nullish(),
  ptp_no_exception_entry: Flag.nullish(),
  disable_overnight_trading: z.boolean().nullish(),
})

export type UpdateTradingConfigurationsBody = z.infer<typeof UpdateTradingConfigurationsBody>

export const TradingConfigurationsBody = z.object({
  dtbp_check: Check.optional(),
  pdt_check: Check.optional(),
  trade_confirm_email: z.enum(['all', 'none']),
  suspend_trade: z.boolean(),
  no_shorting: z.boolean(),
  fractional_trading: z.boolean(),
  max_margin_multiplier: z.string(),
  max_options_trading_level: z.number().int().nullable(),
  ptp_no_exception_entry: z.boolean(),
  disable_overnight_trading: z.boolean(),
})

export type TradingConfigurationsBody = z.infer<typeof TradingConfigurationsBody>

/** What may be bought and is in use today, in dollars as text. */
export const TradingLimitsBody = z.object({
  account_id: z.string(),
  currency: z.string(),
  daily_net_limit: z.string(),
  limit_in_use: z.string(),
  available: z.string(),
})

export type TradingLimitsBody = z.infer<typeof TradingLimitsBody>
