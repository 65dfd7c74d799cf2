import { type Clock, DomainError } from '@paddock/kernel'

export class ClockRefused extends DomainError<'clock_moves_forward_only'> {
  override readonly name = 'ClockRefused'
}

/** Something that fell due and was done. */
export interface Happening {
  /** Whose it is. */
  agenda: string
  queue: string
  key: string
  runAt: Temporal.Instant
}

/** Work that falls due in world time, and that a leaping clock does at its instants. */
export interface Due {
  /** Does nothing more by itself until it is let go. */
  hold(): Promise<void>
  letGo(): void
  /** When the first piece of work is due, if that is by `target`; `others` when only other workers are at some. */
  nextAt(target: Temporal.Instant): Promise<Temporal.Instant | 'others' | undefined>
  /** Does that first piece, and tells it unless it failed or is of a kind that is not told. */
  doNext(): Promise<Happening | undefined>
  /** What waits, next first. */
  upcoming(limit: number): Promise<Happening[]>
}

/** How often to look whether other workers have finished what is due. */
const OTHERS_POLL_MS = 20

export interface WorldClockOptions {
  /** Where the world was when the process last ran. Default: now. */
  aheadOfRealTimeMs?: number
  /** Stands still until moved, for tests. */
  frozenAt?: Temporal.Instant
  /** Told after every move, so that the world's time survives the process. */
  onMoved?: (aheadOfRealTimeMs: number) => void
}

/**
 * The one clock of bank, broker and market: runs at real speed and is only ever moved forward. It knows
 * the agendas of its process, so that a leap does the work of all of them in order of their instants. An
 * agenda in another process learns of the new time and catches up by itself.
 */
export class WorldClock implements Clock {
  #aheadMs: number
  #frozenAt: Temporal.Instant | undefined
  readonly #onMoved: (aheadOfRealTimeMs: number) => void
  readonly #listeners = new Set<() => void>()
  readonly #agendas = new Set<Due>()
  #leaping: Promise<unknown> = Promise.resolve()

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

  /**
   * Leaps to `target`. Everything that falls due on the way, whoever's it is, happens one after the other
   * and each at its own instant before this returns. Answers what happened.
   */
  advanceTo(target: Temporal.Instant): Promise<Happening[]> {
    const leap = this.#leaping.then(() => this.#leap(target))
    this.#leaping = leap.catch(() => undefined)
    return leap
  }

  /** What waits on all agendas, next first. */
  async upcoming(limit: number): Promise<Happening[]> {
    const lists = await Promise.all([...this.#agendas].map((agenda) => agenda.upcoming(limit)))
    return lists
      .flat()
      .sort((a, b) => Temporal.Instant.compare(a.runAt, b.runAt))
      .slice(0, limit)
  }

  /** Lets a leap do the work of `agenda`; returns the way to end that. */
  enroll(agenda: Due): () => void {
    this.#agendas.add(agenda)
    return () => this.#agendas.delete(agenda)
  }

  async #leap(target: Temporal.Instant): Promise<Happening[]> {
    const agendas = [...this.#agendas]
    const happened: Happening[] = []
    try {
      await Promise.all(agendas.map((agenda) => agenda.hold()))
      for (;;) {
        const next = await firstOf(agendas, target)
        if (next === undefined) break
        if (next === 'others') {
          await new Promise((resolve) => setTimeout(resolve, OTHERS_POLL_MS))
          continue
        }
        if (Temporal.Instant.compare(next.at, this.now()) > 0) this.moveTo(next.at)
        const done = await next.agenda.doNext()
        if (done !== undefined) happened.push(done)
      }
      if (Temporal.Instant.compare(target, this.now()) > 0) this.moveTo(target)
      return happened
    } finally {
      for (const agenda of agendas) agenda.letGo()
    }
  }

  /** Calls `listener` after each move; returns the way to stop it. */
  onMove(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** The agenda whose work is due first; of two at the same instant, the one that was enrolled first. */
async function firstOf(
  agendas: readonly Due[],
  target: Temporal.Instant,
): Promise<{ agenda: Due; at: Temporal.Instant } | 'others' | undefined> {
  const due = await Promise.all(agendas.map(async (agenda) => ({ agenda, at: await agenda.nextAt(target) })))
  const mine = due.filter((one): one is { agenda: Due; at: Temporal.Instant } => typeof one.at === 'object')
  const [first] = mine.sort((a, b) => Temporal.Instant.compare(a.at, b.at))
  return first ?? (due.some(({ at }) => at === 'others') ? 'others' : undefined)
}
