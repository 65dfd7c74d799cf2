import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { appendAdminEvent } from '../events/append-admin-event.ts'
import { FIRM_ACCOUNT_ID } from '../firm/firm-account.ts'
import { type AccountId, AccountRejected, type AccountStatus } from './account.ts'
import { lockAccount } from './account-store.ts'
import { changeStatus, type PlannedSteps, scheduleSteps, statusOf } from './change-status.ts'
import { BY_HAND, mayBecome } from './status-graph.ts'

/** Takes the first step of the path and plans the rest. Does nothing the second time. */
export async function advanceAccount(ctx: BrokerContext, planned: PlannedSteps): Promise<void> {
  const { accountId, side, from, path } = planned
  const [step, ...rest] = path
  if (step === undefined) return
  const now = ctx.clock.now()
  await transact(ctx, async (tx) => {
    const account = await lockAccount(tx, accountId)
    if (statusOf(account, side) !== from || !mayBecome(side, from, step.to)) return
    await changeStatus(tx, account, { side, to: step.to, findings: step.findings }, now)
    await scheduleSteps(tx, { accountId, side, from: step.to, path: rest }, now)
  })
}

/** By hand, whatever was planned: for the simulation's own door. */
export async function setAccountStatus(
  ctx: BrokerContext,
  accountId: AccountId,
  to: AccountStatus,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const account = await lockAccount(tx, accountId)
    // The firm's own account is no customer's: it stays ACTIVE, for without it no journal works.
    if (accountId === FIRM_ACCOUNT_ID) throw new AccountRejected('account_not_found')
    if (account.status === to) return
    const at = ctx.clock.now()
    await changeStatus(tx, account, { side: 'status', to, reason: BY_HAND }, at)
    await appendAdminEvent(tx, {
      type: 'note_admin_event',
      accountId,
      note: `status set to ${to} by hand`,
      context: { status_from: account.status, status_to: to },
      at,
    })
  })
}
