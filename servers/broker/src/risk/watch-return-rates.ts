import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { appendAdminEvent } from '../events/append-admin-event.ts'
import type { DailyJob } from '../jobs/daily-jobs.ts'
import { clearAlarm, raiseAlarm } from '../origination/alarm-store.ts'
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
    const isNew = await insertRates(
      tx,
      day,
      figures.map((one) => ({ ...one, level: worstLevel(one) })),
      now,
    )
    if (!isNew) return
    for (const one of figures) {
      for (const name of rateNames) await tell(tx, one, name, now)
    }
  })
}

const KIND = 'return_rate'

async function tell(tx: Tx, figures: ReturnFigures, name: RateName, now: Temporal.Instant): Promise<void> {
  const reached = levelOf(figures, name)
  const group = `${figures.companyId} ${figures.secCode} ${name}`
  for (const level of ['half', 'over'] as const) {
    const alarm = { kind: KIND, subject: `${group} ${level}` }
    if (level !== reached) {
      await clearAlarm(tx, alarm, now)
      continue
    }
    const message = messageOf(figures, name, reached)
    if (!(await raiseAlarm(tx, { ...alarm, message }, now))) continue
    const context = { ...alarm, entries: figures.entries, returned: figures[name], level }
    await appendAdminEvent(tx, {
      type: 'note_admin_event',
      accountId: undefined,
      note: message,
      context,
      by: 'service',
      at: now,
    })
  }
}

function messageOf(figures: ReturnFigures, name: RateName, level: RateLevel): string {
  const percent = formatHundredths(rateOf(figures, name))
  const what = level === 'over' ? 'has reached the level' : 'has reached half the level'
  return `the ${name} return rate of ${figures.companyId} ${figures.secCode} ${what}: ${percent} % (${figures[name]} of ${figures.entries} debits)`
}

/** In the morning, when the night's returns have been read. */
export const watchReturnRatesDaily: DailyJob = {
  queue: 'watch-return-rates',
  time: Temporal.PlainTime.from('07:00'),
  run: watchReturnRates,
}
