import { assert } from '@paddock/kernel'
import type { PriceMicro, QuantityNano, UsdMinor } from '@paddock/money'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import { type AssetClass, getAsset } from '../assets/asset.ts'
import type { Db, Tx } from '../db/database.ts'
import { insertRows, rowsAsJson } from '../db/insert-rows.ts'
import type { Orders } from '../db/schema.ts'
import {
  type Amount,
  averagePrice,
  type Commission,
  type Leg,
  type Order,
  type OrderClass,
  type OrderId,
  type OrderSide,
  type OrderStatus,
  type OrderType,
  openStatuses,
  type TimeInForce,
  type Trail,
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
  readonly subtag?: string | undefined
  /** Shares asked for, exclusive; an order by dollars asks for none. */
  readonly aboveNano?: bigint | undefined
  readonly belowNano?: bigint | undefined
  /** Without exits of their own: they are with the order that they belong to, which is open as long as one of them is. */
  readonly isNested?: boolean | undefined
}

/** Writes new orders, and what has become of those that are known, in two statements. */
export async function writeOrders(tx: Tx, fresh: readonly Order[], changed: readonly Order[]): Promise<void> {
  await Promise.all([
    insertRows(tx, 'orders', fresh.map(toRow)),
    changed.length > 0 ? updateOrders(tx, changed) : undefined,
  ])
}

/** Only what changes after acceptance: the terms stay, but exits may come to be for fewer shares, and another's. */
async function updateOrders(tx: Tx, orders: readonly Order[]): Promise<void> {
  const { numAffectedRows } = await sql`
    update orders set
      status = changed.status, quantity_nano = changed.quantity_nano, parent_id = changed.parent_id,
      hold_id = changed.hold_id, held_amount = changed.held_amount, hold_number = changed.hold_number,
      hold_price_micro = changed.hold_price_micro,
      fill_count = changed.fill_count, filled_quantity_nano = changed.filled_quantity_nano, filled_value = changed.filled_value,
      filled_minor = changed.filled_minor, filled_price_micro = changed.filled_price_micro,
      commission_charged_minor = changed.commission_charged_minor, best_price_micro = changed.best_price_micro,
      triggered_at = changed.triggered_at, look_at = changed.look_at, replaced_by = changed.replaced_by,
      filled_at = changed.filled_at, cancel_requested_at = changed.cancel_requested_at, canceled_at = changed.canceled_at,
      expired_at = changed.expired_at, replaced_at = changed.replaced_at, failed_at = changed.failed_at,
      updated_at = changed.updated_at
    from jsonb_populate_recordset(null::orders, ${rowsAsJson(orders.map(toRow))}::jsonb) as changed
    where orders.account_id = changed.account_id and orders.id = changed.id`.execute(tx)
  assert(numAffectedRows === BigInt(orders.length), 'an order that was read under its lock has gone')
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

export type DueOrder = { readonly accountId: AccountId; readonly symbol: string; readonly orderId: OrderId }

/** The orders that the venue is to be asked about by `now`, longest due first. */
export async function findDueOrders(db: Db, now: Temporal.Instant, limit: number): Promise<DueOrder[]> {
  const rows = await db
    .selectFrom('orders')
    .select(['account_id', 'symbol', 'id'])
    .where('look_at', '<=', now)
    .orderBy('look_at')
    .orderBy('submitted_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    accountId: row.account_id as AccountId,
    symbol: row.symbol,
    orderId: row.id as OrderId,
  }))
}

/** Has an order wait, whatever it is at. */
export async function postponeOrder(
  db: Db,
  { accountId, orderId }: DueOrder,
  until: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('orders')
    .set({ look_at: until })
    .where('account_id', '=', accountId)
    .where('id', '=', orderId)
    .where('look_at', 'is not', null)
    .execute()
}

export async function nextDueAt(db: Db): Promise<Temporal.Instant | undefined> {
  const row = await db
    .selectFrom('orders')
    .select(({ fn }) => fn.min('look_at').as('at'))
    .where('look_at', 'is not', null)
    .executeTakeFirst()
  return row?.at ?? undefined
}

/** Of which holding open orders are wanted: all of them, or those of one side. */
export type OpenNeed = {
  readonly accountId: AccountId
  readonly symbol: string
  readonly side?: OrderSide | undefined
}

/**
 * What is open of these accounts in these assets. Their accounts must be locked. Each lookup is a subquery of its own
 * (`offset 0`), so that PostgreSQL goes by the key for each of them, whatever it believes of the table's size.
 */
