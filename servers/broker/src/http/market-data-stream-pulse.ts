import type { WorldClock } from '@paddock/service'

/** Leaps come in many small moves; only when they have stopped for so long is it time to look. */
const LEAP_SETTLES_MS = 50
const SECOND_MS = 1_000

/** Beats at each second of the world's time, and after each leap of it. */
export class WorldPulse {
  readonly #clock: WorldClock
  readonly #beat: () => void
  readonly #stopListening: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(clock: WorldClock, beat: () => void) {
    this.#clock = clock
    this.#beat = beat
    this.#stopListening = clock.onMove(() => this.#schedule(LEAP_SETTLES_MS))
    this.#scheduleNext()
  }

  stop(): void {
    this.#stopListening()
    clearTimeout(this.#timer)
  }

  #scheduleNext(): void {
    const nowMs = this.#clock.now().epochMilliseconds
    const next = Temporal.Instant.fromEpochMilliseconds(Math.floor(nowMs / SECOND_MS) * SECOND_MS + SECOND_MS)
    const waitMs = this.#clock.millisecondsUntil(next)
    // A clock that stands still is only ever moved.
    if (Number.isFinite(waitMs)) this.#schedule(waitMs)
  }

  #schedule(waitMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#beat()
      this.#scheduleNext()
    }, waitMs).unref()
  }
}
