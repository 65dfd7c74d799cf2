import type { Clock } from '@paddock/kernel'
import type { Db } from '../db/database.ts'
import { placeOfUlid } from './event-pages.ts'
import type { EventTail } from './event-tail.ts'
import { type Cursor, type StreamQuery, StreamRefused } from './stream-query.ts'
import { firstUlidAt, millisecondsOf } from './ulid.ts'

export type StartContext = {
  readonly db: Db
  readonly clock: Clock
  readonly log: { flush(): Promise<void> }
  readonly tail: EventTail
}

/** Clocks of clients and ours may differ; a cursor further ahead than this is from another log. */
const AHEAD_MS = 60_000
/** Events are numbered after they happen: looking from a day before an instant finds all of them. */
const DAY_MS = 86_400_000

/** The place in the log after which a stream begins, or a refusal. */
export async function findStart(ctx: StartContext, { since, until }: StreamQuery): Promise<bigint> {
  const { log, tail } = ctx
  // A question about the past is answered with everything that was committed before it was asked.
  if (until !== undefined) await log.flush()
  if (until !== undefined || since === undefined || !tail.isWarm) await tail.look()
  if (since === undefined) return tail.head.seq
  if (since.by === 'at') return placeOf(ctx, firstUlidAt(since.at.epochMilliseconds - DAY_MS))
  // Another process may know of more than this one has seen.
  if (isAhead(ctx, since)) await tail.look()
  if (isAhead(ctx, since)) throw new StreamRefused('cursor_ahead')
  return since.by === 'seq' ? since.seq : placeOf(ctx, since.ulid)
}

async function placeOf({ db, tail }: StartContext, ulid: string): Promise<bigint> {
  return tail.placeOfUlid(ulid) ?? (await placeOfUlid(db, ulid))
}

/** Whoever holds such a cursor would wait for nothing: it was given out by another log, or made up. */
function isAhead({ tail, clock }: StartContext, since: Exclude<Cursor, { by: 'at' }>): boolean {
  if (since.by === 'seq') return since.seq > tail.head.seq
  if (since.ulid <= tail.head.ulid) return false
  return millisecondsOf(since.ulid) > clock.now().epochMilliseconds + AHEAD_MS
}