export async function findOpenOrders(tx: Tx, needs: readonly OpenNeed[]): Promise<Order[]> {
  const distinct = distinctBy(needs, ({ accountId, symbol, side }) => `${accountId}|${symbol}|${side}`)
  const { rows } = await sql<Selectable<Orders>>`
    select orders.* from unnest(${distinct.map(({ accountId }) => accountId)}::uuid[],
      ${distinct.map(({ symbol }) => symbol)}::text[],
      ${distinct.map(({ side }) => side ?? null)}::text[]) as need (account_id, symbol, side),
      lateral (
        select * from orders
        where orders.account_id = need.account_id and orders.symbol = need.symbol and ${IS_OPEN} offset 0
      ) as orders
    where need.side is null or orders.side = need.side
    order by submitted_at, id`.execute(tx)
  return rows.map(toOrder)
}

const distinctBy = <Value>(values: readonly Value[], keyOf: (value: Value) => string): Value[] => [
  ...new Map(values.map((value) => [keyOf(value), value])).values(),
]

/** In the words of the index of open orders: a statement that is planned once cannot look into its parameters. */
const IS_OPEN = sql<boolean>`status not in ('filled', 'canceled', 'expired', 'rejected', 'replaced')`

/** Which of these client order ids are taken. */
export async function takenClientIds(
  tx: Tx,
  wanted: readonly { readonly accountId: AccountId; readonly clientOrderId: string }[],
): Promise<Set<string>> {
  const { rows } = await sql<{ account_id: AccountId; client_order_id: string }>`
    select orders.* from unnest(${wanted.map(({ accountId }) => accountId)}::uuid[],
      ${wanted.map(({ clientOrderId }) => clientOrderId)}::text[]) as need (account_id, client_order_id),
      lateral (
        select account_id, client_order_id from orders
        where orders.account_id = need.account_id and orders.client_order_id = need.client_order_id offset 0
      ) as orders`.execute(tx)
  return new Set(rows.map((row) => `${row.account_id}|${row.client_order_id}`))
}

/** An account's orders by the time they were submitted; `after` and `until` are excluded. */
export async function listOrders(db: Db, accountId: AccountId, filter: OrderFilter): Promise<Order[]> {
  let query = db.selectFrom('orders').selectAll().where('account_id', '=', accountId)
  if (filter.isNested === true) query = query.where('parent_id', 'is', null)
  if (filter.status !== 'all') {
    const isOpen = sql<boolean>`(status in (${sql.join(openStatuses)}) or ${filter.isNested === true ? hasOpenLeg : sql`false`})`
    query = query.where(filter.status === 'open' ? isOpen : sql<boolean>`not ${isOpen}`)
  }
  if (filter.subtag !== undefined) query = query.where('subtag', '=', filter.subtag)
  if (filter.aboveNano !== undefined) query = query.where('quantity_nano', '>', filter.aboveNano)
  if (filter.belowNano !== undefined) query = query.where('quantity_nano', '<', filter.belowNano)
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

const hasOpenLeg = sql<boolean>`exists (
  select from orders as legs
  where legs.account_id = orders.account_id and legs.parent_id = orders.id and legs.status in (${sql.join(openStatuses)})
)`

/** The exits of these orders, take-profit first; one that was replaced is represented by its successor. */
export async function legsOf(db: Db, accountId: AccountId, parents: readonly OrderId[]): Promise<Order[]> {
  if (parents.length === 0) return []
  const rows = await db
    .selectFrom('orders')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('parent_id', 'in', parents)
    .where('status', '!=', 'replaced')
    .orderBy('leg', 'desc')
    .orderBy('id')
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
    type: row.type as OrderType,
    timeInForce: row.time_in_force as TimeInForce,
    amount: toAmount(row),
    limitMicro: (row.limit_price_micro as PriceMicro | null) ?? undefined,
    stopMicro: (row.stop_price_micro as PriceMicro | null) ?? undefined,
    trail: toTrail(row),
    extendedHours: row.extended_hours,
    commission: toCommission(row),
    subtag: row.subtag ?? undefined,
    instructions: row.instructions ?? undefined,
    source: row.source ?? undefined,
    orderClass: row.order_class as OrderClass,
    parentId: (row.parent_id as OrderId | null) ?? undefined,
    leg: (row.leg as Leg | null) ?? undefined,
    replaces: (row.replaces as OrderId | null) ?? undefined,
    replacedBy: (row.replaced_by as OrderId | null) ?? undefined,
    status: row.status as OrderStatus,
    hold: row.hold_id === null ? undefined : { id: row.hold_id, amount: row.held_amount },
    holdPriceMicro: (row.hold_price_micro as PriceMicro | null) ?? undefined,
    holdNumber: row.hold_number,
    fillCount: row.fill_count,
    filledQuantityNano: row.filled_quantity_nano as QuantityNano,
    filledValue: row.filled_value,
    filledMinor: row.filled_minor as UsdMinor,
    commissionChargedMinor: row.commission_charged_minor as UsdMinor,
    bestMicro: (row.best_price_micro as PriceMicro | null) ?? undefined,
    triggeredAt: row.triggered_at ?? undefined,
    lookAt: row.look_at ?? undefined,
    submittedAt: row.submitted_at,
    expiresAt: row.expires_at ?? undefined,
    filledAt: row.filled_at ?? undefined,
    cancelRequestedAt: row.cancel_requested_at ?? undefined,
    canceledAt: row.canceled_at ?? undefined,
    expiredAt: row.expired_at ?? undefined,
    replacedAt: row.replaced_at ?? undefined,
    failedAt: row.failed_at ?? undefined,
    updatedAt: row.updated_at,
  }
}

