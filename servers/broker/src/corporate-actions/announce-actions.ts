import { sql } from 'kysely'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import type { DailyJob } from '../jobs/daily-jobs.ts'
import type { Market } from '../market/splits.ts'
import { appendActionEvents, findTold } from './action-event.ts'
import type { CorporateAction } from './corporate-action.ts'
import { findActions, findAnnounced } from './find-actions.ts'

/** No action is announced longer than this before it is over. */
const LONGEST_AHEAD_DAYS = 400

/** What companies declare is known when the day of its declaration begins. */
export const announceActionsDaily: DailyJob = {
  queue: 'announce-actions',
  time: Temporal.PlainTime.from('00:00'),
  run: announceActions,
}

/**
 * Tells of every action that is announced and not over and that nobody was told of. So the stream has the
 * beginning of whatever may still change, also on the first day of a world.
 */
async function announceActions(ctx: BrokerContext, day: Temporal.PlainDate): Promise<void> {
  const announced = await findAnnounced(ctx.db, ctx.config, day, day.add({ days: LONGEST_AHEAD_DAYS }))
  await transact(ctx, async (tx) => {
    await lockAnnouncing(tx)
    const told = await findTold(tx, announced)
    const news = announced.filter(({ id }) => !told.has(id))
    await appendActionEvents(tx, 'insert', news, ctx.clock.now())
  })
}

/** The announced dividends that go ex with an action or after it; a split changes the rates of these. */
export async function dividendsAfter(
  tx: Tx,
  market: Market,
  { symbol, exOn, declaredOn }: CorporateAction,
): Promise<CorporateAction[]> {
  const later = await findActions(tx, market, 'exOn', exOn, exOn.add({ days: LONGEST_AHEAD_DAYS }))
  return later.filter(
    (one) =>
      one.type === 'dividend' &&
      one.symbol === symbol &&
      Temporal.PlainDate.compare(one.declaredOn, declaredOn) <= 0,
  )
}

/** Tells of an action that somebody created, and of the dividends of before whose rate it changed. */
export async function tellCreated(
  tx: Tx,
  { seed, marketHours }: Market,
  action: CorporateAction,
  { before, at }: { readonly before: readonly CorporateAction[]; readonly at: Temporal.Instant },
): Promise<void> {
  await lockAnnouncing(tx)
  await appendActionEvents(tx, 'insert', [action], at)
  if (before.length === 0) return
  // A market of its own: the server's must not know of the split before the commit.
  const after = await dividendsAfter(tx, { seed, marketHours }, action)
  const told = await findTold(tx, before)
  const rates = new Map(before.map(({ id, cashMicro }) => [id, cashMicro]))
  const changed = after.filter(({ id, cashMicro }) => told.has(id) && rates.get(id) !== cashMicro)
  await appendActionEvents(tx, 'update', changed, at)
}

async function lockAnnouncing(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('announce-actions', 0))`.execute(tx)
}
