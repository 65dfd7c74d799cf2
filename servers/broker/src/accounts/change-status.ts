import { assert } from '@paddock/kernel'
import { scheduleJob } from '@paddock/service'
import type { Tx } from '../db/database.ts'
import { appendEvent } from '../events/append-event.ts'
import type { AccountId, AccountStatus } from './account.ts'
import { getAccount, type LockedAccount, setStatus } from './account-store.ts'
import { scheduleEnrollments } from './enrollments.ts'
import { disclosedFindings, findingsOf, type KycCode, kycResults } from './kyc.ts'
import { type AccountSide, BY_HAND, isFinal, mayBecome, sharedEnds } from './status-graph.ts'
import { approval, cryptoApproval, REVIEW_SECONDS, type StatusStep } from './status-path.ts'

export type StatusChange = {
  readonly side: AccountSide
  readonly to: AccountStatus
  readonly reason?: string
  readonly findings?: readonly KycCode[] | undefined
}

export const statusOf = (account: LockedAccount, side: AccountSide) =>
  side === 'status' ? account.status : account.cryptoStatus

/**
 * Moves one side of a locked account, tells it, and sets going what follows from it. Only what was set by hand may
 * leave the graph.
 */
export async function changeStatus(
  tx: Tx,
  account: LockedAccount,
  change: StatusChange,
  now: Temporal.Instant,
): Promise<void> {
  const { side, to, reason = '' } = change
  const from = statusOf(account, side)
  assert(reason === BY_HAND || mayBecome(side, from, to), `no account goes from ${from} to ${to}`)
  const kyc = side === 'status' ? await resultsOf(tx, account.id, change) : undefined
  const update =
    side === 'crypto_status'
      ? { crypto_status: to }
      : { status: to, ...(kyc === undefined ? {} : { kyc_results: JSON.stringify(kyc) }) }
  await setStatus(tx, account.id, update, now)
  await appendEvent(tx, {
    accountId: account.id,
    stream: 'account',
    entityId: account.id,
    statusFrom: from,
    statusTo: to,
    at: now,
    payload: {
      account_number: account.accountNumber,
      [`${side}_from`]: from,
      [`${side}_to`]: to,
      reason,
      ...(kyc === undefined ? {} : { kyc_results: kyc }),
    },
  })
  if (side === 'status') await follow(tx, { ...account, status: to }, change, now)
}

async function resultsOf(tx: Tx, accountId: AccountId, { to, findings }: StatusChange) {
  if (findings !== undefined) return kycResults(to, findings)
  const { kycResults: known, parts } = await getAccount(tx, accountId)
  return kycResults(to, known === undefined ? disclosedFindings(parts.disclosures) : findingsOf(known))
}

async function follow(
  tx: Tx,
  account: LockedAccount,
  { to, reason }: StatusChange,
  now: Temporal.Instant,
): Promise<void> {
  const { id: accountId, cryptoStatus } = account
  await scheduleEnrollments(tx, accountId, now)
  if (to === 'ACTIVE' && cryptoStatus === 'SUBMITTED') {
    await scheduleSteps(
      tx,
      { accountId, side: 'crypto_status', from: cryptoStatus, path: cryptoApproval },
      now,
    )
  }
  if (sharedEnds.includes(to) && cryptoStatus !== 'INACTIVE' && !isFinal(cryptoStatus)) {
    await changeStatus(tx, account, { side: 'crypto_status', to }, now)
  }
  if (to === 'ACCOUNT_UPDATED' && reason !== BY_HAND) {
    const path: readonly StatusStep[] = [{ to: 'ACTIVE', afterSeconds: REVIEW_SECONDS }]
    await scheduleSteps(tx, { accountId, side: 'status', from: to, path }, now)
  }
}

/** An account that is opened already asks for crypto: that side begins its own way. */
export async function startCrypto(tx: Tx, account: LockedAccount, now: Temporal.Instant): Promise<void> {
  await changeStatus(tx, account, { side: 'crypto_status', to: 'SUBMITTED' }, now)
  if (account.status !== 'ACTIVE' && account.status !== 'ACCOUNT_UPDATED') return
  const plan = { accountId: account.id, side: 'crypto_status', from: 'SUBMITTED', path: approval } as const
  await scheduleSteps(tx, plan, now)
}

export type PlannedSteps = {
  readonly accountId: AccountId
  readonly side: AccountSide
  /** Where the path begins. An account that is elsewhere by then was moved by hand: the plan is out of date. */
  readonly from: AccountStatus
  readonly path: readonly StatusStep[]
}

export const ADVANCE_ACCOUNT = 'advance-account'

export async function scheduleSteps(tx: Tx, planned: PlannedSteps, now: Temporal.Instant): Promise<void> {
  const [step] = planned.path
  if (step === undefined) return
  await scheduleJob(tx, {
    queue: ADVANCE_ACCOUNT,
    key: `${planned.accountId}:${planned.side}:${planned.from}:${step.to}`,
    runAt: now.add({ seconds: step.afterSeconds }),
    payload: planned,
  })
}
