import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { RebalancingRejected } from './rebalancing.ts'
import { isFinished, type RunId } from './run.ts'
import { cancelOrdersOf } from './run-orders.ts'
import { findRun, updateRun } from './run-store.ts'

/** Ends a run that is not finished. What it has traded stays; its open orders are canceled. */
export async function cancelRun(ctx: BrokerContext, id: RunId): Promise<void> {
  const found = await findRun(ctx.db, id)
  if (found === undefined) throw new RebalancingRejected('run_not_found')
  await transact(ctx, async (tx) => {
    await lockAccount(tx, found.accountId)
    const run = await findRun(tx, id)
    if (run === undefined || isFinished(run)) {
      throw new RebalancingRejected('run_not_cancelable', { status: run?.status })
    }
    await cancelOrdersOf(ctx, tx, run)
    const now = ctx.clock.now()
    const status = run.status === 'QUEUED' ? 'CANCELED' : 'CANCELED_MID_RUN'
    await updateRun(tx, run, { status, canceled_at: now, updated_at: now })
  })
}
