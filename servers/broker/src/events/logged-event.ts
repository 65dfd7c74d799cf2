import type { Selectable } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { DB, JsonObject } from '../db/schema.ts'
import type { EventStream } from './append-event.ts'

/** An event with its place in the log. */
export type LoggedEvent = {
  readonly seq: bigint
  readonly ulid: string
  readonly accountId: AccountId | undefined
  readonly stream: EventStream
  readonly entityId: string
  readonly statusFrom: string | undefined
  readonly statusTo: string
  readonly at: Temporal.Instant
  readonly payload: JsonObject
}

export type EventRow = Selectable<DB['events']> & { seq: bigint; ulid: string }

export function toLoggedEvent(row: EventRow): LoggedEvent {
  return {
    seq: row.seq,
    ulid: row.ulid,
    accountId: (row.account_id ?? undefined) as AccountId | undefined,
    stream: row.stream as EventStream,
    entityId: row.entity_id,
    statusFrom: row.status_from ?? undefined,
    statusTo: row.status_to,
    at: row.at,
    payload: row.payload as JsonObject,
  }
}