function toRow(order: Order) {
  const { amount, trail, commission, hold } = order
  return {
    account_id: order.accountId,
    id: order.id,
    client_order_id: order.clientOrderId,
    symbol: order.asset.symbol,
    asset_class: order.asset.assetClass,
    side: order.side,
    type: order.type,
    time_in_force: order.timeInForce,
    quantity_nano: amount.kind === 'quantity' ? amount.quantityNano : null,
    notional_minor: amount.kind === 'notional' ? amount.notionalMinor : null,
    limit_price_micro: order.limitMicro ?? null,
    stop_price_micro: order.stopMicro ?? null,
    trail_price_micro: trail?.kind === 'price' ? trail.distanceMicro : null,
    trail_ppm: trail?.kind === 'percent' ? trail.distancePpm : null,
    extended_hours: order.extendedHours,
    commission_type: commission.type,
    commission_rate: rateOf(commission),
    subtag: order.subtag ?? null,
    instructions: order.instructions ?? null,
    source: order.source ?? null,
    order_class: order.orderClass,
    parent_id: order.parentId ?? null,
    leg: order.leg ?? null,
    replaces: order.replaces ?? null,
    replaced_by: order.replacedBy ?? null,
    status: order.status,
    hold_id: hold?.id ?? null,
    held_amount: hold?.amount ?? 0n,
    hold_price_micro: order.holdPriceMicro ?? null,
    hold_number: order.holdNumber,
    fill_count: order.fillCount,
    filled_quantity_nano: order.filledQuantityNano,
    filled_value: order.filledValue,
    filled_minor: order.filledMinor,
    filled_price_micro: averagePrice(order) ?? null,
    commission_charged_minor: order.commissionChargedMinor,
    best_price_micro: order.bestMicro ?? null,
    triggered_at: order.triggeredAt ?? null,
    look_at: order.lookAt ?? null,
    submitted_at: order.submittedAt,
    expires_at: order.expiresAt ?? null,
    filled_at: order.filledAt ?? null,
    cancel_requested_at: order.cancelRequestedAt ?? null,
    canceled_at: order.canceledAt ?? null,
    expired_at: order.expiredAt ?? null,
    replaced_at: order.replacedAt ?? null,
    failed_at: order.failedAt ?? null,
    updated_at: order.updatedAt,
  } satisfies Insertable<Orders>
}

function toAmount({ quantity_nano, notional_minor }: Selectable<Orders>): Amount {
  if (quantity_nano !== null) return { kind: 'quantity', quantityNano: quantity_nano as QuantityNano }
  assert(notional_minor !== null, 'an order asks for shares or dollars')
  return { kind: 'notional', notionalMinor: notional_minor as UsdMinor }
}

function toTrail({ trail_price_micro, trail_ppm }: Selectable<Orders>): Trail | undefined {
  if (trail_price_micro !== null) return { kind: 'price', distanceMicro: trail_price_micro as PriceMicro }
  return trail_ppm === null ? undefined : { kind: 'percent', distancePpm: trail_ppm }
}

function toCommission({ commission_type, commission_rate }: Selectable<Orders>): Commission {
  if (commission_type === 'qty') return { type: 'qty', rateMicro: commission_rate as PriceMicro }
  if (commission_type === 'bps') return { type: 'bps', ratePpm: commission_rate }
  return { type: 'notional', rateMinor: commission_rate as UsdMinor }
}

function rateOf(commission: Commission): bigint {
  if (commission.type === 'qty') return commission.rateMicro
  return commission.type === 'bps' ? commission.ratePpm : commission.rateMinor
}
