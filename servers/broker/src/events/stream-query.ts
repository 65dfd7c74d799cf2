import { NEW_YORK } from '@paddock/calendar'
import { DomainError } from '@paddock/kernel'
import { millisecondsOf, ULID_PATTERN, ulidBefore } from './ulid.ts'

export type StreamRejection =
  | 'cursor_ahead'
  | 'cursor_invalid'
  | 'cursors_mixed'
  | 'event_not_found'
  | 'filter_unknown'
  | 'since_without_until'
  | 'stream_retired'
  | 'too_many_streams'
  | 'until_ahead'
  | 'until_without_since'

export class StreamRefused extends DomainError<StreamRejection> {
  override readonly name = 'StreamRefused'
}

/** A place in the log: a sequence number, a ULID, or an instant of the world. */
export type Cursor =
  | { readonly by: 'seq'; readonly seq: bigint }
  | { readonly by: 'ulid'; readonly ulid: string }
  | { readonly by: 'at'; readonly at: Temporal.Instant }

/** The last place of the log. */
export type Head = { readonly seq: bigint; readonly ulid: string }

/** Without `since` only what happens from now on; without `until` it goes on for ever. */
export type StreamQuery = { readonly since: Cursor | undefined; readonly until: Cursor | undefined }

export type CursorParameters = Readonly<
  Partial<
    Record<'since' | 'until' | 'since_id' | 'until_id' | 'since_ulid' | 'until_ulid', string | undefined>
  >
>

/** How a stream names its events in `since_id`: v1 by numbers, v2 by ULIDs. */
export type IdKind = 'number' | 'ulid'

export type StreamRules = {
  readonly ids: IdKind
  /** On the stream of activities a beginning in time needs an end. */
  readonly sinceNeedsUntil?: boolean
  /** On the stream of corporate actions the event of the cursor comes again. */
  readonly repeatsCursor?: boolean
}

const families = [
  { since: 'since', until: 'until' },
  { since: 'since_id', until: 'until_id' },
  { since: 'since_ulid', until: 'until_ulid' },
] as const

/** Reads the cursor parameters: one family at a time, and no end without a beginning. */
export function readStreamQuery(parameters: CursorParameters, rules: StreamRules): StreamQuery {
  const { ids } = rules
  const given = families.filter(({ since, until }) => parameters[since] || parameters[until])
  if (given.length > 1) throw new StreamRefused('cursors_mixed')
  const [family] = given
  if (family === undefined) return { since: undefined, until: undefined }
  const { since, until } = family
  // On v2 the ids are ULIDs themselves; a cursor under the old name must not be passed over in silence.
  if (ids === 'ulid' && since === 'since_ulid')
    throw new StreamRefused('cursor_invalid', { parameter: since })
  if (!parameters[since]) throw new StreamRefused('until_without_since', { since, until })
  if (rules.sinceNeedsUntil === true && since === 'since' && !parameters[until]) {
    throw new StreamRefused('since_without_until')
  }
  return {
    since: from(readCursor(since, parameters[since], ids), rules),
    until: parameters[until] ? readCursor(until, parameters[until], ids) : undefined,
  }
}

/**
 * What a browser sends when it takes a stream up again: the last `id:` it read. It is nearer than the cursor
 * in the address, which is still the one of the first time (contracts/alpaca/events.md §3).
 */
export function resumeAfter(
  query: StreamQuery,
  lastEventId: string | undefined,
  rules: StreamRules,
): StreamQuery {
  if (lastEventId === undefined || lastEventId === '') return query
  const since = readUlid(lastEventId)
  if (since === undefined) throw new StreamRefused('cursor_invalid', { parameter: 'Last-Event-ID' })
  return { ...query, since: from(since, rules) }
}

/** Where reading begins: after the cursor, or with it. */
function from(cursor: Cursor, { repeatsCursor }: StreamRules): Cursor {
  return repeatsCursor === true && cursor.by === 'ulid'
    ? { by: 'ulid', ulid: ulidBefore(cursor.ulid) }
    : cursor
}

/** Refuses an end that is still to come, on the stream that takes none. */
export function refuseFutureEnd({ until }: StreamQuery, now: Temporal.Instant): void {
  const isAhead =
    until?.by === 'at'
      ? Temporal.Instant.compare(until.at, now) > 0
      : until?.by === 'ulid' && millisecondsOf(until.ulid) > now.epochMilliseconds
  if (isAhead) throw new StreamRefused('until_ahead')
}

function readCursor(parameter: string, text: string, ids: IdKind): Cursor {
  const cursor = parameter.endsWith('_id')
    ? ids === 'number'
      ? readNumber(text)
      : readUlid(text)
    : parameter.endsWith('_ulid')
      ? readUlid(text)
      : readMoment(text, parameter === 'until')
  if (cursor === undefined) throw new StreamRefused('cursor_invalid', { parameter })
  return cursor
}

function readNumber(text: string): Cursor | undefined {
  return /^\d{1,18}$/.test(text) ? { by: 'seq', seq: BigInt(text) } : undefined
}

function readUlid(text: string): Cursor | undefined {
  const ulid = text.toUpperCase()
  return ULID_PATTERN.test(ulid) ? { by: 'ulid', ulid } : undefined
}

/** A date stands for its whole day in New York. An offset's `+` that was not escaped arrives as a space. */
function readMoment(text: string, isEnd: boolean): Cursor | undefined {
  const mended = text.trim().replace(/ (?=\d{2}:?\d{2}$)/, '+')
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(mended)) {
      const start = Temporal.PlainDate.from(mended).add({ days: isEnd ? 1 : 0 })
      const at = start.toZonedDateTime(NEW_YORK).toInstant()
      return { by: 'at', at: storable(isEnd ? at.subtract({ nanoseconds: 1 }) : at) }
    }
    const zoned = /(?:z|[+-]\d{2}:?\d{2})$/i.test(mended) ? mended : `${mended}Z`
    return { by: 'at', at: storable(Temporal.Instant.from(zoned)) }
  } catch {
    return undefined
  }
}

const FIRST = Temporal.Instant.from('1900-01-01T00:00:00Z')
const LAST = Temporal.Instant.from('9999-12-31T00:00:00Z')

/** No event is outside these years, and the database knows fewer years than a text can name. */
function storable(at: Temporal.Instant): Temporal.Instant {
  if (Temporal.Instant.compare(at, FIRST) < 0) return FIRST
  return Temporal.Instant.compare(at, LAST) > 0 ? LAST : at
}
