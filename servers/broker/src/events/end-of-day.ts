import { createHash } from 'node:crypto'
import { isTradingDay } from '@paddock/calendar'
import { sql } from 'kysely'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import type { DailyJob } from '../jobs/daily-jobs.ts'
import { appendEvent } from './append-event.ts'

type Report = { readonly type: string; readonly description: string }

/** After the beginning-of-day work, when yesterday's cash is final (contracts/alpaca/events.md §5). */
export const tellBalancesReadyDaily: DailyJob = {
  queue: 'tell-balances-ready',
  time: Temporal.PlainTime.from('02:30'),
  run: (ctx, day) =>
    tellReady(ctx, day, { type: 'eod_balances_ready', description: 'end-of-day balances are ready' }),
}

/** When the vendor's report of positions is out. */
export const tellPositionsReadyDaily: DailyJob = {
  queue: 'tell-positions-ready',
  time: Temporal.PlainTime.from('04:00'),
  run: (ctx, day) =>
    tellReady(ctx, day, { type: 'eod_positions_ready', description: 'end-of-day positions are ready' }),
}

/** Tells once that the books of the day before are closed, when that was a trading day. */
async function tellReady(ctx: BrokerContext, today: Temporal.PlainDate, report: Report): Promise<void> {
  const day = today.subtract({ days: 1 })
  if (!isTradingDay(day)) return
  const { type, description } = report
  const entityId = reportId(type, day)
  await transact(ctx, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 0))`.execute(tx)
    const told = await tx
      .selectFrom('events')
      .select('id')
      .where('entity_id', '=', entityId)
      .limit(1)
      .execute()
    if (told.length > 0) return
    await appendEvent(tx, {
      accountId: undefined,
      stream: 'system',
      entityId,
      statusTo: type,
      at: ctx.clock.now(),
      payload: { system_date: day.toString(), description },
    })
  })
}

/** The same report has the same id, whoever works it out (a UUID of version 8, RFC 9562). */
function reportId(type: string, day: Temporal.PlainDate): string {
  const hex = createHash('sha256').update(`${type} ${day}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
