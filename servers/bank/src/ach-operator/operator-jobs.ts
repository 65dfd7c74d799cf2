import { newYorkDate, nextBankingDay } from '@paddock/calendar'
import { sql } from 'kysely'
import type { BankContext } from '../context.ts'
import { deliverDue } from './deliveries.ts'
import { lockOperator } from './entry-store.ts'
import type { AchOperator } from './operator.ts'
import { type AtPayload, queues, scheduleAt } from './schedule.ts'
import { settleAnswers } from './settle-answers.ts'
import { settleEntries } from './settle-entries.ts'
import { writeStatement } from './statement.ts'
import { takeFiles } from './take-files.ts'
import { bankingDayFrom, nextWindow, statementAt, windowAt } from './windows.ts'
import { writeAnswers } from './write-answers.ts'

type OperatorJob = (ctx: BankContext, operator: AchOperator, at: Temporal.Instant) => Promise<void>

/** The instant is the job's own, also when it is done late: two processes book the same. */
const jobs: Readonly<Record<string, OperatorJob>> = {
  async [queues.window](ctx, operator, at) {
    await takeFiles(ctx, operator, windowAt(at))
    await deliverDue(ctx, operator, at)
    await scheduleAt(ctx.db, 'window', nextWindow(at).at)
  },
  async [queues.settlement](ctx, { onStep }, at) {
    await ctx.db.transaction().execute(async (tx) => {
      await lockOperator(tx)
      await settleEntries(ctx, tx, at)
      await settleAnswers(ctx, tx, at)
      onStep('settling')
    })
    onStep('settled')
  },
  async [queues.output](ctx, operator, at) {
    await ctx.db.transaction().execute(async (tx) => {
      await lockOperator(tx)
      await writeAnswers(ctx, tx, operator, at)
      operator.onStep('answers_writing')
    })
    operator.onStep('answers_written')
    await deliverDue(ctx, operator, at)
  },
  async [queues.statement](ctx, operator, at) {
    const day = newYorkDate(at)
    await ctx.db.transaction().execute(async (tx) => {
      await lockOperator(tx)
      await writeStatement(ctx, tx, day)
    })
    await deliverDue(ctx, operator, at)
    await scheduleAt(ctx.db, 'statement', statementAt(nextBankingDay(day)))
  },
}

export const operatorHandlers = Object.fromEntries(
  Object.entries(jobs).map(([queue, run]) => [
    queue,
    async (ctx: BankContext, { at }: AtPayload) => {
      // Without a file drop there is no operator; what waits is put on the agenda again when there is one.
      if (ctx.ach !== undefined) await run(ctx, ctx.ach, Temporal.Instant.from(at))
    },
  ]),
)

/** Begins the chains of windows and statements, and everything that waits. Safe to repeat at each start. */
export async function scheduleOperator({ db, clock }: Pick<BankContext, 'db' | 'clock'>): Promise<void> {
  const now = clock.now()
  const today = bankingDayFrom(newYorkDate(now))
  const hasPassed = Temporal.Instant.compare(statementAt(today), now) <= 0
  const first = {
    window: nextWindow(now).at,
    statement: statementAt(hasPassed ? nextBankingDay(today) : today),
  } as const
  for (const chain of ['window', 'statement'] as const) {
    const { rows } = await sql`select 1 from agenda where queue = ${queues[chain]} limit 1`.execute(db)
    if (rows.length === 0) await scheduleAt(db, chain, first[chain])
  }
  const { rows } = await sql<{ queue: 'settlement' | 'output'; at: Temporal.Instant }>`
    select distinct 'settlement' as queue, settles_at as at from ach_entries where settled_at is null
    union select 'settlement', settles_at from ach_answers where settled_at is null
    union select 'output', due_at from ach_answers where delivery_name is null
    union select 'output', due_at from ach_deliveries where delivered_at is null`.execute(db)
  for (const { queue, at } of rows) await scheduleAt(db, queue, at)
}
