import { z } from 'zod'
import { AnyAccountStatus } from './accounts.ts'
import { Uuid } from './primitives.ts'

/** Decimal text. The vendor leaves some figures out with time, so that most may be missing. */
const Money = z.string().nullish()

/** Keys that the vendor's client needs to see even when they hold nothing. */
const Present = z.string().nullable()

/** Balances (contracts/alpaca/trading-account.md). */
export const TradingAccountBody = z.object({
  id: Uuid,
  account_number: z.string(),
  status: AnyAccountStatus,
  crypto_status: AnyAccountStatus.nullish(),
  currency: z.string().nullish(),
  cash: z.string(),
  cash_withdrawable: Present,
  cash_transferable: Present,
  buying_power: z.string(),
  regt_buying_power: Money,
  daytrading_buying_power: Money,
  effective_buying_power: Money,
  non_marginable_buying_power: Money,
  options_buying_power: Money,
  bod_dtbp: Money,
  accrued_fees: Money,
  pending_transfer_in: Money,
  pending_transfer_out: Money,
  portfolio_value: Money,
  equity: z.string(),
  last_equity: z.string(),
  long_market_value: Money,
  short_market_value: Money,
  position_market_value: Money,
  initial_margin: Money,
  maintenance_margin: Money,
  last_maintenance_margin: Money,
  sma: Money,
  daytrade_count: z.number().int().nullish(),
  pattern_day_trader: z.boolean().nullish(),
  multiplier: Money,
  shorting_enabled: z.boolean().nullish(),
  trading_blocked: z.boolean().nullish(),
  transfers_blocked: z.boolean().nullish(),
  account_blocked: z.boolean().nullish(),
  trade_suspended_by_user: z.boolean().nullish(),
  created_at: z.string().nullish(),
  previous_close: Present,
  balance_asof: z.string().nullish(),
  last_long_market_value: Present,
  last_short_market_value: Present,
  last_cash: Present,
  last_initial_margin: Present,
  last_regt_buying_power: Present,
  last_daytrading_buying_power: Money,
  last_daytrade_count: z.number().int().nullish(),
  last_buying_power: Present,
  clearing_broker: z.string().nullable(),
  options_approved_level: z.number().int().nullish(),
  options_trading_level: z.number().int().nullish(),
  memoposts: Money,
  intraday_adjustments: Money,
  pending_reg_taf_fees: Money,
  crypto_tier: z.number().int().nullish(),
  admin_configurations: z.looseObject({}).nullish(),
  user_configurations: z.looseObject({}).nullish(),
})

export type TradingAccountBody = z.infer<typeof TradingAccountBody>
