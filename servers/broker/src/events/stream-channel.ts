import type { AccountId } from '../accounts/account.ts'
import { isPlain, isShown, matches } from './event-filter.ts'
import { type Frame, frameOf } from './event-sink.ts'
import type { TailBatch } from './event-tail.ts'
import type { LiveStream, StreamPage } from './live-stream.ts'
import type { LoggedEvent } from './logged-event.ts'

/** Events that are written to one reader before it is asked whether it keeps up, and their bytes. */
const MOST_EVENTS_AT_ONCE = 50
const MOST_BYTES_AT_ONCE = 32 * 1_024

/** So many readers are served before the process looks after other work. */
const READERS_AT_ONCE = 250

/** The readers of one page who are at the end of the log. Each event becomes text once for all of them. */
export class StreamChannel {
  readonly page: StreamPage
  readonly #everything = new Set<LiveStream>()
  readonly #ofAccount = new Map<AccountId, Set<LiveStream>>()
  /** Readers with rules of their own, who are asked about each event. */
  readonly #others = new Set<LiveStream>()
  readonly #texts = new WeakMap<LoggedEvent, Buffer>()

  constructor(page: StreamPage) {
    this.page = page
  }

  add(stream: LiveStream): void {
    this.#placeOf(stream).add(stream)
  }

  remove(stream: LiveStream): void {
    const place = this.#placeOf(stream)
    place.delete(stream)
    const { accountId } = stream.filter
    // The place of one account goes with its last reader; the others' place stays.
    if (place.size > 0 || accountId === undefined || place === this.#others) return
    this.#ofAccount.delete(accountId)
  }

  /** Readers whose end may have come. */
  get others(): Iterable<LiveStream> {
    return this.#others
  }

  /** The events as one piece of the answer. */
  frame(events: readonly LoggedEvent[]): Frame {
    return frameOf(events.map((event) => this.#textOf(event)))
  }

  /** The same as several pieces, so that none of them is much for a reader that does not read: a large event is one alone. */
  *pieces(events: readonly LoggedEvent[]): Generator<{ readonly frame: Frame; readonly end: bigint }> {
    let texts: Buffer[] = []
    let bytes = 0
    for (const [index, event] of events.entries()) {
      const text = this.#textOf(event)
      texts.push(text)
      bytes += text.length
      const next = events[index + 1]
      const isWhole =
        next === undefined ||
        texts.length === MOST_EVENTS_AT_ONCE ||
        bytes + this.#textOf(next).length > MOST_BYTES_AT_ONCE
      if (!isWhole) continue
      yield { frame: frameOf(texts), end: event.seq }
      texts = []
      bytes = 0
    }
  }

  /** Hands new events to everyone whom they concern. */
  async broadcast({ events, to }: TailBatch): Promise<void> {
    const shown = events.filter((event) => isShown(event, this.page))
    if (shown.length === 0) return
    if (this.#everything.size > 0) await deliverAll(this.#everything, this.frame(shown), to)
    if (this.#ofAccount.size > 0) {
      for (const [accountId, ofAccount] of Map.groupBy(shown, (event) => event.accountId)) {
        const readers = accountId === undefined ? undefined : this.#ofAccount.get(accountId)
        if (readers !== undefined) await deliverAll(readers, this.frame(ofAccount), to)
      }
    }
    for (const stream of this.#others) {
      const wanted = shown.filter((event) => matches(event, stream.filter))
      if (wanted.length > 0) stream.deliver(this.frame(wanted), to)
    }
  }

  #placeOf({ filter }: LiveStream): Set<LiveStream> {
    if (!isPlain(filter)) return this.#others
    if (filter.accountId === undefined) return this.#everything
    const known = this.#ofAccount.get(filter.accountId)
    if (known !== undefined) return known
    const place = new Set<LiveStream>()
    this.#ofAccount.set(filter.accountId, place)
    return place
  }

  #textOf(event: LoggedEvent): Buffer {
    const known = this.#texts.get(event)
    if (known !== undefined) return known
    const text = Buffer.from(`id: ${event.ulid}\ndata: ${JSON.stringify(this.page.present(event))}\n\n`)
    this.#texts.set(event, text)
    return text
  }
}

async function deliverAll(readers: ReadonlySet<LiveStream>, frame: Frame, to: bigint): Promise<void> {
  let served = 0
  // Who joins meanwhile has these events already, and says so itself.
  for (const stream of readers) {
    stream.deliver(frame, to)
    served += 1
    if (served % READERS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve))
  }
}
