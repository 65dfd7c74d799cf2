import { assert } from '@paddock/kernel'
import type { PriceMicro, QuantityNano, UsdMinor } from '@paddock/money'
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import { type AssetClass, getAsset } from '../assets/asset.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Orders } from '../db/schema.ts'
import {
  type Amount,
  type Order,
  type OrderId,
  type OrderSide,
  type OrderStatus,
  openStatuses,
  type TimeInForce,
} from './order.ts'

export interface OrderFilter {
  readonly status: 'open' | 'closed' | 'all'
  readonly limit: number
  readonly direction: 'asc' | 'desc'
  readonly after?: Temporal.Instant | undefined
  readonly until?: Temporal.Instant | undefined
  readonly symbols?: readonly string[] | undefined
  readonly side?: OrderSide | undefined
  readonly assetClasses?: readonly string[] | undefined
}

export async function insertOrder(tx: Tx, row: Insertable<Orders>): Promise<Order> {
  return toOrder(await tx.insertInto('orders').values(row).returningAll().executeTakeFirstOrThrow())
}

export async function updateOrder(tx: Tx, order: Order, change: Updateable<Orders>): Promise<Order> {
  const row = await tx
    .updateTable('orders')
    .set(change)
    .where('account_id', '=', order.accountId)
    .where('id', '=', order.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return toOrder(row)
}

export async function findOrder(db: Db, accountId: AccountId, orderId: OrderId): Promise<Order | undefined> {
  const row = await db
    .selectFrom('orders')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', orderId)
    .executeTakeFirst()
  return row && toOrder(row)
}

export async function findOrderByClientId(
  db: Db,
  accountId: AccountId,
  clientOrderId: string,
): Promise<Order | undefined> {
  const row = await db
    .selectFrom('orders')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('client_order_id', '=', clientOrderId)
    .executeTakeFirst()
  return row && toOrder(row)
}

/** These orders, in no order of their own. */
export async function findOrders(
  db: Db,
  accountIds: readonly AccountId[],
  orderIds: readonly OrderId[],
): Promise<Order[]> {
  if (accountIds.length === 0 || orderIds.length === 0) return []
  const rows = await db
    .selectFrom('orders')
    .selectAll()
    .where('account_id', 'in', accountIds)
    .where('id', 'in', orderIds)
    .execute()
  return rows.map(toOrder)
}

/** An account's orders by the time they were submitted; `after` and `until` are excluded. */
export async function listOrders(db: Db, accountId: AccountId, filter: OrderFilter): Promise<Order[]> {
  let query = db.selectFrom('orders').selectAll().where('account_id', '=', accountId)
  if (filter.status === 'open') query = query.where('status', 'in', openStatuses)
  if (filter.status === 'closed') query = query.where('status', 'not in', openStatuses)
  if (filter.after !== undefined) query = query.where('submitted_at', '>', filter.after)
  if (filter.until !== undefined) query = query.where('submitted_at', '<', filter.until)
  if (filter.symbols !== undefined) query = query.where('symbol', 'in', [...filter.symbols, ''])
  if (filter.side !== undefined) query = query.where('side', '=', filter.side)
  if (filter.assetClasses !== undefined) {
    query = query.where('asset_class', 'in', [...filter.assetClasses, ''])
  }
  const rows = await query
    .orderBy('submitted_at', filter.direction)
    .orderBy('id', filter.direction)
    .limit(filter.limit)
    .execute()
  return rows.map(toOrder)
}

function toOrder(row: Selectable<Orders>): Order {
  const asset = getAsset(row.symbol)
  assert(asset.assetClass === (row.asset_class as AssetClass), `${row.symbol} changed its class`)
  return {
    id: row.id as OrderId,
    accountId: row.account_id as AccountId,
    clientOrderId: row.client_order_id,
    asset,
    side: row.side as OrderSide,
    timeInForce: row.time_in_force as TimeInForce,
    amount: toAmount(row),
    commissionMinor: row.commission_minor as UsdMinor,
    subtag: row.subtag ?? undefined,
    source: row.source ?? undefined,
    status: row.status as OrderStatus,
    holdId: row.hold_id,
    heldAmount: row.held_amount,
    filledQuantityNano: row.filled_quantity_nano as QuantityNano,
    filledPriceMicro: (row.filled_price_micro as PriceMicro | null) ?? undefined,
    submittedAt: row.submitted_at,
    expiresAt: row.expires_at ?? undefined,
    filledAt: row.filled_at ?? undefined,
    canceledAt: row.canceled_at ?? undefined,
    failedAt: row.failed_at ?? undefined,
    updatedAt: row.updated_at,
  }
}

function toAmount({ quantity_nano, notional_minor }: Selectable<Orders>): Amount {
  if (quantity_nano !== null) return { kind: 'quantity', quantityNano: quantity_nano as QuantityNano }
  assert(notional_minor !== null, 'an order asks for shares or dollars')
  return { kind: 'notional', notionalMinor: notional_minor as UsdMinor }
}
