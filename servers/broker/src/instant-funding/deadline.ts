import { newId } from '@paddock/kernel'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import type { DailyJob } from '../jobs/daily-jobs.ts'
import { BATCH_CLOSES, SETTLEMENT_DUE } from './batch-dates.ts'
import { collectDebits } from './collect-debit.ts'
import { endOverdue } from './end-instant-funding.ts'
import { findInstantFunding, insertInterest, listOverdue } from './instant-funding-store.ts'
import { interestOfDay } from './late-interest.ts'
import { lockInOrder } from './lock-accounts.ts'
import { settlementsInProgress } from './settlement.ts'
import {
  findSettlement,
  findSettlementInProgress,
  listSettledFundings,
  updateSettlement,
} from './settlement-store.ts'

/** At one o'clock of the day on which they are due: what is not paid for costs a day's interest. */
async function chargeLateInterest(ctx: BrokerContext, day: Temporal.PlainDate): Promise<void> {
  for (const { id, accountId, amountMinor } of await listOverdue(ctx.db, day)) {
    await transact(ctx, async (tx) => {
      await lockInOrder(tx, [accountId])
      if ((await findInstantFunding(tx, id))?.status !== 'EXECUTED') return
      await insertInterest(tx, id, {
        id: newId(),
        day,
        amountMinor: interestOfDay(amountMinor),
        status: 'PENDING',
        createdAt: ctx.clock.now(),
        reconciledAt: undefined,
      })
    })
  }
}

/** At eight in the evening of that day: what is still not paid for is called off, and what is owed is taken. */
async function endOverdueFundings(ctx: BrokerContext, day: Temporal.PlainDate): Promise<void> {
  const overdue = await listOverdue(ctx.db, day)
  if (overdue.length > 0) {
    await failSettlement(ctx, new Set(overdue.map(({ id }) => id)))
    for (const funding of overdue) await endOverdue(ctx, funding)
  }
  await collectDebits(ctx)
}

/** A settlement that waited for money until the last hour has waited in vain. */
async function failSettlement(ctx: BrokerContext, overdue: ReadonlySet<string>): Promise<void> {
  const found = await findSettlementInProgress(ctx.db)
  if (found === undefined) return
  const ids = await listSettledFundings(ctx.db, found.id)
  if (!ids.some((id) => overdue.has(id))) return
  await transact(ctx, async (tx) => {
    await lockInOrder(tx, [found.sourceAccountId])
    const settlement = await findSettlement(tx, found.id)
    if (settlement === undefined || !settlementsInProgress.some((one) => one === settlement.status)) return
    const change = { status: 'FAILED' as const, reason: 'not enough money by the deadline' }
    await updateSettlement(tx, found.id, change, ctx.clock.now())
  })
}

export const chargeInterestDaily: DailyJob = {
  queue: 'instant-funding-interest',
  time: SETTLEMENT_DUE,
  run: chargeLateInterest,
}

export const endOverdueDaily: DailyJob = {
  queue: 'instant-funding-deadline',
  time: BATCH_CLOSES,
  run: endOverdueFundings,
}
