import { scheduleJob } from '@paddock/service'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { appendEvent } from '../events/append-event.ts'
import type { AccountId, AccountStatus } from './account.ts'
import { getAccount, lockAccount, setStatus } from './account-store.ts'
import { kycResults } from './kyc.ts'
import type { StatusStep } from './status-path.ts'

/** Shares and crypto are approved apart from each other, each along its own path. */
export type AccountSide = 'status' | 'crypto_status'

export type PlannedSteps = {
  readonly accountId: AccountId
  readonly side: AccountSide
  /** Where the path begins. An account that is elsewhere by then was moved by hand: the plan is out of date. */
  readonly from: AccountStatus
  readonly path: readonly StatusStep[]
}

export const ADVANCE_ACCOUNT = 'advance-account'

/** Takes the first step of the path and plans the rest. Does nothing the second time. */
export async function advanceAccount(ctx: BrokerContext, planned: PlannedSteps): Promise<void> {
  const { accountId, side, from, path } = planned
  const [step, ...rest] = path
  if (step === undefined) return
  const now = ctx.clock.now()
  await transact(ctx, async (tx) => {
    const account = await lockAccount(tx, accountId)
    if ((side === 'status' ? account.status : account.cryptoStatus) !== from) return
    await changeStatus(tx, { accountId, side, from, to: step.to, accountNumber: account.accountNumber }, now)
    await scheduleNextStep(tx, { accountId, side, from: step.to, path: rest }, now)
  })
}

export async function scheduleNextStep(tx: Tx, planned: PlannedSteps, now: Temporal.Instant): Promise<void> {
  const [step] = planned.path
  if (step === undefined) return
  await scheduleJob(tx, {
    queue: ADVANCE_ACCOUNT,
    key: `${planned.accountId}:${planned.side}:${step.to}`,
    runAt: now.add({ seconds: step.afterSeconds }),
    payload: planned,
  })
}

/** By hand, whatever was planned: for the simulation's own door. */
export async function setAccountStatus(
  ctx: BrokerContext,
  accountId: AccountId,
  to: AccountStatus,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { status: from, accountNumber } = await lockAccount(tx, accountId)
    if (from === to) return
    await changeStatus(tx, { accountId, side: 'status', from, to, accountNumber }, ctx.clock.now())
  })
}

type StatusChange = {
  readonly accountId: AccountId
  readonly accountNumber: string
  readonly side: AccountSide
  readonly from: AccountStatus
  readonly to: AccountStatus
}

async function changeStatus(tx: Tx, change: StatusChange, now: Temporal.Instant): Promise<void> {
  const { accountId, accountNumber, side, from, to } = change
  const kyc =
    side === 'status' ? kycResults(to, (await getAccount(tx, accountId)).parts.disclosures) : undefined
  const update =
    side === 'crypto_status'
      ? { crypto_status: to }
      : { status: to, ...(kyc === undefined ? {} : { kyc_results: JSON.stringify(kyc) }) }
  await setStatus(tx, accountId, update, now)
  await appendEvent(tx, {
    accountId,
    stream: 'account',
    entityId: accountId,
    statusFrom: from,
    statusTo: to,
    at: now,
    payload: {
      account_number: accountNumber,
      [`${side}_from`]: from,
      [`${side}_to`]: to,
      reason: '',
      ...(kyc === undefined ? {} : { kyc_results: kyc }),
    },
  })
}
