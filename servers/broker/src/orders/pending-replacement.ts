import type { QuantityNano } from '@paddock/money'
import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { rowsAsJson } from '../db/insert-rows.ts'
import { isForAuction } from '../exchange/order-times.ts'
import { Desk } from './desk.ts'
import { pairOf } from './hold.ts'
import { type Order, OrderRejected } from './order.ts'
import { orderEvent } from './order-events.ts'
import { takenClientIds } from './order-store.ts'
import { type NamedChange, placeInstead } from './replace-order.ts'

/**
 * Leaves an order `pending_replace`, as it is and with what it holds, until the venue has answered. What could not be
 * done now is refused now; what cannot be done any more by then is refused then.
 */
export async function askForReplacement(desk: Desk, tx: Tx, old: Order, change: NamedChange): Promise<Order> {
  await rehearse(desk, tx, old, change)
  const pending = desk.change(old, {
    status: 'pending_replace',
    lookAt: isForAuction(old) ? undefined : old.expiresAt,
  })
  desk.addEvent(orderEvent(pending, 'pending_replace'))
  const row = { account_id: old.accountId, order_id: old.id, change: asText(change), asked_at: desk.now }
  await sql`
    insert into order_changes (account_id, order_id, change, asked_at)
    select account_id, order_id, change, asked_at
    from jsonb_populate_recordset(null::order_changes, ${rowsAsJson([row])}::jsonb)
    on conflict (account_id, order_id) do update set change = excluded.change, asked_at = excluded.asked_at`.execute(
    tx,
  )
  return pending
}

/** JSON knows no bigint. */
const asText = (change: NamedChange) =>
  Object.fromEntries(
    Object.entries(change).map(([name, value]) => [name, typeof value === 'bigint' ? `${value}` : value]),
  )

/** The venue says yes: the order's successor, or undefined when nothing was asked for or it cannot be done any more. */
export async function concludeReplacement(desk: Desk, tx: Tx, pending: Order): Promise<Order | undefined> {
  const change = await takeChange(tx, pending)
  if (change === undefined) return undefined
  try {
    await rehearse(desk, tx, pending, change)
  } catch (error) {
    if (error instanceof OrderRejected) return undefined
    throw error
  }
  return placeInstead(desk, pending, change)
}

/** What an order was asked to become is forgotten, whatever it was. */
export async function takeChange(tx: Tx, { accountId, id }: Order): Promise<NamedChange | undefined> {
  const row = await tx
    .deleteFrom('order_changes')
    .where('account_id', '=', accountId)
    .where('order_id', '=', id)
    .returning('change')
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { quantityNano, limitMicro, stopMicro, ...rest } = row.change as Record<string, string>
  return {
    ...rest,
    quantityNano: big(quantityNano) as QuantityNano | undefined,
    limitMicro: big(limitMicro) as Order['limitMicro'],
    stopMicro: big(stopMicro) as Order['stopMicro'],
  } as NamedChange
}

/** Tries a replacement on a desk that nobody will write: it throws what the real one would. */
async function rehearse({ ctx }: Desk, tx: Tx, old: Order, change: NamedChange): Promise<void> {
  const { accountId } = old
  const taken = await takenClientIds(tx, [{ accountId, clientOrderId: change.clientOrderId }])
  if (taken.size > 0) throw new OrderRejected('client_order_id_taken')
  placeInstead(await Desk.open(ctx, tx, [pairOf(old)]), old, change)
}

const big = (text: string | undefined) => (text === undefined ? undefined : BigInt(text))
