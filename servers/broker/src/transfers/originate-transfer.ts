import { assert } from '@paddock/kernel'
import { cancelJob, scheduleJob } from '@paddock/service'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import { mayTransfer } from '../accounts/permissions.ts'
import { currentBank } from '../ach/bank-version-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { appendEvents } from '../events/append-event.ts'
import type { AchSpeed } from '../origination/ach-file.ts'
import { refusalOfNumbers } from '../origination/ready-entry.ts'
import { readCounterpart, scheduleOf } from './counterpart-status.ts'
import { readTransferFixture, stays } from './fixture.ts'
import { releaseTransfer } from './ledger-steps.ts'
import type { Transfer, TransferId } from './transfer.ts'
import { moveTransfer, transferEvent } from './transfer-event.ts'
import { findTransfer, markAllSent, updateTransfer } from './transfer-store.ts'

export type TransferJob = { readonly accountId: AccountId; readonly transferId: TransferId }

export const ORIGINATE_TRANSFER = 'originate-transfer'
export const SETTLE_TRANSFER = 'settle-transfer'
export const EXPIRE_TRANSFER = 'expire-transfer'

/**
 * At the cut-off: a wire that is ready goes to clearing; what waits for its bank's approval waits for the next
 * one. Answers whether an ACH transfer is ready, so that a file must be made.
 */
export async function originateTransfer(ctx: BrokerContext, job: TransferJob): Promise<'ready' | 'done'> {
  // Mostly the file of another job has taken it: then there is nothing to wait for.
  const seen = await findTransfer(ctx.db, job.accountId, job.transferId)
  if (seen === undefined || !isSendable(seen)) return 'done'
  return transact(ctx, async (tx) => {
    const account = await lockAccount(tx, job.accountId)
    const transfer = await findTransfer(tx, job.accountId, job.transferId)
    if (transfer === undefined || !isSendable(transfer)) return 'done'
    const now = ctx.clock.now()
    // A repetition of this job that meets a later cut-off has nothing to do.
    if (transfer.cutoffAt === undefined || Temporal.Instant.compare(now, transfer.cutoffAt) < 0) return 'done'

    const state = await readCounterpart(tx, transfer.accountId, transfer.counterpart)
    if (state === 'ended') await rejectTransfer(tx, transfer, 'the bank was not approved', now)
    else if (state === 'ready' && mayTransfer(account, transfer.direction))
      return send(ctx, tx, transfer, now)
    else if (Temporal.Instant.compare(now, transfer.expiresAt) >= 0) await expireTransfer(tx, transfer, now)
    else await waitForNextCutoff(ctx, tx, transfer, now)
    return 'done'
  })
}

/** Wires leave one by one; ACH transfers leave together, in a file, unless no entry can be made of one. */
async function send(
  ctx: BrokerContext,
  tx: Tx,
  transfer: Transfer,
  now: Temporal.Instant,
): Promise<'ready' | 'done'> {
  const { accountId, counterpart } = transfer
  if (counterpart.type === 'wire') {
    await sendToClearing(tx, transfer, now)
    return 'done'
  }
  const bank = await currentBank(ctx, tx, { accountId, relationshipId: counterpart.relationshipId })
  const refusal = refusalOfNumbers(bank)
  if (refusal === undefined) return 'ready'
  await rejectTransfer(tx, transfer, refusal, now)
  return 'done'
}

/** What a file or a wire may take. */
export const isSendable = ({ status, additionalInformation }: Transfer): boolean =>
  (status === 'QUEUED' || status === 'APPROVED') && !stays(readTransferFixture(additionalInformation ?? ''))

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

/** The wire is on its way; the agenda knows when it arrives. */
async function sendToClearing(tx: Tx, transfer: Transfer, now: Temporal.Instant): Promise<void> {
  const { settlesAt } = transfer
  assert(settlesAt !== undefined, 'a transfer that is sent has a settlement date')
  await moveTransfer(tx, transfer, { status: 'SENT_TO_CLEARING' }, now)
  await scheduleSettlement(tx, transfer, settlesAt)
}

export type SentTransfer = {
  readonly transfer: Transfer
  readonly speed: AchSpeed
  readonly settlesOn: Temporal.PlainDate
  readonly settlesAt: Temporal.Instant
}

/** The same for all transfers of a file at once: one by one they would hold their locks for minutes. */
export async function sendAllToClearing(
  tx: Tx,
  sent: readonly SentTransfer[],
  now: Temporal.Instant,
): Promise<void> {
  await markAllSent(tx, sent, now)
  await appendEvents(
    tx,
    sent.map(({ transfer }) =>
      transferEvent(transfer, { from: transfer.status, to: 'SENT_TO_CLEARING' }, now),
    ),
  )
  for (const { transfer, settlesAt } of sent) await scheduleSettlement(tx, transfer, settlesAt)
}

async function scheduleSettlement(
  tx: Tx,
  { accountId, id }: Transfer,
  runAt: Temporal.Instant,
): Promise<void> {
  await scheduleJob(tx, { queue: SETTLE_TRANSFER, key: id, runAt, payload: { accountId, transferId: id } })
}

async function waitForNextCutoff(
  ctx: BrokerContext,
  tx: Tx,
  transfer: Transfer,
  now: Temporal.Instant,
): Promise<void> {
  const dates = scheduleOf(ctx, transfer, now)
  const { cutoffAt, settlesOn, settlesAt, speed } = dates
  await updateTransfer(
    tx,
    transfer,
    { status: transfer.status, cutoff_at: cutoffAt, settles_on: settlesOn, settles_at: settlesAt, speed },
    now,
  )
  await scheduleOrigination(tx, { ...transfer, ...dates })
}

async function rejectTransfer(
  tx: Tx,
  transfer: Transfer,
  reason: string,
  now: Temporal.Instant,
): Promise<void> {
  await releaseTransfer(tx, transfer, now)
  await moveTransfer(tx, transfer, { status: 'REJECTED', reason }, now)
}

export async function expireTransfer(tx: Tx, transfer: Transfer, now: Temporal.Instant): Promise<void> {
  await releaseTransfer(tx, transfer, now)
  await moveTransfer(tx, transfer, { status: 'EXPIRED', reason: 'not processed before it expired' }, now)
}
