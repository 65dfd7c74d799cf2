import { scheduleJob } from '@paddock/service'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import type { DailyJob } from '../jobs/daily-jobs.ts'
import { applySplit } from './apply-split.ts'
import type { ActionDay, CorporateAction } from './corporate-action.ts'
import { findActions, getAction } from './find-actions.ts'
import { accountsInto, BEFORE_ALL, holdersOfRecord } from './holders.ts'
import { payDividend } from './pay-dividend.ts'

export const APPLY_CORPORATE_ACTION = 'apply-corporate-action'

/** One page of holders is one job, so that no job takes long, however many there are. */
const HOLDERS_PER_JOB = 100

type ApplyPayload = { readonly actionId: string; readonly after: string }

/** Splits come into force when their ex date begins: prices change at that midnight. */
export const applySplitsDaily: DailyJob = {
  queue: 'apply-splits',
  time: Temporal.PlainTime.from('00:00'),
  run: (ctx, day) => startActions(ctx, 'split', 'exOn', day),
}

/** Dividends are paid at the beginning of their payable date, with the rest of the day's first work. */
export const payDividendsDaily: DailyJob = {
  queue: 'pay-dividends',
  time: Temporal.PlainTime.from('02:30'),
  run: (ctx, day) => startActions(ctx, 'dividend', 'payableOn', day),
}

async function startActions(
  ctx: BrokerContext,
  type: 'dividend' | 'split',
  on: ActionDay,
  day: Temporal.PlainDate,
): Promise<void> {
  const due = (await findActions(ctx.db, ctx.config, on, day, day)).filter((action) => action.type === type)
  if (due.length === 0) return
  await transact(ctx, async (tx) => {
    for (const { id } of due)
      await scheduleJob(tx, jobOf({ actionId: id, after: BEFORE_ALL }, ctx.clock.now()))
  })
}

/** Serves the next holders of an action, each in a transaction of its own, and leaves the rest to another job. */
export async function applyCorporateAction(ctx: BrokerContext, payload: ApplyPayload): Promise<void> {
  const action = await getAction(ctx.db, ctx.config, payload.actionId)
  const served = action.type === 'dividend' ? payPage : splitPage
  const last = await served(ctx, action, { after: payload.after, limit: HOLDERS_PER_JOB })
  if (last === undefined) return
  await transact(ctx, (tx) => scheduleJob(tx, jobOf({ ...payload, after: last }, ctx.clock.now())))
}

type Page = { readonly after: string; readonly limit: number }

async function payPage(ctx: BrokerContext, action: CorporateAction, page: Page): Promise<string | undefined> {
  const holders = await holdersOfRecord(ctx.db, action.symbol, action.recordOn, page)
  for (const holder of holders) await payDividend(ctx, action, holder)
  return holders.length < page.limit ? undefined : holders.at(-1)?.accountId
}

async function splitPage(
  ctx: BrokerContext,
  action: CorporateAction,
  page: Page,
): Promise<string | undefined> {
  const accountIds = await accountsInto(ctx.db, action.symbol, action.exOn, page)
  for (const accountId of accountIds) await applySplit(ctx, action, accountId)
  return accountIds.length < page.limit ? undefined : accountIds.at(-1)
}

function jobOf(payload: ApplyPayload, runAt: Temporal.Instant) {
  return { queue: APPLY_CORPORATE_ACTION, key: `${payload.actionId}:${payload.after}`, runAt, payload }
}
