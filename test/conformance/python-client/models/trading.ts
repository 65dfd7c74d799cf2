import { z } from 'zod'
import { day, decimal, maybe, moment, oneOf, text, uuid } from './values.ts'

const AssetClass = z.enum(['us_equity', 'us_option', 'crypto', 'crypto_perp'])
const exchanges = 'AMEX ARCA ASCX BATS NYSE NASDAQ NYSEARCA FTXU CBSE GNSS ERSX OTC CRYPTO'

export const Asset = z.object({
  id: uuid,
  class: AssetClass,
  exchange: oneOf(exchanges),
  symbol: text,
  name: maybe(text),
  status: z.enum(['active', 'inactive']),
  tradable: z.boolean(),
  marginable: z.boolean(),
  shortable: z.boolean(),
  easy_to_borrow: z.boolean(),
  fractionable: z.boolean(),
  min_order_size: maybe(decimal),
  min_trade_increment: maybe(decimal),
  price_increment: maybe(decimal),
  maintenance_margin_requirement: maybe(decimal),
  attributes: maybe(z.array(text)),
})

const OrderStatus = oneOf(
  'new partially_filled filled done_for_day canceled expired replaced pending_cancel pending_replace pending_review accepted pending_new accepted_for_bidding stopped rejected suspended calculated held',
)
const OrderType = z.enum(['market', 'limit', 'stop', 'stop_limit', 'trailing_stop', ''])

const orderFields = {
  id: uuid,
  client_order_id: text,
  created_at: moment,
  updated_at: moment,
  submitted_at: moment,
  filled_at: maybe(moment),
  expired_at: maybe(moment),
  expires_at: maybe(moment),
  canceled_at: maybe(moment),
  failed_at: maybe(moment),
  replaced_at: maybe(moment),
  replaced_by: maybe(uuid),
  replaces: maybe(uuid),
  asset_id: maybe(z.union([uuid, z.literal('')])),
  symbol: maybe(text),
  asset_class: maybe(z.union([AssetClass, z.literal('')])),
  notional: maybe(text),
  qty: maybe(decimal),
  filled_qty: maybe(decimal),
  filled_avg_price: maybe(decimal),
  // Missing and empty mean simple, null fails.
  order_class: z.enum(['', 'simple', 'mleg', 'bracket', 'oco', 'oto']).optional(),
  order_type: maybe(OrderType),
  type: maybe(OrderType),
  side: maybe(z.enum(['buy', 'sell', ''])),
  time_in_force: z.enum(['day', 'gtc', 'opg', 'cls', 'ioc', 'fok']),
  limit_price: maybe(decimal),
  stop_price: maybe(decimal),
  status: OrderStatus,
  extended_hours: z.boolean(),
  trail_percent: maybe(text),
  trail_price: maybe(text),
  hwm: maybe(text),
  commission: maybe(decimal),
  position_intent: maybe(z.enum(['buy_to_open', 'buy_to_close', 'sell_to_open', 'sell_to_close'])),
  ratio_qty: maybe(decimal),
}

export const Order = z.object({ ...orderFields, legs: maybe(z.array(z.object(orderFields))) })

export const CancelOrderResponse = z.object({
  id: uuid,
  status: z.number().int(),
  body: maybe(z.record(z.string(), z.unknown())),
})

export const Position = z.object({
  asset_id: uuid,
  symbol: text,
  exchange: oneOf(exchanges, ''),
  asset_class: AssetClass,
  asset_marginable: maybe(z.boolean()),
  avg_entry_price: text,
  qty: text,
  side: z.enum(['long', 'short']),
  cost_basis: text,
  qty_available: maybe(text),
  market_value: maybe(text),
  current_price: maybe(text),
  lastday_price: maybe(text),
  change_today: maybe(text),
  unrealized_pl: maybe(text),
  unrealized_plpc: maybe(text),
  unrealized_intraday_pl: maybe(text),
  unrealized_intraday_plpc: maybe(text),
})

export const AllAccountsPositions = z.object({
  as_of: moment,
  positions: z.record(z.string(), z.array(Position)),
})

