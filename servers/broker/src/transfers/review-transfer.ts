import { assert } from '@paddock/kernel'
import { scheduleJob } from '@paddock/service'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { appendAdminEvent } from '../events/append-admin-event.ts'
import { scheduleOf } from './counterpart-status.ts'
import { releaseTransfer } from './ledger-steps.ts'
import {
  EXPIRE_TRANSFER,
  expireTransfer,
  forgetPlans,
  scheduleOrigination,
  type TransferJob,
} from './originate-transfer.ts'
import { type Transfer, type TransferId, TransferRejected } from './transfer.ts'
import { moveTransfer } from './transfer-event.ts'
import { findTransfer } from './transfer-store.ts'

export type Review = { readonly verdict: 'approve' } | { readonly verdict: 'reject'; readonly reason: string }

/** Holds a new transfer back until an operator has looked at it, or until it expires. */
export async function holdForReview(tx: Tx, transfer: Transfer, now: Temporal.Instant): Promise<Transfer> {
  const { accountId, id, expiresAt } = transfer
  const payload: TransferJob = { accountId, transferId: id }
  await scheduleJob(tx, { queue: EXPIRE_TRANSFER, key: id, runAt: expiresAt, payload })
  return moveTransfer(tx, transfer, { status: 'APPROVAL_PENDING' }, now)
}

/** An operator lets a transfer go to its next cut-off, or ends it. */
export async function reviewTransfer(
  ctx: BrokerContext,
  accountId: AccountId,
  id: TransferId,
  review: Review,
): Promise<Transfer> {
  return transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const transfer = await findTransfer(tx, accountId, id)
    if (transfer === undefined) throw new TransferRejected('transfer_not_found')
    if (transfer.status !== 'APPROVAL_PENDING') {
      throw new TransferRejected('transfer_not_reviewable', { status: transfer.status })
    }
    const now = ctx.clock.now()
    await forgetPlans(tx, transfer)
    await (review.verdict === 'approve'
      ? approve(ctx, tx, transfer, now)
      : reject(tx, transfer, review.reason, now))
    const reviewed = await findTransfer(tx, accountId, id)
    assert(reviewed !== undefined)
    return reviewed
  })
}

async function approve(ctx: BrokerContext, tx: Tx, transfer: Transfer, now: Temporal.Instant): Promise<void> {
  const dates = scheduleOf(ctx, transfer, now)
  const { cutoffAt: cutoff_at, settlesOn: settles_on, settlesAt: settles_at } = dates
  await moveTransfer(
    tx,
    transfer,
    { status: 'APPROVED', cutoff_at, settles_on, settles_at, speed: dates.speed },
    now,
  )
  await appendAdminEvent(tx, {
    type: 'note_admin_event',
    accountId: transfer.accountId,
    note: 'transfer approved',
    context: { transfer_id: transfer.id, status_from: transfer.status, status_to: 'APPROVED' },
    at: now,
  })
  await scheduleOrigination(tx, { ...transfer, ...dates })
}

async function reject(tx: Tx, transfer: Transfer, reason: string, now: Temporal.Instant): Promise<void> {
  await releaseTransfer(tx, transfer, now)
  await moveTransfer(tx, transfer, { status: 'REJECTED', reason }, now)
  await appendAdminEvent(tx, {
    type: 'transaction_cancel_admin_event',
    accountId: transfer.accountId,
    note: `transfer rejected: ${reason}`,
    context: {
      entry_type: transfer.direction === 'INCOMING' ? 'CSD' : 'CSW',
      external_id: '',
      transaction_id: transfer.id,
    },
    at: now,
  })
}

/** What nobody looked at in time ends. Does nothing the second time. */
export async function expireUnreviewed(ctx: BrokerContext, job: TransferJob): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockAccount(tx, job.accountId)
    const transfer = await findTransfer(tx, job.accountId, job.transferId)
    if (transfer?.status === 'APPROVAL_PENDING') await expireTransfer(tx, transfer, ctx.clock.now())
  })
}
