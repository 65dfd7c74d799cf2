import { newYorkDate } from '@paddock/calendar'
import { scheduleJob } from '@paddock/service'
import { sql } from 'kysely'
import type { BrokerContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import { nextDelivery } from './timetable.ts'

/** A little after each of the operator's deliveries. */
export const READ_ANSWERS = 'read-ach-answers'

export type ReadingJob = { readonly at: string }

/** So long after its file an entry can be answered: sixty days, and what banks add to them. */
const ANSWERS_WITHIN_DAYS = 100

/** The next look into `inbound/`: at the next delivery, or once a day where no answer can come any more. */
export async function scheduleReading(
  { ach }: Pick<BrokerContext, 'ach'>,
  db: Db | Tx,
  after: Temporal.Instant,
): Promise<void> {
  const next = nextDelivery(ach.timetables, after)
  const runAt = (await awaitsAnswers(db, after)) ? next : firstOfNextDay(ach.timetables, next)
  const payload: ReadingJob = { at: runAt.toString() }
  await scheduleJob(db, { queue: READ_ANSWERS, key: payload.at, runAt, payload })
}

async function awaitsAnswers(db: Db | Tx, now: Temporal.Instant): Promise<boolean> {
  const since = now.subtract({ hours: ANSWERS_WITHIN_DAYS * 24 }).toString()
  const { rows } = await sql<{ awaits: boolean }>`
    select exists (select from ach_files where sealed_at > ${since}::timestamptz) as awaits`.execute(db)
  return rows[0]?.awaits === true
}

function firstOfNextDay(
  timetables: BrokerContext['ach']['timetables'],
  from: Temporal.Instant,
): Temporal.Instant {
  let at = from
  while (newYorkDate(at).equals(newYorkDate(from))) at = nextDelivery(timetables, at)
  return at
}
