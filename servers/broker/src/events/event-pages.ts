import { type Expression, type SqlBool, sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { EventFilter } from './event-filter.ts'
import { type LoggedEvent, toLoggedEvent } from './logged-event.ts'

export const EVENTS_PER_PAGE = 500
/** A reader who has missed more than this is told this number. */
const COUNT_AT_MOST = 100_000

const sequenced = (db: Db) =>
  db
    .selectFrom('event_sequence')
    .innerJoin('events', 'events.id', 'event_sequence.event_id')
    .select(['event_sequence.seq', 'event_sequence.ulid'])
    .selectAll('events')

/** The events of every stream after a place, oldest first. */
export async function readAfter(db: Db, after: bigint, limit: number): Promise<LoggedEvent[]> {
  const rows = await sequenced(db)
    .where('event_sequence.seq', '>', after)
    .orderBy('event_sequence.seq')
    .limit(limit)
    .execute()
  return rows.map(toLoggedEvent)
}

/** The latest events of every stream, oldest first. */
export async function readLatest(db: Db, limit: number): Promise<LoggedEvent[]> {
  const rows = await sequenced(db).orderBy('event_sequence.seq', 'desc').limit(limit).execute()
  return rows.map(toLoggedEvent).reverse()
}

/** One page of what the filter lets through, after one place and up to another. */
export async function readPage(
  db: Db,
  filter: EventFilter,
  { after, upTo }: { after: bigint; upTo: bigint },
): Promise<LoggedEvent[]> {
  const rows = await sequenced(db)
    .where(whatPasses(filter))
    .where('event_sequence.seq', '>', after)
    .where('event_sequence.seq', '<=', upTo)
    .orderBy('event_sequence.seq')
    .limit(EVENTS_PER_PAGE)
    .execute()
  return rows.map(toLoggedEvent)
}

/** How many events of the filter lie behind a place: what a reader misses who is cut off there. */
export async function countAfter(db: Db, filter: EventFilter, after: bigint): Promise<number> {
  const missed = sequenced(db)
    .clearSelect()
    .select(sql`1`.as('one'))
    .where(whatPasses(filter))
    .where('event_sequence.seq', '>', after)
    .limit(COUNT_AT_MOST)
  const { rows } = await sql<{ count: bigint }>`select count(*) as count from (${missed}) as missed`.execute(
    db,
  )
  return Number(rows[0]?.count ?? 0n)
}

/** The place of the last event that has this ULID or a smaller one. */
export async function placeOfUlid(db: Db, ulid: string): Promise<bigint> {
  const row = await db
    .selectFrom('event_sequence')
    .select('seq')
    .where('ulid', '<=', ulid)
    .orderBy('ulid', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.seq ?? 0n
}

/** `matches` of `event-filter.ts`, in SQL. */
function whatPasses(filter: EventFilter): Expression<SqlBool> {
  const { streams, hiddenStatuses, accountId, subjectId, facts, since, until } = filter
  const rules = [sql<SqlBool>`event_sequence.stream in (${sql.join(streams)})`]
  if (hiddenStatuses.length > 0) rules.push(sql`events.status_to not in (${sql.join(hiddenStatuses)})`)
  if (accountId !== undefined) rules.push(sql`event_sequence.account_id = ${accountId}`)
  if (subjectId !== undefined) {
    rules.push(sql`(events.entity_id = ${subjectId} or event_sequence.account_id = ${subjectId})`)
  }
  for (const [name, words] of Object.entries(facts)) {
    rules.push(sql`events.payload ->> ${name} in (${sql.join(words)})`)
  }
  if (since?.by === 'at') rules.push(sql`events.at >= ${since.at}`)
  if (until?.by === 'at') rules.push(sql`events.at <= ${until.at}`)
  if (until?.by === 'seq') rules.push(sql`event_sequence.seq <= ${until.seq}`)
  if (until?.by === 'ulid') rules.push(sql`event_sequence.ulid <= ${until.ulid}`)
  return sql.join(rules, sql` and `) as unknown as Expression<SqlBool>
}

export async function findEvent(db: Db, ulid: string): Promise<LoggedEvent | undefined> {
  const row = await sequenced(db).where('event_sequence.ulid', '=', ulid).executeTakeFirst()
  return row === undefined ? undefined : toLoggedEvent(row)
}
