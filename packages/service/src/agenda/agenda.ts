import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import type { Due, Happening, WorldClock } from '../world-clock.ts'

/** Does one job. At least once: it may run again after a crash, so it must find its earlier self. */
export type JobHandler = (payload: never, job: { queue: string; key: string }) => Promise<void>

export interface AgendaOptions {
  /** Whose agenda it is, in what a leap of the clock tells. */
  name: string
  db: QueryExecutorProvider
  clock: WorldClock
  handlers: Readonly<Record<string, JobHandler>>
  onError: (error: unknown, job: { queue: string; key: string }) => void
  pollMs?: number
  /** How many due jobs run side by side when nobody is moving the clock. Default 4; with 1, strictly in order. */
  parallelJobs?: number
  /**
   * Which jobs are its own, where two agendas share a table so that what waits for the world outside holds up
   * nothing else: those in no lane, or those in lanes. Default: all, and lanes mean nothing.
   */
  takes?: 'common' | 'lanes'
  dueTable?: DueTable
}

/** A table that is its own agenda: its rows say when they are due, and are done many at a time. */
export interface DueTable {
  /** When a row is due next, if any is. */
  nextAt(): Promise<Temporal.Instant | undefined>
  /** Does what is due by now, some of it or all; answers how many rows. Zero when others are at all of them. */
  work(): Promise<number>
}

interface DueJob {
  id: bigint
  queue: string
  key: string
  runAt: Temporal.Instant
  payload: unknown
  attempts: number
}

/** What errors of the table are told under. */
const TABLE_JOB = { queue: 'due-table', key: '' }

const OWN = { common: sql`and lane is null`, lanes: sql`and lane is not null` }
/** A job that was set aside after a failure leaves its lane to the others. */
const LANE_IS_FREE = sql`and not exists (
  select from agenda other where other.lane = agenda.lane and other.failed_at is null
    and other.leased_until >= now() and other.last_error is null
)`

const LEASE_SECONDS = 30
const MAX_ATTEMPTS = 12
/** How long to leave rows of the table alone that others are at, or that fail. */
const OTHERS_POLL_MS = 20
const PARALLEL_JOBS = 4

/**
 * Runs what falls due in world time, in order of (run_at, id). Several processes may run it on one
 * database: a job is leased before it runs, and the lease of a killed process ends by itself.
 */
export class Agenda implements Due {
  readonly #options: AgendaOptions
  readonly #leaveClock: () => void
  #timer: NodeJS.Timeout | undefined
  #draining: Promise<void> | undefined
  #wakeAgain = false
  #paused = false
  #stopped = false
  #isTableNext = false
  readonly #mine: RawBuilder<unknown>
  readonly #free: RawBuilder<unknown>
  readonly #workers = new Set<Promise<void>>()
  #leasing: Promise<unknown> = Promise.resolve()

