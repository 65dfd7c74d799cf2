import { newYorkDate } from '@paddock/calendar'
import { assert } from '@paddock/kernel'
import { formatPrice, trimmedUsd } from '@paddock/money'
import type { Tx } from '../db/database.ts'
import { insertRows } from '../db/insert-rows.ts'
import type { JsonObject } from '../db/schema.ts'
import { appendEvents, type NewEvent } from '../events/append-event.ts'
import { scheduleCollections } from '../instant-funding/schedule-collection.ts'
import { type Activity, toldQuantity } from './activity.ts'

export type NewActivity = Omit<Activity, 'status' | 'description' | 'details'> &
  Partial<Pick<Activity, 'status' | 'description' | 'details'>>

/**
 * Writes a line of the account's statement and tells the activity streams of it, in the transaction that
 * posts the same amounts to the ledger. The account must be locked. `npm run verify` compares the two: an
 * account's cash is the sum of its amounts, a holding the sum of its quantities. As all cash comes this way,
 * this is also where an account that owes begins to pay.
 */
export async function bookActivity(tx: Tx, line: NewActivity): Promise<void> {
  await insertActivities(tx, [line])
  await appendEvents(tx, [eventOf(line)])
}

/** The event that tells of a line. */
export function eventOf(line: NewActivity): NewEvent {
  const activity = completed(line)
  return {
    accountId: activity.accountId,
    stream: activity.type === 'FILL' ? 'trade_activity' : 'non_trade_activity',
    entityId: activity.id,
    statusTo: activity.status,
    at: activity.at,
    payload: factsOf(activity),
  }
}

/** Only the lines, for whoever appends their events together with others. */
export async function insertActivities(tx: Tx, lines: readonly NewActivity[]): Promise<void> {
  if (lines.length === 0) return
  await insertRows(
    tx,
    'activities',
    lines.map((line) => toRow(completed(line))),
  )
  await scheduleCollections(tx, lines)
}

/** Only the line, without an event: for what nobody outside is to hear of. */
export async function insertActivity(tx: Tx, activity: Activity): Promise<void> {
  await insertRows(tx, 'activities', [toRow(activity)])
}

const completed = (line: NewActivity): Activity => ({
  status: 'executed',
  description: '',
  details: {},
  ...line,
})

function toRow(activity: Activity) {
  assert(
    (activity.quantityNano === undefined) === (activity.symbol === undefined),
    'a quantity is of an asset',
  )
  return {
    account_id: activity.accountId,
    id: activity.id,
    activity_type: activity.type,
    sub_type: activity.subType ?? null,
    status: activity.status,
    at: activity.at,
    settles_on: activity.settlesOn,
    net_amount_minor: activity.netAmountMinor,
    symbol: activity.symbol ?? null,
    quantity_nano: activity.quantityNano ?? null,
    price_micro: activity.priceMicro ?? null,
    per_share_micro: activity.perShareMicro ?? null,
    description: activity.description,
    order_id: activity.orderId ?? null,
    group_id: activity.groupId ?? null,
    previous_id: activity.previousId ?? null,
    details: activity.details,
  }
}

/** What the streams need of it, decimals as text; each stream presents it in its own way. */
function factsOf(activity: Activity): JsonObject {
  const { priceMicro, perShareMicro } = activity
  return withoutUndefined({
    activity_type: activity.type,
    activity_sub_type: activity.subType,
    settle_date: activity.settlesOn.toString(),
    system_date: newYorkDate(activity.at).toString(),
    net_amount: trimmedUsd(activity.netAmountMinor),
    symbol: activity.symbol,
    qty: toldQuantity(activity),
    price: priceMicro === undefined ? undefined : formatPrice(priceMicro),
    per_share_amount: perShareMicro === undefined ? undefined : formatPrice(perShareMicro),
    description: activity.description,
    order_id: activity.orderId,
    group_id: activity.groupId,
    previous_id: activity.previousId,
    details: activity.details,
  })
}

function withoutUndefined(facts: Record<string, unknown>): JsonObject {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as JsonObject
}
