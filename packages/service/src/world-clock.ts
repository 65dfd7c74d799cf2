import { type Clock, DomainError } from '@paddock/kernel'

export class ClockRefused extends DomainError<'clock_moves_forward_only'> {
  override readonly name = 'ClockRefused'
}

export interface WorldClockOptions {
  /** Where the world was when the process last ran. Default: now. */
  aheadOfRealTimeMs?: number
  /** Stands still until moved, for tests. */
  frozenAt?: Temporal.Instant
  /** Told after every move, so that the world's time survives the process. */
  onMoved?: (aheadOfRealTimeMs: number) => void
}

/** The one clock of bank, broker and market: runs at real speed and is only ever moved forward. */
export class WorldClock implements Clock {
  #aheadMs: number
  #frozenAt: Temporal.Instant | undefined
  readonly #onMoved: (aheadOfRealTimeMs: number) => void
  readonly #listeners = new Set<() => void>()

  constructor(options: WorldClockOptions = {}) {
    this.#aheadMs = options.aheadOfRealTimeMs ?? 0
    this.#frozenAt = options.frozenAt
    this.#onMoved = options.onMoved ?? (() => undefined)
  }

  /** In whole microseconds, as PostgreSQL keeps it: what is answered at once must read the same later. */
  now(): Temporal.Instant {
    if (this.#frozenAt !== undefined) return this.#frozenAt
    const now = Temporal.Now.instant().add({ milliseconds: this.#aheadMs })
    return now.round({ smallestUnit: 'microsecond', roundingMode: 'floor' })
  }

  /** Milliseconds until `instant` at real speed; a clock that stands still never gets there. */
  millisecondsUntil(instant: Temporal.Instant): number {
    const distanceMs = instant.epochMilliseconds - this.now().epochMilliseconds
    if (distanceMs <= 0) return 0
    return this.#frozenAt === undefined ? distanceMs : Number.POSITIVE_INFINITY
  }

  /** Jumps to `instant`. Refused when it lies in the past: what has happened stays. */
  moveTo(instant: Temporal.Instant): void {
    if (Temporal.Instant.compare(instant, this.now()) < 0) throw new ClockRefused('clock_moves_forward_only')
    if (this.#frozenAt === undefined) {
      this.#aheadMs = instant.epochMilliseconds - Temporal.Now.instant().epochMilliseconds
      this.#onMoved(this.#aheadMs)
    } else {
      this.#frozenAt = instant
    }
    for (const listener of this.#listeners) listener()
  }

  /** Calls `listener` after each move; returns the way to stop it. */
  onMove(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
