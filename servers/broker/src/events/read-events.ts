import { type Selectable, sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { BrokerContext } from '../context.ts'
import type { Db } from '../db/database.ts'
import type { DB, JsonObject } from '../db/schema.ts'
import type { EventStream } from './append-event.ts'
import type { Cursor, StreamQuery } from './stream-query.ts'

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

export type Subscription = StreamQuery & {
  readonly streams: readonly EventStream[]
  readonly accountId: AccountId | undefined
}

const BATCH = 500
/** Wakes come from this process; events that another one numbered are found by looking. */
const LOOK_AGAIN_MS = 1_000

/**
 * Everything the subscription asks for, batch by batch: what is there, then what comes, without a gap or a
 * repetition, until its end or until `signal` ends it.
 */
export async function* readEvents(
  { db, clock, events }: Pick<BrokerContext, 'db' | 'clock' | 'events'>,
  subscription: Subscription,
  signal: AbortSignal,
): AsyncGenerator<readonly LoggedEvent[]> {
  let cursor = await startOf(db, subscription.since)
  while (!signal.aborted) {
    const bell = listen(events, signal)
    try {
      // The time comes first: what is written later than this look is not missing from it.
      const now = clock.now()
      const head = await readHead(db)
      const batch = await readBatch(db, subscription, cursor, head.seq)
      // What was passed over on the way to the head belongs to others, and is not looked at again.
      cursor = batch.length === BATCH ? (batch.at(-1)?.seq ?? cursor) : maxOf(head.seq, cursor)
      if (batch.length > 0) yield batch
      if (batch.length === BATCH) continue
      if (isOver(subscription.until, head, now)) return
      await bell.rung
    } finally {
      bell.stop()
    }
  }
}

/** How many events a reader who is at `after` has not seen. */
export async function countEventsAfter(db: Db, subscription: Subscription, after: bigint): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count from event_sequence
    where seq > ${after} and stream in (${sql.join(subscription.streams)})`.execute(db)
  return Number(rows[0]?.count ?? 0n)
}

type Head = { readonly seq: bigint; readonly ulid: string }

async function readHead(db: Db): Promise<Head> {
  const last = await db
    .selectFrom('event_sequence')
    .select(['seq', 'ulid'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ?? { seq: 0n, ulid: '' }
}

async function startOf(db: Db, since: Cursor | undefined): Promise<bigint> {
  if (since === undefined) return (await readHead(db)).seq
  if (since.by === 'seq') return since.seq
  if (since.by === 'at') return 0n
  const row = await db
    .selectFrom('event_sequence')
    .select('seq')
    .where('ulid', '<=', since.ulid)
    .orderBy('ulid', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.seq ?? 0n
}

async function readBatch(
  db: Db,
  { streams, accountId, since, until }: Subscription,
  after: bigint,
  upTo: bigint,
): Promise<LoggedEvent[]> {
  let query = db
    .selectFrom('event_sequence')
    .innerJoin('events', 'events.id', 'event_sequence.event_id')
    .select(['event_sequence.seq', 'event_sequence.ulid'])
    .selectAll('events')
    .where('event_sequence.seq', '>', after)
    .where('event_sequence.seq', '<=', upTo)
    .where('event_sequence.stream', 'in', streams)
  if (accountId !== undefined) query = query.where('event_sequence.account_id', '=', accountId)
  if (since?.by === 'at') query = query.where('events.at', '>=', since.at)
  if (until?.by === 'at') query = query.where('events.at', '<=', until.at)
  if (until?.by === 'seq') query = query.where('event_sequence.seq', '<=', until.seq)
  if (until?.by === 'ulid') query = query.where('event_sequence.ulid', '<=', until.ulid)
  const rows = await query.orderBy('event_sequence.seq').limit(BATCH).execute()
  return rows.map(toLoggedEvent)
}

function isOver(until: Cursor | undefined, head: Head, now: Temporal.Instant): boolean {
  if (until === undefined) return false
  if (until.by === 'seq') return head.seq >= until.seq
  if (until.by === 'ulid') return head.ulid >= until.ulid
  return Temporal.Instant.compare(now, until.at) > 0
}

type EventRow = Selectable<DB['events']> & { seq: bigint; ulid: string }

function toLoggedEvent(row: EventRow): LoggedEvent {
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

const maxOf = (left: bigint, right: bigint) => (left > right ? left : right)

/** Rings when events were numbered, when it is time to look again, and when the reader is gone. */
function listen(events: BrokerContext['events'], signal: AbortSignal) {
  const { promise: rung, resolve } = Promise.withResolvers<void>()
  const unsubscribe = events.onSequenced(resolve)
  const timer = setTimeout(resolve, LOOK_AGAIN_MS)
  const onAbort = () => resolve()
  signal.addEventListener('abort', onAbort, { once: true })
  return {
    rung,
    stop() {
      unsubscribe()
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    },
  }
}
