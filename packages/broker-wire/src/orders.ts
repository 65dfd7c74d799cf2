import { z } from 'zod'
import { AssetClassName } from './assets.ts'
import { DecimalInput } from './decimal.ts'
import { filledLine, line, listParam, MomentParam, Timestamp, Uuid } from './primitives.ts'

export const OrderSide = z.enum(['buy', 'sell'])
export const OrderType = z.enum(['market', 'limit', 'stop', 'stop_limit', 'trailing_stop'])
export const TimeInForce = z.enum(['day', 'gtc', 'opg', 'cls', 'ioc', 'fok'])

export const OrderStatus = z.enum([
  'new',
  'partially_filled',
  'filled',
  'done_for_day',
  'canceled',
  'expired',
  'replaced',
  'pending_cancel',
  'pending_replace',
  'pending_new',
  'accepted',
  'accepted_for_bidding',
  'stopped',
  'rejected',
  'suspended',
  'calculated',
  'held',
])
export type OrderStatus = z.infer<typeof OrderStatus>

/** The official clients send explicit nulls for what they leave out. */
const optionalDecimal = DecimalInput.nullish()

const ExitLeg = z.object({ limit_price: optionalDecimal, stop_price: optionalDecimal })

/**
 * What one may say when placing an order. Fields are optional wherever the vendor answers their absence
 * with an order rule of its own rather than with a malformed body.
 */
export const CreateOrderBody = z.object({
  symbol: filledLine(50),
  qty: optionalDecimal,
  notional: optionalDecimal,
  side: OrderSide,
  type: OrderType,
  time_in_force: TimeInForce,
  limit_price: optionalDecimal,
  stop_price: optionalDecimal,
  trail_price: optionalDecimal,
  trail_percent: optionalDecimal,
  extended_hours: z.boolean().nullish(),
  client_order_id: filledLine(128).nullish(),
  order_class: z.enum(['', 'simple', 'bracket', 'oco', 'oto', 'mleg']).nullish(),
  take_profit: ExitLeg.nullish(),
  stop_loss: ExitLeg.nullish(),
  legs: z.array(z.unknown()).nullish(),
  position_intent: z.enum(['buy_to_open', 'buy_to_close', 'sell_to_open', 'sell_to_close']).nullish(),
  commission: optionalDecimal,
  commission_type: z.enum(['notional', 'qty', 'bps']).nullish(),
  subtag: line(128).nullish(),
  source: line(128).nullish(),
})
export type CreateOrderBody = z.infer<typeof CreateOrderBody>

const momentOrNull = Timestamp.nullable()
const textOrNull = z.string().nullable()

export const OrderBody = z.object({
  id: Uuid,
  client_order_id: z.string(),
  created_at: Timestamp,
  updated_at: Timestamp,
  submitted_at: Timestamp,
  filled_at: momentOrNull,
  expired_at: momentOrNull,
  expires_at: momentOrNull,
  canceled_at: momentOrNull,
  failed_at: momentOrNull,
  cancel_requested_at: momentOrNull,
  replaced_at: momentOrNull,
  replaced_by: textOrNull,
  replaces: textOrNull,
  asset_id: Uuid,
  symbol: z.string(),
  asset_class: AssetClassName,
  notional: textOrNull,
  qty: textOrNull,
  filled_qty: z.string(),
  filled_avg_price: textOrNull,
  order_class: z.string(),
  order_type: OrderType,
  type: OrderType,
  side: OrderSide,
  time_in_force: TimeInForce,
  limit_price: textOrNull,
  stop_price: textOrNull,
  status: OrderStatus,
  extended_hours: z.boolean(),
  legs: z.null(),
  trail_percent: textOrNull,
  trail_price: textOrNull,
  hwm: textOrNull,
  commission: z.string(),
  commission_type: z.string(),
  position_intent: z.string(),
  subtag: textOrNull,
  source: textOrNull,
})
export type OrderBody = z.infer<typeof OrderBody>

export const ListOrdersQuery = z.object({
  status: z.enum(['open', 'closed', 'all']).default('open'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  after: MomentParam.optional(),
  until: MomentParam.optional(),
  direction: z.enum(['asc', 'desc']).default('desc'),
  symbols: listParam(line(50)).optional(),
  side: OrderSide.optional(),
  asset_class: listParam(AssetClassName).optional(),
})
export type ListOrdersQuery = z.infer<typeof ListOrdersQuery>

/** One row of the answer to "cancel all": the order, and how cancelling it went. */
export const CanceledOrderRow = z.object({
  id: Uuid,
  status: z.number().int(),
  body: z.object({ code: z.number().int(), message: z.string() }).optional(),
})
export type CanceledOrderRow = z.infer<typeof CanceledOrderRow>