const FailedClose = z.object({
  code: z.number().int(),
  message: text,
  available: maybe(decimal),
  existing_qty: maybe(decimal),
  held_for_orders: maybe(decimal),
  symbol: maybe(text),
})

export const ClosePositionResponse = z.object({
  order_id: maybe(uuid),
  symbol: maybe(text),
  status: maybe(z.number().int()),
  body: z.union([FailedClose, Order]),
})

export const PortfolioHistory = z.object({
  timestamp: z.array(z.number().int()),
  equity: z.array(z.number()),
  profit_loss: z.array(z.number()),
  profit_loss_pct: z.array(z.number().nullable()),
  base_value: z.number(),
  timeframe: text,
  cashflow: maybe(z.record(z.string(), z.array(z.number()))),
})

export const Clock = z.object({
  timestamp: moment,
  is_open: z.boolean(),
  next_open: moment,
  next_close: moment,
})

const bell = z.string().regex(/^\d\d:\d\d$/, 'is no HH:MM')
export const Calendar = z.object({ date: day, open: bell, close: bell })

export const Watchlist = z.object({
  id: uuid,
  account_id: uuid,
  name: text,
  created_at: moment,
  updated_at: moment,
  assets: maybe(z.array(Asset)),
})

export const CorporateActionAnnouncement = z.object({
  id: uuid,
  corporate_action_id: text,
  ca_type: z.enum(['dividend', 'merger', 'spinoff', 'split']),
  ca_sub_type: oneOf(
    'cash stock merger_update merger_completion stock_split unit_split reverse_split recapitalization spinoff',
  ),
  initiating_symbol: text,
  initiating_original_cusip: text,
  target_symbol: maybe(text),
  target_original_cusip: maybe(text),
  declaration_date: maybe(day),
  ex_date: maybe(day),
  record_date: maybe(day),
  payable_date: maybe(day),
  cash: decimal,
  old_rate: decimal,
  new_rate: decimal,
})

const isPositive = (percent: number | string) => Number(percent) > 0

const Weight = z
  .object({ type: z.enum(['cash', 'asset']), symbol: maybe(text), percent: decimal.refine(isPositive) })
  .refine(({ type, symbol }) => type === 'cash' || symbol != null, 'an asset needs its symbol')

export const Portfolio = z.object({
  id: uuid,
  name: text,
  description: text,
  status: z.enum(['active', 'inactive', 'needs_adjustment']),
  cooldown_days: z.number().int(),
  created_at: moment,
  updated_at: moment,
  weights: z.array(Weight),
  rebalance_conditions: maybe(
    z.array(
      z.object({
        type: z.enum(['drift_band', 'calendar']),
        sub_type: z.enum(['absolute', 'relative', 'weekly', 'monthly', 'quarterly', 'annually']),
        percent: maybe(decimal),
        day: maybe(text),
      }),
    ),
  ),
})

export const Subscription = z.object({
  id: uuid,
  account_id: uuid,
  portfolio_id: uuid,
  created_at: moment,
  last_rebalanced_at: maybe(moment),
})

export const RebalancingRun = z.object({
  id: uuid,
  account_id: uuid,
  type: z.enum(['full_rebalance', 'invest_cash']),
  amount: maybe(text),
  portfolio_id: uuid,
  weights: z.array(Weight),
  initiated_from: maybe(z.enum(['system', 'api'])),
  created_at: moment,
  updated_at: moment,
  completed_at: maybe(moment),
  canceled_at: maybe(moment),
  status: oneOf(
    'QUEUED IN_PROGRESS CANCELED CANCELED_MID_RUN ERROR TIMEOUT COMPLETED_SUCCESS COMPLETED_ADJUSTED',
  ),
  reason: maybe(text),
  orders: maybe(z.array(Order)),
  failed_orders: maybe(z.array(Order)),
  skipped_orders: maybe(
    z.array(
      z.object({
        symbol: text,
        side: maybe(z.enum(['buy', 'sell'])),
        notional: maybe(text),
        currency: maybe(text),
        reason: text,
        reason_details: maybe(text),
      }),
    ),
  ),
})
