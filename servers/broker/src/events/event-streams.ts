import { setImmediate } from 'node:timers/promises'
import type { Db } from '../db/database.ts'
import { type EventFilter, isPast, matches } from './event-filter.ts'
import { countAfter, EVENTS_PER_PAGE, readPage } from './event-pages.ts'
import { EventTail, type TailOptions } from './event-tail.ts'
import { Gate } from './gate.ts'
import type { LiveStream, StreamPage } from './live-stream.ts'
import type { LoggedEvent } from './logged-event.ts'
import { StreamChannel } from './stream-channel.ts'
import { findStart } from './stream-start.ts'

export type StreamsOptions = Pick<TailOptions, 'db' | 'clock' | 'window' | 'onError'> & {
  readonly log: TailOptions['log'] & { flush(): Promise<void> }
  /** For the one statement that is sent with every batch of events. */
  readonly preparedDb: Db
  /** For how long the tail is followed after the last reader has gone. */
  readonly lingerMs?: number
}

/** How a stream ended: at its end, because its reader or the server went, or because its reader did not read. */
export type StreamEnding =
  | { readonly why: 'over' | 'closed' }
  | { readonly why: 'too_slow'; readonly dropped: number }

/** Histories that are read from the database at once; more readers wait for their turn. */
const REPLAYS_AT_ONCE = 3
const LINGER_MS = 30_000

/**
 * Every open stream of this process. A stream first gets its history in pages, then joins the shared tail; who
 * falls behind goes back to the pages, so a slow reader costs no more memory than a quick one.
 */
export class EventStreams {
  readonly #options: StreamsOptions
  readonly #db: Db
  readonly #tail: EventTail
  readonly #replays = new Gate(REPLAYS_AT_ONCE)
  readonly #channels = new Map<StreamPage, StreamChannel>()
  readonly #open = new Set<LiveStream>()
  #lingering: NodeJS.Timeout | undefined
  #isStopped = false

  constructor(options: StreamsOptions) {
    this.#options = options
    this.#db = options.db
    this.#tail = new EventTail({
      ...options,
      db: options.preparedDb,
      onEvents: async (batch) => {
        for (const channel of this.#channels.values()) await channel.broadcast(batch)
      },
      onLooked: () => this.#endThoseAtTheirEnd(),
    })
  }

  /** The place after which a reader begins; throws `StreamRefused` when its cursor is from another log. */
  startOf(filter: EventFilter): Promise<bigint> {
    this.#tail.start()
    this.#lingerWhenIdle()
    return findStart({ ...this.#options, tail: this.#tail }, filter)
  }

  /** Writes to a reader what its filter lets through after `start`, without a gap or a repetition. */
  async follow(page: StreamPage, stream: LiveStream, start: bigint): Promise<StreamEnding> {
    const channel = this.#channelOf(page)
    stream.position = start
    if (this.#isStopped) stream.close()
    this.#open.add(stream)
    // It was nobody's turn to read until now, and that time is over.
    clearTimeout(this.#lingering)
    try {
      return await this.#run(stream, channel)
    } finally {
      this.#open.delete(stream)
      this.#lingerWhenIdle()
    }
  }

  /** Ends every stream. */
  async stop(): Promise<void> {
    this.#isStopped = true
    for (const stream of this.#open) stream.close()
    clearTimeout(this.#lingering)
    await this.#tail.stop()
  }

  async #run(stream: LiveStream, channel: StreamChannel): Promise<StreamEnding> {
    while (!stream.isClosed) {
      if (!(await stream.sink.drained())) return stream.isClosed ? { why: 'closed' } : this.#cut(stream)
      if (stream.position < this.#tail.head.seq) {
        await this.#readOn(stream, channel)
        continue
      }
      if (this.#isOver(stream)) return { why: 'over' }
      // Nothing may be awaited between the look at the head and this: the next event is then for this stream.
      const left = stream.live(this.#tail.head.seq)
      channel.add(stream)
      const why = await left
      channel.remove(stream)
      if (why !== 'behind') return { why }
    }
    return { why: 'closed' }
  }

  /** One piece of the way to the head: from memory when the stream is nearly there, else a page of the database. */
  async #readOn(stream: LiveStream, channel: StreamChannel): Promise<void> {
    const { filter, position: after } = stream
    const upTo = this.#tail.head.seq
    const recent = this.#tail.after(after, EVENTS_PER_PAGE)
    if (recent !== undefined) {
      const wanted = recent.filter((event) => matches(event, filter))
      return write(stream, channel, wanted, recent.at(-1)?.seq ?? upTo)
    }
    const page = await this.#replays.run(async () =>
      stream.isClosed ? [] : readPage(this.#db, filter, { after, upTo }),
    )
    // What was passed over on the way to the head belongs to others, and is not looked at again.
    const isLast = page.length < EVENTS_PER_PAGE
    await write(stream, channel, page, isLast ? upTo : (page.at(-1)?.seq ?? upTo))
  }

  async #cut({ filter, position }: LiveStream): Promise<StreamEnding> {
    return { why: 'too_slow', dropped: await this.#replays.run(() => countAfter(this.#db, filter, position)) }
  }

  #isOver({ filter, position }: LiveStream): boolean {
    return isPast(filter.until, { position, head: this.#tail.head, now: this.#tail.lookedAt })
  }

  #endThoseAtTheirEnd(): void {
    for (const channel of this.#channels.values()) {
      for (const stream of channel.others) if (this.#isOver(stream)) stream.leave('over')
    }
  }

  #channelOf(page: StreamPage): StreamChannel {
    const known = this.#channels.get(page)
    if (known !== undefined) return known
    const channel = new StreamChannel(page)
    this.#channels.set(page, channel)
    return channel
  }

  #lingerWhenIdle(): void {
    clearTimeout(this.#lingering)
    if (this.#open.size > 0 || this.#isStopped) return
    this.#lingering = setTimeout(() => void this.#tail.stop(), this.#options.lingerMs ?? LINGER_MS).unref()
  }
}

async function write(
  stream: LiveStream,
  channel: StreamChannel,
  events: readonly LoggedEvent[],
  end: bigint,
): Promise<void> {
  for (const { frame, end: endOfPiece } of channel.pieces(events)) {
    if (stream.isClosed || !(await stream.sink.drained())) return
    stream.sink.write(frame)
    stream.position = endOfPiece
    // Hundreds may be catching up: everybody else has his turn between two pieces.
    if (endOfPiece !== events.at(-1)?.seq) await setImmediate()
  }
  stream.position = end
}
