import { sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { Tx } from '../db/database.ts'
import { rowsAsJson } from '../db/insert-rows.ts'
import type { JsonObject } from '../db/schema.ts'

/** Which family of streams an event belongs to. */
export type EventStream =
  | 'account'
  | 'transfer'
  | 'bank_relationship'
  | 'wire_bank'
  | 'trade'
  | 'journal'
  | 'trade_activity'
  | 'non_trade_activity'
  | 'admin'
  | 'system'
  | 'corporate_action'

export type NewEvent = {
  /** Nothing for what belongs to no one account. */
  readonly accountId: AccountId | undefined
  readonly stream: EventStream
  /** The account, transfer, journal, order … that changed. */
  readonly entityId: string
  readonly statusFrom?: string
  /** The new status; for trades the word of the event, such as `fill`. */
  readonly statusTo: string
  /** World time. */
  readonly at: Temporal.Instant
  /** The fields of the wire event that are not in the columns above, in wire form. */
  readonly payload: JsonObject
}

/**
 * Writes what happened in the transaction that makes it happen. The account's row must be locked (of an event
 * without an account, the row that changed): that is what keeps one account's events in order. After the commit call `ctx.events.wake()`.
 */
export async function appendEvent(tx: Tx, event: NewEvent): Promise<void> {
  await appendEvents(tx, [event])
}

/** The same for many at once, in this order: a batch would otherwise hold its locks for seconds. */
export async function appendEvents(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map((event) => ({
    account_id: event.accountId ?? null,
    stream: event.stream,
    entity_id: event.entityId,
    status_from: event.statusFrom ?? null,
    status_to: event.statusTo,
    at: event.at,
    payload: event.payload,
  }))
  await sql`
    with written as (
      insert into events (account_id, stream, entity_id, status_from, status_to, at, payload)
      select account_id, stream, entity_id, status_from, status_to, at, payload
      from jsonb_populate_recordset(null::events, ${rowsAsJson(rows)}::jsonb)
      returning id
    )
    insert into event_inbox (event_id) select id from written`.execute(tx)
}
