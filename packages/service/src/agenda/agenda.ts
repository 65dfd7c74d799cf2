import { type QueryExecutorProvider, sql } from 'kysely'
import type { WorldClock } from '../world-clock.ts'

/** Does one job. At least once: it may run again after a crash, so it must find its earlier self. */
export type JobHandler = (payload: never, job: { queue: string; key: string }) => Promise<void>

export interface AgendaOptions {
  db: QueryExecutorProvider
  clock: WorldClock
  handlers: Readonly<Record<string, JobHandler>>
  onError: (error: unknown, job: { queue: string; key: string }) => void
  pollMs?: number
  dueTable?: DueTable
}

/** A table that is its own agenda: its rows say when they are due, and are done many at a time. */
export interface DueTable {
  /** When a row is due next, if any is. */
  nextAt(): Promise<Temporal.Instant | undefined>
  /** Does what is due by now, some of it or all; answers how many rows. Zero when others are at all of them. */
  work(): Promise<number>
}

export interface RanJob {
  queue: string
  key: string
  runAt: Temporal.Instant
}

interface DueJob extends RanJob {
  id: bigint
  payload: unknown
  attempts: number
}

/** What errors of the table are told under. */
const TABLE_JOB = { queue: 'due-table', key: '' }

const LEASE_SECONDS = 30
const MAX_ATTEMPTS = 12
/** How often to look whether other workers have finished what is due. */
const OTHERS_POLL_MS = 20
/** How many due jobs run side by side when nobody is moving the clock. */
const PARALLEL_JOBS = 4

/**
 * Runs what falls due in world time, in order of (run_at, id). Several processes may run it on one
 * database: a job is leased before it runs, and the lease of a killed process ends by itself.
 */
export class Agenda {
  readonly #options: AgendaOptions
  readonly #stopListening: () => void
  #timer: NodeJS.Timeout | undefined
  #draining: Promise<void> | undefined
  #wakeAgain = false
  #moving: Promise<unknown> = Promise.resolve()
  #paused = false
  #stopped = false

  constructor(options: AgendaOptions) {
    this.#options = options
    this.#stopListening = options.clock.onMove(() => this.wake())
  }

  start(): void {
    this.wake()
  }

  /** Looks for due work now; call it after committing a job that is due at once. */
  wake(): void {
    if (this.#stopped || this.#paused) return
    if (this.#draining !== undefined) {
      this.#wakeAgain = true
      return
    }
    clearTimeout(this.#timer)
    this.#draining = this.#drain().finally(() => {
      this.#draining = undefined
      if (this.#wakeAgain) {
        this.#wakeAgain = false
        this.wake()
      } else if (!this.#stopped && !this.#paused) {
        this.#timer = setTimeout(() => this.wake(), this.#options.pollMs ?? 100)
      }
    })
  }

  /**
   * Moves the world clock to `target`; everything that falls due on the way happens one after the other,
   * each at its own instant, before this returns. Answers what happened.
   */
  advanceTo(target: Temporal.Instant): Promise<RanJob[]> {
    const move = this.#moving.then(() => this.#advance(target))
    this.#moving = move.catch(() => undefined)
    return move
  }

