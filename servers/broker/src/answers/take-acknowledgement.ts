import type { Acknowledgement } from '@paddock/ach-drop'
import { newId } from '@paddock/kernel'
import { post } from '@paddock/ledger'
import type { UsdMinor } from '@paddock/money'
import { cancelJob } from '@paddock/service'
import { lockAccounts } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { AchEntry, AchFile } from '../origination/ach-file.ts'
import { clearAlarm, raiseAlarm } from '../origination/alarm-store.ts'
import { listEntries, lockFileByName, markAnswered, rejectEntries } from '../origination/file-store.ts'
import { findProof, updateProof } from '../origination/proof-store.ts'
import { scheduleProof, undoSteps } from '../origination/prove-numbers.ts'
import { datesWhenAsked } from '../origination/timetable.ts'
import { scheduleOf } from '../transfers/counterpart-status.ts'
import { SETTLE_TRANSFER, scheduleOrigination } from '../transfers/originate-transfer.ts'
import { takeRefusal } from '../transfers/return-transfer.ts'
import type { Transfer } from '../transfers/transfer.ts'
import { moveTransfer } from '../transfers/transfer-event.ts'
import { findTransfer } from '../transfers/transfer-store.ts'
import type { AnswerId, InboundFileId, ParkedBecause } from './answer.ts'
import { insertAnswer } from './answer-store.ts'

/** What the bank says of a whole file: taken with these totals, or refused. */
export async function takeAcknowledgement(
  ctx: BrokerContext,
  tx: Tx,
  inboundFileId: InboundFileId,
  told: Acknowledgement,
): Promise<void> {
  const now = ctx.clock.now()
  const file = await lockFileByName(tx, told.file)
  const doubt = file === undefined ? 'file_unknown' : doubtOf(file, told)
  if (file === undefined || doubt !== undefined) {
    return park(ctx, tx, { inboundFileId, told, because: doubt ?? 'file_unknown' }, now)
  }
  if (file.status === 'ACCEPTED' || file.status === 'REJECTED') return
  await clearAlarm(tx, { kind: 'ach_unanswered', subject: file.id }, now)
  const { findings } = told
  if (told.status === 'accepted') return markAnswered(tx, file.id, { status: 'ACCEPTED', findings }, now)
  await markAnswered(tx, file.id, { status: 'REJECTED', findings }, now)
  await takeBack(ctx, tx, file, now)
  const message = `the bank refused the file ${file.name}: ${findings.map(({ message: text }) => text).join('; ')}`
  await raiseAlarm(tx, { kind: 'ach_file_rejected', subject: file.id, message }, now)
}

/** A file that was taken with other totals than it was sent with is not the file that was sent. */
function doubtOf(file: AchFile, told: Acknowledgement): ParkedBecause | undefined {
  if (file.status === 'SEALED') return 'file_unknown'
  if (told.status === 'rejected') return file.status === 'ACCEPTED' ? 'totals_differ' : undefined
  const isSame =
    told.batches === file.batches &&
    told.entries === file.entries &&
    BigInt(told.debits_minor) === file.debitsMinor &&
    BigInt(told.credits_minor) === file.creditsMinor
  return isSame && file.status !== 'REJECTED' ? undefined : 'totals_differ'
}

async function park(
  ctx: BrokerContext,
  tx: Tx,
  {
    inboundFileId,
    told,
    because,
  }: { inboundFileId: InboundFileId; told: Acknowledgement; because: ParkedBecause },
  now: Temporal.Instant,
): Promise<void> {
  const id = newId() as AnswerId
  await insertAnswer(
    ctx,
    tx,
    {
      id,
      inboundFileId,
      lineNumber: 0,
      kind: 'ACKNOWLEDGEMENT',
      code: told.status,
      originalTrace: '',
      traceNumber: '',
      individualId: told.reference,
      amountMinor: BigInt(told.debits_minor) as UsdMinor,
      accountHash: '',
      settlesOn: undefined,
      information: told.file,
      state: 'PARKED',
      parkedBecause: because,
      entryId: undefined,
      resolution: undefined,
      note: undefined,
      createdAt: now,
      resolvedAt: undefined,
    },
    undefined,
  )
  const message = `the bank's word on ${told.file} waits for a person: ${because}`
  await raiseAlarm(tx, { kind: 'ach_parked', subject: id, message }, now)
}

const MANY = 1_000_000

/** Nothing of a refused file has moved: its transfers wait again, and get new traces. */
async function takeBack(ctx: BrokerContext, tx: Tx, { id }: AchFile, now: Temporal.Instant): Promise<void> {
  const entries = (await listEntries(tx, id, { limit: MANY, offset: 0 })).filter(
    ({ status }) => status === 'BOUND',
  )
  await lockAccounts(tx, [...new Set(entries.map(({ accountId }) => accountId))])
  await rejectEntries(tx, id)
  await takeProofsBack(ctx, tx, entries, now)
  for (const { accountId, transferId } of entries) {
    if (transferId === undefined) continue
    const transfer = await findTransfer(tx, accountId, transferId)
    if (transfer?.status === 'SENT_TO_CLEARING') await queueAgain(ctx, tx, transfer, now)
    if (transfer?.status === 'COMPLETE') await takeRefusal(tx, transfer, 'the bank refused the file', now)
  }
}

async function queueAgain(
  ctx: BrokerContext,
  tx: Tx,
  transfer: Transfer,
  now: Temporal.Instant,
): Promise<void> {
  await cancelJob(tx, SETTLE_TRANSFER, transfer.id)
  const dates = scheduleOf(ctx, transfer, now)
  const { cutoffAt: cutoff_at, settlesOn: settles_on, settlesAt: settles_at, speed } = dates
  await moveTransfer(tx, transfer, { status: 'QUEUED', cutoff_at, settles_on, settles_at, speed }, now)
  await scheduleOrigination(tx, { ...transfer, ...dates })
}

async function takeProofsBack(
  ctx: BrokerContext,
  tx: Tx,
  entries: readonly AchEntry[],
  now: Temporal.Instant,
): Promise<void> {
  const ofProofs = entries.filter(({ transferId }) => transferId === undefined)
  const first = new Map(ofProofs.map((entry) => [entry.relationshipId, entry]))
  const undone = []
  for (const { accountId, relationshipId, attempt } of first.values()) {
    const proof = await findProof(ctx, tx, { accountId, relationshipId })
    if (proof?.state !== 'SENT') continue
    undone.push(...undoSteps(proof, attempt, now))
    const { cutoffAt } = datesWhenAsked(ctx.ach.timetables, now, 'STANDARD')
    await updateProof(tx, proof, { state: 'REQUESTED', cutoff_at: cutoffAt }, now)
    await scheduleProof(tx, { accountId, relationshipId, cutoffAt })
  }
  await post(tx, undone)
}
