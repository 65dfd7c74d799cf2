import { newYorkDate, newYorkInstant } from '@paddock/calendar'
import { scheduleJob } from '@paddock/service'
import { sql } from 'kysely'
import type { BrokerContext } from '../context.ts'
import { announceActionsDaily } from '../corporate-actions/announce-actions.ts'
import { applySplitsDaily, payDividendsDaily } from '../corporate-actions/run-actions.ts'
import type { Db, Tx } from '../db/database.ts'
import { issueDocumentsDaily } from '../documents/issue-documents.ts'
import { tellBalancesReadyDaily, tellPositionsReadyDaily } from '../events/end-of-day.ts'
import { bookFeesDaily } from '../fees/book-fees.ts'
import { chargeInterestDaily, endOverdueDaily } from '../instant-funding/deadline.ts'
import { reviewRebalancingDaily } from '../rebalancing/check-subscriptions.ts'
import { reconcileDaily } from '../reconciliation/reconcile.ts'
import { watchReturnRatesDaily } from '../risk/watch-return-rates.ts'

/** Does one due job of its queue. It may be called again for the same job, and must then change nothing. */
export type BrokerJob = (ctx: BrokerContext, payload: never) => Promise<void>

/** Work of every day of the world, weekends and holidays included; the job itself knows what it skips. */
export type DailyJob = {
  readonly queue: string
  /** Wall time in New York. */
  readonly time: Temporal.PlainTime
  /** Does the work of `day`. It may be called again for the same day, and must then change nothing. */
  readonly run: (ctx: BrokerContext, day: Temporal.PlainDate) => Promise<void>
}

/** The broker's timetable (contracts/alpaca/transport.md). Each line is one job. */
const dailyJobs: readonly DailyJob[] = [
  tellBalancesReadyDaily,
  tellPositionsReadyDaily,
  announceActionsDaily,
  applySplitsDaily,
  payDividendsDaily,
  reviewRebalancingDaily,
  chargeInterestDaily,
  endOverdueDaily,
  bookFeesDaily,
  issueDocumentsDaily,
  watchReturnRatesDaily,
  reconcileDaily,
]

type DayPayload = { readonly day: string }

/** Each day's job puts the next day's on the agenda, so that a leap of the clock passes through every day. */
export const dailyHandlers: Readonly<Record<string, BrokerJob>> = Object.fromEntries(
  dailyJobs.map((job) => [
    job.queue,
    async (ctx: BrokerContext, payload: DayPayload) => {
      const day = Temporal.PlainDate.from(payload.day)
      await job.run(ctx, day)
      await scheduleDay(ctx.db, job, day.add({ days: 1 }))
    },
  ]),
)

/** Begins each job's chain of days where there is none yet. Safe to repeat at each start. */
export async function scheduleDailyJobs({ db, clock }: Pick<BrokerContext, 'db' | 'clock'>): Promise<void> {
  const now = clock.now()
  const today = newYorkDate(now)
  await db.transaction().execute(async (tx) => {
    const begun = await findScheduled(tx)
    for (const job of dailyJobs.filter(({ queue }) => !begun.has(queue))) {
      const hasPassed = Temporal.Instant.compare(newYorkInstant(today, job.time), now) <= 0
      await scheduleDay(tx, job, hasPassed ? today.add({ days: 1 }) : today)
    }
  })
}

async function scheduleDay(db: Db | Tx, { queue, time }: DailyJob, day: Temporal.PlainDate): Promise<void> {
  const payload: DayPayload = { day: day.toString() }
  await scheduleJob(db, { queue, key: payload.day, runAt: newYorkInstant(day, time), payload })
}

async function findScheduled(tx: Tx): Promise<ReadonlySet<string>> {
  const queues = dailyJobs.map(({ queue }) => queue)
  const { rows } = await sql<{ queue: string }>`
    select distinct queue from agenda where queue = any(${queues}::text[])`.execute(tx)
  return new Set(rows.map(({ queue }) => queue))
}
