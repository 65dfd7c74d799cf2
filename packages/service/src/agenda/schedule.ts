import { type QueryExecutorProvider, sql } from 'kysely'

/** A piece of work that falls due at an instant of world time. */
export interface Job<Payload = unknown> {
  queue: string
  /** Unique within the queue: scheduling the same key again while it waits changes nothing. */
  key: string
  runAt: Temporal.Instant
  payload: Payload
  /** Jobs of one lane run one after the other; an agenda that takes the lanes runs lanes side by side. */
  lane?: string
}

/**
 * Puts a job on the agenda in the caller's transaction: it exists exactly when the change that needs it
 * does. Wake the agenda after the commit if the job is due now.
 */
export async function scheduleJob(tx: QueryExecutorProvider, job: Job): Promise<void> {
  await sql`
    insert into agenda (queue, key, run_at, payload, lane)
    values (${job.queue}, ${job.key}, ${job.runAt.toString()}, ${JSON.stringify(job.payload)}, ${job.lane ?? null})
    on conflict (queue, key) do nothing`.execute(tx)
}

/** Takes a waiting job off the agenda, if it is still there. */
export async function cancelJob(tx: QueryExecutorProvider, queue: string, key: string): Promise<void> {
  await sql`delete from agenda where queue = ${queue} and key = ${key}`.execute(tx)
}