  /** What waits, next first. */
  async upcoming(limit: number): Promise<RanJob[]> {
    const { rows } = await sql<DueJob>`
      select queue, key, run_at as "runAt" from agenda where failed_at is null
      order by run_at, id limit ${limit}`.execute(this.#options.db)
    return rows
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#stopListening()
    clearTimeout(this.#timer)
    await this.#draining
  }

  async #advance(target: Temporal.Instant): Promise<RanJob[]> {
    const { clock } = this.#options
    this.#paused = true
    clearTimeout(this.#timer)
    try {
      await this.#draining
      const ran: RanJob[] = []
      for (;;) {
        if (await this.#workTable(target)) continue
        const job = await this.#lease(target)
        if (job === undefined) {
          if (!(await this.#isAnotherBusy(target))) break
          await new Promise((resolve) => setTimeout(resolve, OTHERS_POLL_MS))
          continue
        }
        if (Temporal.Instant.compare(job.runAt, clock.now()) > 0) clock.moveTo(job.runAt)
        if (await this.#run(job)) ran.push({ queue: job.queue, key: job.key, runAt: job.runAt })
      }
      if (Temporal.Instant.compare(target, clock.now()) > 0) clock.moveTo(target)
      return ran
    } finally {
      this.#paused = false
      this.wake()
    }
  }

  /** Does the rows that are due next, at their own instant, if no job is due before them; answers whether it did. */
  async #workTable(target: Temporal.Instant): Promise<boolean> {
    const { clock, dueTable, onError } = this.#options
    const at = await dueTable?.nextAt()
    if (dueTable === undefined || at === undefined || Temporal.Instant.compare(at, target) > 0) return false
    const jobAt = await this.#nextJobAt(target)
    if (jobAt !== undefined && Temporal.Instant.compare(at, jobAt) > 0) return false
    if (Temporal.Instant.compare(at, clock.now()) > 0) clock.moveTo(at)
    try {
      if ((await dueTable.work()) > 0) return true
    } catch (error) {
      onError(error, TABLE_JOB)
    }
    // Somebody else is at them, or they fail: either way there is no hurry.
    await new Promise((resolve) => setTimeout(resolve, OTHERS_POLL_MS))
    return true
  }

  async #nextJobAt(dueBy: Temporal.Instant): Promise<Temporal.Instant | undefined> {
    const { rows } = await sql<{ at: Temporal.Instant | null }>`
      select min(run_at) as at from agenda
      where failed_at is null and run_at <= ${dueBy.toString()} and leased_until < now()`.execute(
      this.#options.db,
    )
    return rows[0]?.at ?? undefined
  }

  async #drainTable(): Promise<void> {
    const { dueTable, onError } = this.#options
    if (dueTable === undefined) return
    try {
      while (!this.#stopped && !this.#paused && (await dueTable.work()) > 0) {
        // As long as there is something to do.
      }
    } catch (error) {
      onError(error, TABLE_JOB)
    }
  }

  async #drain(): Promise<void> {
    const work = async (helpers: number): Promise<void> => {
      let helper: Promise<void> | undefined
      while (!this.#stopped && !this.#paused) {
        const job = await this.#lease(this.#options.clock.now()).catch(() => undefined)
        if (job === undefined) break
        // Where one job is due there may be more; mostly there is none, and one look is enough to know it.
        if (helpers > 0) helper ??= work(helpers - 1)
        await this.#run(job)
      }
      await helper
    }
    await Promise.all([this.#drainTable(), work(PARALLEL_JOBS - 1)])
  }

  async #lease(dueBy: Temporal.Instant): Promise<DueJob | undefined> {
    const { rows } = await sql<DueJob>`
      update agenda set attempts = attempts + 1, last_error = null,
        leased_until = now() + ${LEASE_SECONDS} * interval '1 second'
      where id = (
        select id from agenda
        where failed_at is null and run_at <= ${dueBy.toString()} and leased_until < now()
        order by run_at, id limit 1 for update skip locked
      )
      returning id, queue, key, run_at as "runAt", payload, attempts`.execute(this.#options.db)
    return rows[0]
  }

  /** Whether another worker is at a due job: leased, and not set aside after a failure. */
  async #isAnotherBusy(dueBy: Temporal.Instant): Promise<boolean> {
    const { rows } = await sql<{ busy: boolean }>`
      select exists (
        select from agenda where failed_at is null and run_at <= ${dueBy.toString()}
          and leased_until >= now() and last_error is null
      ) as busy`.execute(this.#options.db)
    return rows[0]?.busy === true
  }

  async #run(job: DueJob): Promise<boolean> {
    const { db, handlers, onError } = this.#options
    try {
      const handler = handlers[job.queue]
      if (handler === undefined) throw new Error(`nothing handles the queue ${job.queue}`)
      await handler(job.payload as never, { queue: job.queue, key: job.key })
      await sql`delete from agenda where id = ${job.id}`.execute(db)
      return true
    } catch (error) {
      onError(error, { queue: job.queue, key: job.key })
      await this.#postpone(job, error).catch(() => undefined)
      return false
    }
  }

  async #postpone(job: DueJob, error: unknown): Promise<void> {
    const waitSeconds = Math.min(2 ** job.attempts, 60)
    const message = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error'
    await sql`
      update agenda set last_error = ${message.slice(0, 500)},
        leased_until = now() + ${waitSeconds} * interval '1 second',
        failed_at = case when attempts >= ${MAX_ATTEMPTS} then now() end
      where id = ${job.id}`.execute(this.#options.db)
  }
}
