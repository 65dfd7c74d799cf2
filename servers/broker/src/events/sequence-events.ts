import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { nextUlid } from './ulid.ts'

/** Only one session in the world may number events; the others wait for their next turn. */
const SEQUENCER_LOCK = 4_100_001
const BATCH = 1_000

/**
 * Numbers the events that have committed since the last call, in the order of their ids, and answers how
 * many. Because one writer at a time does it, a number never appears behind a cursor that has passed it.
 */
export async function sequenceEvents(db: Db, now: Temporal.Instant): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ locked: boolean }>`
      select pg_try_advisory_xact_lock(${SEQUENCER_LOCK}) as locked`.execute(tx)
    if (rows[0]?.locked !== true) return 0
    const waiting = await tx
      .selectFrom('event_inbox')
      .innerJoin('events', 'events.id', 'event_inbox.event_id')
      .select(['events.id', 'events.stream', 'events.account_id'])
      .orderBy('event_inbox.event_id')
      .limit(BATCH)
      .execute()
    if (waiting.length === 0) return 0
    const last = await tx
      .selectFrom('event_sequence')
      .select(['seq', 'ulid'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst()
    let seq = last?.seq ?? 0n
    let ulid = last?.ulid
    const numbered = waiting.map(({ id, stream, account_id }) => {
      seq += 1n
      ulid = nextUlid(ulid, now)
      return { seq, ulid, event_id: id, stream, account_id }
    })
    await tx.insertInto('event_sequence').values(numbered).execute()
    await tx
      .deleteFrom('event_inbox')
      .where(
        'event_id',
        'in',
        waiting.map(({ id }) => id),
      )
      .execute()
    return waiting.length
  })
}
