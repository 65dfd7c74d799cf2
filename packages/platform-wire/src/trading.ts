import { z } from 'zod'
import { Fraction, Id, Price, Quantity, QuantityInput, Timestamp, Usd, UsdInput } from './scalars.ts'

export const OrderSide = z.enum(['buy', 'sell'])

/**
 * PUT /api/orders/:id answers an Order (202 while its outcome is unknown): the id becomes the broker's
 * client_order_id. Exactly one of qty and notional. POST /api/orders/:id/cancel answers the Order too.
 */
export const OrderRequest = z.strictObject({
  symbol: z.string().min(1).max(20),
  side: OrderSide,
  type: z.literal('market'),
  time_in_force: z.enum(['day', 'gtc', 'ioc']),
  qty: QuantityInput.optional(),
  notional: UsdInput.optional(),
})
export type OrderRequest = z.infer<typeof OrderRequest>

export const Order = z.object({
  /** The intent's id = client_order_id. */
  id: Id,
  broker_order_id: Id.nullable(),
  symbol: z.string(),
  asset_class: z.string(),
  side: z.string(),
  type: z.string(),
  time_in_force: z.string(),
  qty: Quantity.nullable(),
  notional: Usd.nullable(),
  filled_qty: Quantity,
  filled_avg_price: Price.nullable(),
  /** The Broker API's word, or UNKNOWN while we are finding out, or REFUSED. */
  status: z.string(),
  reason: z.string().nullable(),
  submitted_at: Timestamp,
  filled_at: Timestamp.nullable(),
  can_cancel: z.boolean(),
})
export type Order = z.infer<typeof Order>

/** GET /api/orders, newest first. */
export const Orders = z.object({ orders: z.array(Order) })
export type Orders = z.infer<typeof Orders>

export const Position = z.object({
  symbol: z.string(),
  name: z.string(),
  asset_class: z.string(),
  qty: Quantity,
  qty_available: Quantity,
  avg_entry_price: Price,
  current_price: Price,
  market_value: Usd,
  cost_basis: Usd,
  unrealized_pl: Usd,
  unrealized_pl_fraction: Fraction,
  change_today_fraction: Fraction,
})
export type Position = z.infer<typeof Position>

/** GET /api/positions */
export const Positions = z.object({ positions: z.array(Position) })
export type Positions = z.infer<typeof Positions>
