import type { Clock } from '@paddock/kernel'
import type { Db } from '../db/database.ts'
import { SEQUENCER_BATCH, sequenceEvents } from './sequence-events.ts'

export type EventLogOptions = {
  readonly db: Db
  readonly clock: Clock
  readonly onError: (error: unknown) => void
  /** How often to look for events that nobody woke us for, in milliseconds. */
  readonly pollMs?: number
}

/** Runs the sequencer, and tells streams that there is something new to read. */
export class EventLog {
  readonly #options: EventLogOptions
  readonly #listeners = new Set<() => void>()
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #runAgain = false
  #stopped = false

  constructor(options: EventLogOptions) {
    this.#options = options
  }

  /** Call after a commit that appended events; without the call they are found a little later. */
  wake(): void {
    if (this.#stopped) return
    if (this.#running !== undefined) {
      this.#runAgain = true
      return
    }
    clearTimeout(this.#timer)
    this.#running = this.#sequence().finally(() => this.#rest())
  }

  /** Calls `listener` whenever events got their numbers; returns the way to stop it. */
  onSequenced(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Returns when everything that was committed before the call has its number. */
  async flush(): Promise<void> {
    await this.#running
    if (!this.#stopped) this.wake()
    await this.#running
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }

  async #sequence(): Promise<void> {
    try {
      const { db, clock } = this.#options
      let found = 0
      let numbered: number
      do {
        numbered = await sequenceEvents(db, clock.now())
        found += numbered
      } while (numbered === SEQUENCER_BATCH)
      if (found > 0) for (const listener of this.#listeners) listener()
    } catch (error) {
      this.#options.onError(error)
    }
  }

  #rest(): void {
    this.#running = undefined
    if (this.#stopped) return
    if (this.#runAgain) {
      this.#runAgain = false
      this.wake()
      return
    }
    this.#timer = setTimeout(() => this.wake(), this.#options.pollMs ?? 200)
  }
}