  constructor(options: AgendaOptions) {
    this.#options = options
    this.#mine = options.takes === undefined ? sql`` : OWN[options.takes]
    this.#free = options.takes === 'lanes' ? LANE_IS_FREE : sql``
    const stopListening = options.clock.onMove(() => this.wake())
    const leaveLeaps = options.clock.enroll(this)
    this.#leaveClock = () => {
      stopListening()
      leaveLeaps()
    }
  }

  start(): void {
    this.wake()
  }

  /** Looks for due work now; call it after committing a job that is due at once. */
  wake(): void {
    if (this.#stopped || this.#paused) return
    clearTimeout(this.#timer)
    // One stuck lane must not keep another from being looked at.
    if (this.#options.takes === 'lanes') this.#pollLater()
    if (this.#draining !== undefined) {
      this.#wakeAgain = true
      if (this.#options.takes === 'lanes') this.#hire()
      return
    }
    this.#draining = this.#drain().finally(() => {
      this.#draining = undefined
      if (this.#wakeAgain) {
        this.#wakeAgain = false
        this.wake()
      } else if (!this.#stopped && !this.#paused) {
        this.#pollLater()
      }
    })
  }

  #pollLater(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.wake(), this.#options.pollMs ?? 100)
  }

  async upcoming(limit: number): Promise<Happening[]> {
    const { rows } = await sql<DueJob>`
      select queue, key, run_at as "runAt" from agenda where failed_at is null ${this.#mine}
      order by run_at, id limit ${limit}`.execute(this.#options.db)
    return rows.map((job) => this.#tell(job))
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#leaveClock()
    clearTimeout(this.#timer)
    await this.#draining
  }

  async hold(): Promise<void> {
    this.#paused = true
    clearTimeout(this.#timer)
    await this.#draining
  }

  letGo(): void {
    this.#paused = false
    this.wake()
  }

  async nextAt(target: Temporal.Instant): Promise<Temporal.Instant | 'others' | undefined> {
    if (this.#stopped) return undefined
    const [tableAt, jobAt] = await Promise.all([this.#options.dueTable?.nextAt(), this.#nextJobAt(target)])
    const isTableDue = tableAt !== undefined && Temporal.Instant.compare(tableAt, target) <= 0
    // Rows of the table come before a job of the same instant.
    this.#isTableNext = isTableDue && (jobAt === undefined || Temporal.Instant.compare(tableAt, jobAt) <= 0)
    if (this.#isTableNext) return tableAt
    return jobAt ?? ((await this.#isAnotherBusy(target)) ? 'others' : undefined)
  }

  /** What `nextAt` has found. Rows of the table are not told. */
  async doNext(): Promise<Happening | undefined> {
    if (this.#isTableNext) {
      await this.#workTable()
      return undefined
    }
    const job = await this.#lease(this.#options.clock.now())
    return job !== undefined && (await this.#run(job)) ? this.#tell(job) : undefined
  }

  async #workTable(): Promise<void> {
    const { dueTable, onError } = this.#options
    try {
      if (((await dueTable?.work()) ?? 0) > 0) return
    } catch (error) {
      onError(error, TABLE_JOB)
    }
    // Somebody else is at them, or they fail: either way there is no hurry.
    await new Promise((resolve) => setTimeout(resolve, OTHERS_POLL_MS))
  }

  async #nextJobAt(dueBy: Temporal.Instant): Promise<Temporal.Instant | undefined> {
    const { rows } = await sql<{ at: Temporal.Instant | null }>`
      select min(run_at) as at from agenda
      where failed_at is null and run_at <= ${dueBy.toString()} and leased_until < now()
        ${this.#mine} ${this.#free}`.execute(this.#options.db)
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
    this.#hire()
    const jobs = async () => {
      while (this.#workers.size > 0) await Promise.all(this.#workers)
    }
    await Promise.all([this.#drainTable(), jobs()])
  }

  /** One more worker, if there may be one more. */
  #hire(): void {
    if (this.#workers.size >= (this.#options.parallelJobs ?? PARALLEL_JOBS)) return
    const worker = this.#work().finally(() => this.#workers.delete(worker))
    this.#workers.add(worker)
  }

  async #work(): Promise<void> {
    let hasHired = false
    while (!this.#stopped && !this.#paused) {
      const job = await this.#lease(this.#options.clock.now()).catch(() => undefined)
      if (job === undefined) break
      // Where one job is due there may be more; mostly there is none, and one look is enough to know it.
      if (!hasHired) this.#hire()
      hasHired = true
      await this.#run(job)
    }
  }

  async #lease(dueBy: Temporal.Instant): Promise<DueJob | undefined> {
    if (this.#options.takes !== 'lanes') return this.#leaseNow(dueBy)
    // Two at once would not see each other's lane.
    const lease = this.#leasing.then(() => this.#leaseNow(dueBy))
    this.#leasing = lease.catch(() => undefined)
    return lease
  }

  async #leaseNow(dueBy: Temporal.Instant): Promise<DueJob | undefined> {
    const { rows } = await sql<DueJob>`
      update agenda set attempts = attempts + 1, last_error = null,
        leased_until = now() + ${LEASE_SECONDS} * interval '1 second'
      where id = (
        select id from agenda
        where failed_at is null and run_at <= ${dueBy.toString()} and leased_until < now()
          ${this.#mine} ${this.#free}
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
          and leased_until >= now() and last_error is null ${this.#mine}
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

  #tell({ queue, key, runAt }: DueJob): Happening {
    return { agenda: this.#options.name, queue, key, runAt }
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
