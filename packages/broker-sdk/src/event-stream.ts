import { BrokerError } from './broker-error.ts'
import { readServerSentEvents } from './sse.ts'
import type { Query, Transport } from './transport.ts'

export interface FollowOptions {
  /** The id of the last event already known (a ULID): everything after it comes first, then what happens. */
  after?: string
  /** Without `after`: an instant or date from which to begin. Without either, only what happens from now on. */
  since?: string
  /** Keeps to one account; on the streams of journals also to one journal. */
  id?: string
  /** Ends the iteration. */
  signal?: AbortSignal
  /** Silence after which the connection counts as dead. The server sends a heartbeat each 10 to 15 s. Default 35,000. */
  silenceMs?: number
  /** Told about each lost connection; the stream reconnects by itself. */
  onReconnect?: (reason: unknown) => void
}

/** How one stream counts: where its cursor stands in an event, and what the query calls it. */
export interface StreamKind<Event> {
  path: string
  cursorParameter: 'since_id' | 'since_ulid'
  cursorOf(event: Event): string | undefined
  /** For a stream that takes no instant to begin from: what to ask for instead. */
  beginAt?(since: string): Query
  /** What else is asked for each time. */
  filter?: Query
  /** The event of the cursor comes once more, and is passed over. */
  repeatsCursor?: boolean
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000

/**
 * The events of one stream, for ever: reconnects with growing pauses and resumes after the last event it
 * handed out. At least once: an event may come again, so remember ids. Throws only when the broker refuses.
 */
export async function* followEvents<Event>(
  transport: Transport,
  kind: StreamKind<Event>,
  options: FollowOptions = {},
): AsyncGenerator<Event> {
  let cursor = options.after
  let waitMs = FIRST_WAIT_MS
  while (!isOver(options.signal)) {
    try {
      for await (const event of readOnce(transport, kind, cursor, options)) {
        waitMs = FIRST_WAIT_MS
        const place = kind.cursorOf(event)
        if (kind.repeatsCursor === true && place !== undefined && place === cursor) continue
        yield event
        cursor = place ?? cursor
      }
    } catch (error) {
      if (isOver(options.signal)) return
      if (isFinal(error)) throw error
      options.onReconnect?.(error)
    }
    // Full jitter: many readers that were cut off together must not come back together.
    await pause(Math.random() * waitMs + FIRST_WAIT_MS / 2, options.signal)
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
  }
}

async function* readOnce<Event>(
  transport: Transport,
  kind: StreamKind<Event>,
  cursor: string | undefined,
  options: FollowOptions,
): AsyncGenerator<Event> {
  const silence = new AbortController()
  const silenceMs = options.silenceMs ?? 35_000
  const giveUp = () => silence.abort(new Error(`nothing was heard for ${silenceMs} ms`))
  let timer = setTimeout(giveUp, silenceMs)
  const signal =
    options.signal === undefined ? silence.signal : AbortSignal.any([silence.signal, options.signal])
  try {
    const stream = await transport.open(kind.path, startOf(kind, cursor, options), signal)
    for await (const data of readServerSentEvents(stream)) {
      // The watch stops while the reader works: its slowness is not the broker's silence.
      clearTimeout(timer)
      if (data !== undefined) yield readEvent<Event>(data)
      timer = setTimeout(giveUp, silenceMs)
    }
  } finally {
    clearTimeout(timer)
    // Also when the reader stops early: an open connection counts against the broker's limit.
    silence.abort(new Error('the reader is done'))
  }
}

function startOf<Event>(kind: StreamKind<Event>, cursor: string | undefined, options: FollowOptions): Query {
  const { since } = options
  const filter = { id: options.id, ...kind.filter }
  if (cursor !== undefined) return { [kind.cursorParameter]: cursor, ...filter }
  if (since === undefined) return filter
  return { ...(kind.beginAt?.(since) ?? { since }), ...filter }
}

function readEvent<Event>(data: string): Event {
  try {
    return JSON.parse(data) as Event
  } catch (cause) {
    throw new BrokerError('an event is not JSON', { cause })
  }
}

function isOver(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}

function isFinal(error: unknown): boolean {
  return error instanceof BrokerError && (error.isRefusal || error.status === 401)
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    if (signal?.aborted === true) done()
    else signal?.addEventListener('abort', done)
  })
}
