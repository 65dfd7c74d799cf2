import { z } from 'zod'
import { AssetClassName } from './assets.ts'
import { DecimalInput } from './decimal.ts'
import { BooleanParam, filledLine, line, listParam, MomentParam, Uuid } from './primitives.ts'

export const OrderSide = z.enum(['buy', 'sell'])
/** The vendor's list for requests is longer than what an account may do; the rest is refused by its rule. */
const OrderSideAsked = z.enum([
  ...OrderSide.options,
  'buy_minus',
  'sell_plus',
  'sell_short',
  'sell_short_exempt',
  'undisclosed',
  'cross',
  'cross_short',
])
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

/** How a sale names the lots that go first: a rule, or ids of lots. */
const LOTS_NAMED = /^lots=(?:fifo|lifo|hifo|[0-9a-f-]{36}(?:,[0-9a-f-]{36})*)$/

const TakeProfit = z.object({ limit_price: optionalDecimal })
const StopLoss = z.object({ stop_price: optionalDecimal, limit_price: optionalDecimal })

/**
 * What one may say when placing an order. Fields are optional wherever the vendor answers their absence
 * with an order rule of its own rather than with a malformed body.
 */
export const CreateOrderBody = z.object({
  /** Orders of several options have neither symbol nor side of their own. */
  symbol: filledLine(50).nullish(),
  qty: optionalDecimal,
  notional: optionalDecimal,
  side: OrderSideAsked.nullish(),
  type: OrderType,
  time_in_force: TimeInForce,
  limit_price: optionalDecimal,
  stop_price: optionalDecimal,
  trail_price: optionalDecimal,
  trail_percent: optionalDecimal,
  extended_hours: z.boolean().nullish(),
  client_order_id: filledLine(128).nullish(),
  order_class: z.enum(['', 'simple', 'bracket', 'oco', 'oto', 'mleg']).nullish(),
  take_profit: TakeProfit.nullish(),
  stop_loss: StopLoss.nullish(),
  legs: z.array(z.unknown()).nullish(),
  position_intent: z.enum(['buy_to_open', 'buy_to_close', 'sell_to_open', 'sell_to_close']).nullish(),
  commission: optionalDecimal,
  commission_type: z.enum(['notional', 'qty', 'bps']).nullish(),
  subtag: line(128).nullish(),
  /** Free text; on a sale `lots=…` says which lots go first (contracts/alpaca/positions.md). */
  instructions: line(512)
    .refine(
      (text) => !text.startsWith('lots') || LOTS_NAMED.test(text),
      'lots= needs fifo, lifo, hifo or ids of lots',
    )
    .nullish(),
  source: line(128).nullish(),
})
export type CreateOrderBody = z.infer<typeof CreateOrderBody>

/** What a replacement may change; the official client leaves out what stays, others send nulls. */
export const ReplaceOrderBody = z.object({
  qty: optionalDecimal,
  notional: optionalDecimal,
  time_in_force: TimeInForce.nullish(),
  limit_price: optionalDecimal,
  stop_price: optionalDecimal,
  trail: optionalDecimal,
  client_order_id: filledLine(128).nullish(),
})
export type ReplaceOrderBody = z.infer<typeof ReplaceOrderBody>

const Text = z.string().nullish()

/**
 * An order as it is answered: what the vendor's client needs is required, the rest may be missing. Orders
 * of several legs have neither symbol nor side of their own, and say so with an empty text.
 */
export const OrderBody = z.object({
  id: Uuid,
  client_order_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  submitted_at: z.string(),
  filled_at: Text,
  expired_at: Text,
  expires_at: Text,
  canceled_at: Text,
  failed_at: Text,
  cancel_requested_at: Text,
  replaced_at: Text,
  replaced_by: Text,
  replaces: Text,
  asset_id: Text,
  symbol: z.string(),
  asset_class: z.enum([...AssetClassName.options, '']),
  notional: Text,
  qty: Text,
  filled_qty: z.string(),
  filled_avg_price: Text,
  order_class: z.string(),
  order_type: z.enum([...OrderType.options, '']),
  type: z.enum([...OrderType.options, '']),
  side: z.enum([...OrderSide.options, '']),
  time_in_force: TimeInForce,
  limit_price: Text,
  stop_price: Text,
  status: OrderStatus,
  extended_hours: z.boolean(),
  get legs() {
    return z.array(OrderBody).nullish()
  },
  ratio_qty: Text,
  trail_percent: Text,
  trail_price: Text,
  hwm: Text,
  commission: Text,
  commission_type: Text,
  position_intent: Text,
  subtag: Text,
  source: Text,
})
// Orders hold orders, so a document of the API needs a name to point to.
z.globalRegistry.add(OrderBody, { id: 'Order' })

export type OrderBody = z.infer<typeof OrderBody>

export const NestedQuery = z.object({ nested: BooleanParam.optional() })

export const ListOrdersQuery = z.object({
  status: z.enum(['open', 'closed', 'all']).default('open'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  after: MomentParam.optional(),
  until: MomentParam.optional(),
  direction: z.enum(['asc', 'desc']).default('desc'),
  symbols: listParam(line(50)).optional(),
  side: OrderSide.optional(),
  asset_class: listParam(AssetClassName).optional(),
  /** Exits under `legs` of the order that they belong to, instead of rows of their own. */
  nested: BooleanParam.optional(),
  qty_above: DecimalInput.optional(),
  qty_below: DecimalInput.optional(),
  subtag: line(128).optional(),
})
export type ListOrdersQuery = z.infer<typeof ListOrdersQuery>

/** One row of the answer to "cancel all": the order, and how cancelling it went. */
export const CanceledOrderRow = z.object({
  id: Uuid,
  status: z.number().int(),
  body: z.object({ code: z.number().int(), message: z.string() }).optional(),
})
export type CanceledOrderRow = z.infer<typeof CanceledOrderRow>

/** What happened to an order. Fills carry price, quantity and what is held after them. */
const tradeEvent = {
  account_id: z.string(),
  at: z.string(),
  event: z.string(),
  timestamp: z.string(),
  order: OrderBody,
  execution_id: z.string().optional(),
  price: z.string().optional(),
  qty: z.string().optional(),
  position_qty: z.string().optional(),
  settle_date: z.string().optional(),
  reason: z.string().optional(),
}

/** The first generation numbers its events and has the ULID beside the number. */
export const TradeEventV1 = z.object({ ...tradeEvent, event_id: z.number().int(), event_ulid: z.string() })
export type TradeEventV1 = z.infer<typeof TradeEventV1>

export const TradeEventV2 = z.object({ ...tradeEvent, event_id: z.string() })
export type TradeEventV2 = z.infer<typeof TradeEventV2>
