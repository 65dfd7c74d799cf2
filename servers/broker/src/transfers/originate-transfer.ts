import { assert } from '@paddock/kernel'
import { cancelJob, scheduleJob } from '@paddock/service'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { readCounterpart, scheduleOf } from './counterpart-status.ts'
import { releaseTransfer } from './ledger-steps.ts'
import type { Transfer, TransferId } from './transfer.ts'
import { moveTransfer } from './transfer-event.ts'
import { findTransfer, updateTransfer } from './transfer-store.ts'

export type TransferJob = { readonly accountId: AccountId; readonly transferId: TransferId }

export const ORIGINATE_TRANSFER = 'originate-transfer'
export const SETTLE_TRANSFER = 'settle-transfer'
export const EXPIRE_TRANSFER = 'expire-transfer'

/** At the cut-off: what is ready goes to clearing, what waits for its bank's approval waits for the next one. */
export async function originateTransfer(ctx: BrokerContext, job: TransferJob): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockAccount(tx, job.accountId)
    const transfer = await findTransfer(tx, job.accountId, job.transferId)
    if (transfer === undefined || !(transfer.status === 'QUEUED' || transfer.status === 'APPROVED')) return
    const now = ctx.clock.now()
    // A repetition of this job that meets a later cut-off has nothing to do.
    if (transfer.cutoffAt === undefined || Temporal.Instant.compare(now, transfer.cutoffAt) < 0) return

    const bank = await readCounterpart(tx, transfer.accountId, transfer.counterpart)
    if (bank === 'ready') return sendToClearing(tx, transfer, now)
    if (bank === 'ended') return rejectForBank(tx, transfer, now)
    if (Temporal.Instant.compare(now, transfer.expiresAt) >= 0) return expireTransfer(tx, transfer, now)
    await waitForNextCutoff(tx, transfer, now)
  })
}

/** Puts the transfer on the agenda for the cut-off that its dates name. */
export async function scheduleOrigination(tx: Tx, transfer: Transfer): Promise<void> {
  const { accountId, id, cutoffAt } = transfer
  assert(cutoffAt !== undefined, 'a transfer that is to be sent has a cut-off')
  await scheduleJob(tx, {
    queue: ORIGINATE_TRANSFER,
    key: originationKey(transfer),
    runAt: cutoffAt,
    payload: { accountId, transferId: id },
  })
}

/** Takes whatever the agenda still holds for a transfer off it; its handlers would do nothing anyway. */
export async function forgetPlans(tx: Tx, transfer: Transfer): Promise<void> {
  await cancelJob(tx, ORIGINATE_TRANSFER, originationKey(transfer))
  await cancelJob(tx, SETTLE_TRANSFER, transfer.id)
  await cancelJob(tx, EXPIRE_TRANSFER, transfer.id)
}

const originationKey = ({ id, cutoffAt }: Transfer) => `${id}:${cutoffAt ?? 'never'}`

async function sendToClearing(tx: Tx, transfer: Transfer, now: Temporal.Instant): Promise<void> {
  const { accountId, id, settlesAt } = transfer
  assert(settlesAt !== undefined, 'a transfer that is sent has a settlement date')
  await moveTransfer(tx, transfer, { status: 'SENT_TO_CLEARING' }, now)
  await scheduleJob(tx, {
    queue: SETTLE_TRANSFER,
    key: id,
    runAt: settlesAt,
    payload: { accountId, transferId: id },
  })
}

async function waitForNextCutoff(tx: Tx, transfer: Transfer, now: Temporal.Instant): Promise<void> {
  const dates = scheduleOf(transfer.counterpart, now)
  const { cutoffAt, settlesOn, settlesAt } = dates
  await updateTransfer(
    tx,
    transfer,
    { status: transfer.status, cutoff_at: cutoffAt, settles_on: settlesOn, settles_at: settlesAt },
    now,
  )
  await scheduleOrigination(tx, { ...transfer, ...dates })
}

async function rejectForBank(tx: Tx, transfer: Transfer, now: Temporal.Instant): Promise<void> {
  await releaseTransfer(tx, transfer, now)
  await moveTransfer(tx, transfer, { status: 'REJECTED', reason: 'the bank was not approved' }, now)
}

export async function expireTransfer(tx: Tx, transfer: Transfer, now: Temporal.Instant): Promise<void> {
  await releaseTransfer(tx, transfer, now)
  await moveTransfer(tx, transfer, { status: 'EXPIRED', reason: 'not processed before it expired' }, now)
}
