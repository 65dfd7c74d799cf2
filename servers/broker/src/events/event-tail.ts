import type { Clock } from '@paddock/kernel'
import type { Db } from '../db/database.ts'
import type { EventLog } from './event-log.ts'
import { readAfter, readLatest } from './event-pages.ts'
import type { LoggedEvent } from './logged-event.ts'
import type { Head } from './stream-query.ts'

/** New events of the log, in its order; `to` is the place of the last one. */
export type TailBatch = { readonly events: readonly LoggedEvent[]; readonly to: bigint }

export type TailOptions = {
  readonly db: Db
  readonly clock: Clock
  readonly log: Pick<EventLog, 'onSequenced'>
  /** How much of the end of the log is kept at hand, for readers that were away for a moment. */
  readonly window: number
  /** Hands new events out; the next ones are read when it is done, so a busy process makes larger batches. */
  readonly onEvents: (batch: TailBatch) => Promise<void>
  /** Called after each look, also when there was nothing new. */
  readonly onLooked: () => void
  readonly onError: (error: unknown) => void
}

const BATCH = 250
/** Wakes come from this process; events that another one numbered are found by looking. */
const LOOK_AGAIN_MS = 1_000

/**
 * The end of the log in memory. However many readers there are, new events are read from the database once.
 * It looks only while someone reads; its first look fetches what the last readers may still be missing.
 */
export class EventTail {
  readonly #options: TailOptions
  #window: LoggedEvent[] = []
  /** Everything after this place, up to the head, is in the window. */
  #floor = 0n
  #head: Head | undefined
  #lookedAt: Temporal.Instant
  #looking: Promise<void> | undefined
  #next: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #stopListening: (() => void) | undefined

  constructor(options: TailOptions) {
    this.#options = options
    this.#lookedAt = options.clock.now()
  }

  get head(): Head {
    return this.#head ?? { seq: 0n, ulid: '' }
  }

  get isWarm(): boolean {
    return this.#head !== undefined
  }

  /** World time just before the last look: what was written later is not missing from it. */
  get lookedAt(): Temporal.Instant {
    return this.#lookedAt
  }

  /** Begins to look by itself. */
  start(): void {
    if (this.#stopListening !== undefined) return
    this.#stopListening = this.#options.log.onSequenced(() => this.#wake())
    this.#timer = setInterval(() => this.#wake(), LOOK_AGAIN_MS)
  }

  /** Looks no more, and forgets what it knew. */
  async stop(): Promise<void> {
    this.#stopListening?.()
    this.#stopListening = undefined
    clearInterval(this.#timer)
    await this.#looking?.catch(() => undefined)
    if (this.#stopListening !== undefined) return
    this.#head = undefined
    this.#window = []
  }

  /** Returns when everything that had its number before the call is known, and handed out. */
  look(): Promise<void> {
    if (this.#looking === undefined) return this.#begin()
    this.#next ??= this.#looking
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined
        return this.#looking ?? this.#begin()
      })
    return this.#next
  }

  /** At most `limit` events after a place, or nothing when they are no longer at hand. */
  after(place: bigint, limit: number): readonly LoggedEvent[] | undefined {
    if (place < this.#floor) return undefined
    const from = firstIndex(this.#window, ({ seq }) => seq > place)
    return this.#window.slice(from, from + limit)
  }

  /** The place of the last event with this ULID or a smaller one, when that is at hand. */
  placeOfUlid(ulid: string): bigint | undefined {
    const index = firstIndex(this.#window, (event) => event.ulid > ulid)
    return this.#window[index - 1]?.seq
  }

  #wake(): void {
    if (this.#next === undefined) this.look().catch(this.#options.onError)
  }

  #begin(): Promise<void> {
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async #look(): Promise<void> {
    const { db, clock, onEvents, onLooked } = this.#options
    const now = clock.now()
    if (this.#head === undefined) await this.#warmUp()
    for (;;) {
      const events = await readAfter(db, this.head.seq, BATCH)
      const last = events.at(-1)
      if (last === undefined) break
      this.#keep(events)
      this.#head = { seq: last.seq, ulid: last.ulid }
      await onEvents({ events, to: last.seq })
      if (events.length < BATCH) break
    }
    this.#lookedAt = now
    onLooked()
  }

  async #warmUp(): Promise<void> {
    const { db, window } = this.#options
    const latest = await readLatest(db, window)
    const last = latest.at(-1)
    this.#window = latest
    this.#floor = latest.length < window ? 0n : (latest[0]?.seq ?? 1n) - 1n
    this.#head = { seq: last?.seq ?? 0n, ulid: last?.ulid ?? '' }
  }

  #keep(events: readonly LoggedEvent[]): void {
    const { window } = this.#options
    this.#window.push(...events)
    // Half a window too many is dropped at once, so that dropping costs little.
    if (this.#window.length < window * 1.5) return
    const dropped = this.#window.splice(0, this.#window.length - window)
    this.#floor = dropped.at(-1)?.seq ?? this.#floor
  }
}

/** Where the first one is that is so; all after it must be so too. */
function firstIndex(events: readonly LoggedEvent[], isSo: (event: LoggedEvent) => boolean): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const event = events[middle]
    if (event !== undefined && isSo(event)) high = middle
    else low = middle + 1
  }
  return low
}
