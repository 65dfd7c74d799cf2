import { newYorkDate } from '@paddock/calendar'
import { scheduleJob } from '@paddock/service'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { readSheet } from './advance-run.ts'
import { isOutside, lastCalendarDay } from './conditions.ts'
import { reviewPortfolios } from './manage-portfolio.ts'
import { idleCash, type Sheet, wholeOf } from './plan-trades.ts'
import { findPortfolio, type Portfolio } from './portfolio-store.ts'
import type { RunType } from './run.ts'
import { findUnfinishedRun } from './run-store.ts'
import { nextCheck } from './run-window.ts'
import { queueRun } from './start-run.ts'
import { findSubscriptionOf, listSubscriptions, type Subscription } from './subscription-store.ts'

export const CHECK_SUBSCRIPTIONS = 'check-rebalancing'

const SUBSCRIPTIONS_AT_ONCE = 500

/** Cash that is left alone; what is beyond it gets invested. */
const IDLE_CASH_MINOR = 10_00n

export async function scheduleCheck(tx: Tx, runAt: Temporal.Instant): Promise<void> {
  await scheduleJob(tx, { queue: CHECK_SUBSCRIPTIONS, key: runAt.toString(), runAt, payload: {} })
}

/** Begins the runs that are due, and looks again at the next half hour while anybody follows a portfolio. */
export async function checkSubscriptions(ctx: BrokerContext): Promise<void> {
  await reviewPortfolios(ctx)
  let after: string | undefined
  for (;;) {
    const page = await listSubscriptions(ctx.db, { limit: SUBSCRIPTIONS_AT_ONCE, after })
    for (const subscription of page) await beginWhatIsDue(ctx, subscription)
    if (page.length < SUBSCRIPTIONS_AT_ONCE) break
    after = page.at(-1)?.id
  }
  await keepChecking(ctx)
}

/** Every morning: portfolios are reviewed even if nobody follows them, and no failure ends the chain for good. */
export const reviewRebalancingDaily = {
  queue: 'review-rebalancing',
  time: Temporal.PlainTime.from('09:15'),
  run: async (ctx: BrokerContext): Promise<void> => {
    await reviewPortfolios(ctx)
    await keepChecking(ctx)
  },
}

async function keepChecking(ctx: BrokerContext): Promise<void> {
  const [someone] = await listSubscriptions(ctx.db, { limit: 1 })
  if (someone === undefined) return
  const runAt = nextCheck(ctx.config.marketHours, ctx.clock.now())
  await ctx.db.transaction().execute((tx) => scheduleCheck(tx, runAt))
}

async function beginWhatIsDue(ctx: BrokerContext, { accountId, id }: Subscription): Promise<void> {
  await transact(ctx, async (tx) => {
    const account = await lockAccount(tx, accountId)
    const subscription = await findSubscriptionOf(tx, accountId)
    if (subscription?.id !== id || account.status !== 'ACTIVE') return
    if ((await findUnfinishedRun(tx, accountId)) !== undefined) return
    const portfolio = await findPortfolio(tx, subscription.portfolioId)
    if (portfolio?.status !== 'active') return
    const sheet = await readSheet(ctx, tx, accountId)
    const type = runDue(portfolio, subscription, sheet, ctx.clock.now())
    if (type === undefined) return
    const { id: portfolioId, weights } = portfolio
    await queueRun(ctx, tx, { accountId, type, weights, portfolioId, initiatedFrom: 'system' })
  })
}

/** Which run an account needs, if any: the calendar first, then drift, then cash that lies idle. */
function runDue(
  portfolio: Portfolio,
  subscription: Subscription,
  sheet: Sheet,
  now: Temporal.Instant,
): RunType | undefined {
  if (isResting(portfolio, subscription, now)) return undefined
  if (wholeOf(sheet) > 0n && (isCalendarDue(portfolio, subscription, now) || hasDrifted(portfolio, sheet))) {
    return 'full_rebalance'
  }
  return idleCash(portfolio.weights, sheet) > IDLE_CASH_MINOR ? 'invest_cash' : undefined
}

function isResting(
  { cooldownDays }: Portfolio,
  { lastRebalancedAt }: Subscription,
  now: Temporal.Instant,
): boolean {
  if (lastRebalancedAt === undefined) return false
  const restsUntil = lastRebalancedAt.add({ hours: cooldownDays * 24 })
  return Temporal.Instant.compare(now, restsUntil) < 0
}

/** A day that came before the account followed the portfolio, or since which it was rebalanced, is past. */
function isCalendarDue(
  { conditions = [] }: Portfolio,
  subscription: Subscription,
  now: Temporal.Instant,
): boolean {
  const { createdAt, lastRebalancedAt } = subscription
  return conditions.some((condition) => {
    if (condition.type !== 'calendar') return false
    const day = lastCalendarDay(condition, newYorkDate(now))
    const isTooOld = Temporal.PlainDate.compare(day, newYorkDate(createdAt)) < 0
    const isDone =
      lastRebalancedAt !== undefined && Temporal.PlainDate.compare(newYorkDate(lastRebalancedAt), day) >= 0
    return !isTooOld && !isDone
  })
}

function hasDrifted({ conditions = [], weights }: Portfolio, sheet: Sheet): boolean {
  const wholeMinor = wholeOf(sheet)
  return conditions.some(
    (condition) =>
      condition.type === 'drift_band' &&
      weights.some(({ symbol, shareBp }) =>
        isOutside(condition, {
          targetBp: shareBp,
          valueMinor: symbol === undefined ? sheet.cashMinor : (sheet.heldMinor.get(symbol) ?? 0n),
          wholeMinor,
        }),
      ),
  )
}
