import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { appendAdminEvent } from '../events/append-admin-event.ts'
import type { DailyJob } from '../jobs/daily-jobs.ts'
import { clearAlarm, listOpenSubjects, raiseAlarm } from '../origination/alarm-store.ts'
import { insertRates } from './rate-store.ts'
import {
  formatHundredths,
  levelOf,
  type RateLevel,
  type RateName,
  type ReturnFigures,
  rateNames,
  rateOf,
  readReturnFigures,
  worstLevel,
} from './return-rates.ts'

/** Computes the rates of a day once, and tells of each level that was reached or left. */
export async function watchReturnRates(ctx: BrokerContext, day: Temporal.PlainDate): Promise<void> {
  await transact(ctx, async (tx) => {
    const figures = await readReturnFigures(tx, ctx.ach.agreement.companyId, day)
    const now = ctx.clock.now()
    const kept = figures.map((one) => ({ ...one, level: worstLevel(one) }))
    if (!(await insertRates(tx, day, kept, now))) return
    const reached = figures.flatMap((one) => rateNames.flatMap((name) => reachedBy(one, name)))
    const subjects = new Set(reached.map(({ subject }) => subject))
    for (const subject of await listOpenSubjects(tx, KIND)) {
      if (!subjects.has(subject)) await clearAlarm(tx, { kind: KIND, subject }, now)
    }
    for (const one of reached) await tell(tx, one, now)
  })
}

const KIND = 'return_rate'

type Reached = {
  readonly subject: string
  readonly message: string
  readonly entries: number
  readonly returned: number
}

function reachedBy(figures: ReturnFigures, name: RateName): Reached[] {
  const level = levelOf(figures, name)
  if (level === 'ok') return []
  const { companyId, secCode, entries } = figures
  const subject = `${companyId} ${secCode} ${name} ${level}`
  return [{ subject, message: messageOf(figures, name, level), entries, returned: figures[name] }]
}

function messageOf(figures: ReturnFigures, name: RateName, level: RateLevel): string {
  const percent = formatHundredths(rateOf(figures, name))
  const what = level === 'over' ? 'has reached the level' : 'has reached half the level'
  return `the ${name} return rate of ${figures.companyId} ${figures.secCode} ${what}: ${percent} % (${figures[name]} of ${figures.entries} debits)`
}

async function tell(
  tx: Tx,
  { subject, message, entries, returned }: Reached,
  now: Temporal.Instant,
): Promise<void> {
  if (!(await raiseAlarm(tx, { kind: KIND, subject, message }, now))) return
  await appendAdminEvent(tx, {
    type: 'note_admin_event',
    accountId: undefined,
    note: message,
    context: { kind: KIND, subject, entries, returned },
    by: 'service',
    at: now,
  })
}

/** In the morning, when the night's returns have been read. */
export const watchReturnRatesDaily: DailyJob = {
  queue: 'watch-return-rates',
  time: Temporal.PlainTime.from('07:00'),
  run: watchReturnRates,
}
