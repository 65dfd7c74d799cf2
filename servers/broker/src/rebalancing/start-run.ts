import { newId } from '@paddock/kernel'
import { scheduleJob } from '@paddock/service'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import type { PortfolioId } from './portfolio-store.ts'
import { RebalancingRejected } from './rebalancing.ts'
import type { Run, RunId, RunType } from './run.ts'
import { findUnfinishedRun, insertRun, updateRun } from './run-store.ts'
import { currentOrNextWindow } from './run-window.ts'
import { findSubscriptionOf } from './subscription-store.ts'
import { readWeights, type Weight, type WeightRequest } from './weights.ts'

export const ADVANCE_RUN = 'advance-rebalancing-run'

/** `tick` tells a job that comes again from the one that is awaited. */
export type AdvanceRunPayload = {
  readonly accountId: AccountId
  readonly runId: RunId
  readonly tick: number
}

export type RunRequest = {
  readonly accountId: AccountId
  readonly type: RunType
  readonly weights: readonly WeightRequest[]
}

/** Begins a run that somebody asked for. Accounts that follow a portfolio are left to it. */
export async function requestRun(ctx: BrokerContext, request: RunRequest): Promise<Run> {
  const { accountId, type } = request
  return transact(ctx, async (tx) => {
    const account = await lockAccount(tx, accountId)
    const weights = readWeights(request.weights)
    if (account.status !== 'ACTIVE') throw new RebalancingRejected('account_not_rebalanceable')
    if ((await findSubscriptionOf(tx, accountId)) !== undefined) {
      throw new RebalancingRejected('account_is_rebalanced')
    }
    return queueRun(ctx, tx, { accountId, type, weights, portfolioId: undefined, initiatedFrom: 'api' })
  })
}

export type QueuedRun = {
  readonly accountId: AccountId
  readonly type: RunType
  readonly weights: readonly Weight[]
  readonly portfolioId: PortfolioId | undefined
  readonly initiatedFrom: Run['initiatedFrom']
}

/** Writes a run and puts its beginning on the agenda. The account must be locked; it has one run at a time. */
export async function queueRun(ctx: BrokerContext, tx: Tx, queued: QueuedRun): Promise<Run> {
  if ((await findUnfinishedRun(tx, queued.accountId)) !== undefined) {
    throw new RebalancingRejected('run_active')
  }
  const now = ctx.clock.now()
  const run = await insertRun(tx, { ...queued, id: newId() as RunId, createdAt: now })
  const { opensAt } = currentOrNextWindow(ctx.config.marketHours, now)
  return scheduleAdvance(tx, run, Temporal.Instant.compare(opensAt, now) > 0 ? opensAt : now)
}

/** Looks at the run again at `runAt`. Each run has one job that waits for it, until it is finished. */
export async function scheduleAdvance(tx: Tx, run: Run, runAt: Temporal.Instant): Promise<Run> {
  const { accountId, id: runId } = run
  const payload: AdvanceRunPayload = { accountId, runId, tick: run.tick + 1 }
  await scheduleJob(tx, { queue: ADVANCE_RUN, key: `${runId}:${payload.tick}`, runAt, payload })
  return updateRun(tx, run, { tick: payload.tick })
}
