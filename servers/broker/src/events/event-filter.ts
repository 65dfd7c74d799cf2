import type { AccountId } from '../accounts/account.ts'
import type { EventStream } from './append-event.ts'
import type { LoggedEvent } from './logged-event.ts'
import type { Cursor, Head, StreamQuery } from './stream-query.ts'

/** Which events a reader gets. In SQL the same rules are in `event-pages.ts`. */
export type EventFilter = StreamQuery & {
  readonly streams: readonly EventStream[]
  /** New statuses that this page keeps to itself, because its clients cannot read them. */
  readonly hiddenStatuses: readonly string[]
  readonly accountId: AccountId | undefined
  /** An account or the object itself; for pages whose `id` may be either. */
  readonly subjectId: string | undefined
  /** What the payload must say: one of these words under each of these names. */
  readonly facts: Readonly<Record<string, readonly string[]>>
}

/** True of readers who get whatever their page shows, or what it shows of one account. */
export function isPlain({ since, until, subjectId, facts }: EventFilter): boolean {
  if (since?.by === 'at' || until !== undefined) return false
  return subjectId === undefined && Object.keys(facts).length === 0
}

/** What the page itself shows, whoever reads it. */
export function isShown(
  event: LoggedEvent,
  { streams, hiddenStatuses }: Pick<EventFilter, 'streams' | 'hiddenStatuses'>,
): boolean {
  return streams.includes(event.stream) && !hiddenStatuses.includes(event.statusTo)
}

export function matches(event: LoggedEvent, filter: EventFilter): boolean {
  const { accountId, subjectId, facts } = filter
  if (!isShown(event, filter)) return false
  if (accountId !== undefined && event.accountId !== accountId) return false
  if (subjectId !== undefined && event.entityId !== subjectId && event.accountId !== subjectId) return false
  for (const [name, words] of Object.entries(facts)) {
    if (!words.some((word) => event.payload[name] === word)) return false
  }
  return isWithin(event, filter)
}

/** Whether the event is not before the reader's beginning and not after its end. */
function isWithin(event: LoggedEvent, { since, until }: StreamQuery): boolean {
  if (since?.by === 'at' && Temporal.Instant.compare(event.at, since.at) < 0) return false
  if (until === undefined) return true
  if (until.by === 'seq') return event.seq <= until.seq
  if (until.by === 'ulid') return event.ulid <= until.ulid
  return Temporal.Instant.compare(event.at, until.at) <= 0
}

/** Whether nothing more can come before a reader's end. */
export function isPast(
  until: Cursor | undefined,
  { position, head, now }: { position: bigint; head: Head; now: Temporal.Instant },
): boolean {
  if (until === undefined) return false
  if (until.by === 'seq') return position >= until.seq || head.seq >= until.seq
  if (until.by === 'ulid') return head.ulid >= until.ulid
  return Temporal.Instant.compare(now, until.at) > 0
}
