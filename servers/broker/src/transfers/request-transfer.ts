import { newYorkDate } from '@paddock/calendar'
import { newId } from '@paddock/kernel'
import type { UsdMinor } from '@paddock/money'
import { scheduleJob } from '@paddock/service'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { JsonObject } from '../db/schema.ts'
import { transact } from '../db/transact.ts'
import { findAnswer, keepAnswer } from '../idempotency/idempotent-answer.ts'
import { askBalance } from '../risk/ask-balance.ts'
import { assessTransfer, type TransferTerms } from '../risk/assess-transfer.ts'
import { keepDecision, withEvidence } from '../risk/decision-store.ts'
import { giveInstantCredit } from '../risk/instant-credit.ts'
import { type FeePaymentMethod, splitWire } from '../wires/wire-fee.ts'
import { scheduleOf } from './counterpart-status.ts'
import { APPLY_TRANSFER_FIXTURE, readTransferFixture, stays } from './fixture.ts'
import { holdTransfer } from './ledger-steps.ts'
import { scheduleOrigination } from './originate-transfer.ts'
import { holdForReview } from './review-transfer.ts'
import type { Counterpart, Transfer, TransferDirection, TransferId } from './transfer.ts'
import { appendTransferEvent } from './transfer-event.ts'
import { refuseBelowFee, refuseBlocked, refuseOverWithdrawable, refuseWithoutBank } from './transfer-rules.ts'
import { insertTransfer } from './transfer-store.ts'

export type TransferRequest = {
  readonly accountId: AccountId
  readonly counterpart: Counterpart
  readonly direction: TransferDirection
  /** What is asked for; of a wire whose fee the customer pays, less arrives. */
  readonly amountMinor: UsdMinor
  /** Only wires cost something. */
  readonly feePaymentMethod: FeePaymentMethod
  readonly additionalInformation: string | undefined
  readonly idempotencyKey: string | undefined
}

/** A larger wire leaves only after an operator has looked at it. */
const REVIEW_ABOVE_MINOR = 100_000_00n as UsdMinor

const EXPIRES_AFTER_HOURS = 7 * 24

/**
 * Takes a deposit or withdrawal: QUEUED, its money set aside, its file on the agenda. Or refuses it and
 * changes nothing. `present` makes the answer that a repetition of the same key will get again.
 */
export async function requestTransfer(
  ctx: BrokerContext,
  request: TransferRequest,
  present: (transfer: Transfer) => JsonObject,
): Promise<JsonObject> {
  const { accountId, idempotencyKey } = request
  const named =
    idempotencyKey === undefined
      ? undefined
      : { scope: accountId, key: idempotencyKey, content: contentOf(request) }
  const balance = await askBalance(ctx, request)
  const take = async (tx: Tx): Promise<JsonObject> => {
    const account = await lockAccount(tx, accountId)
    // First of all checks: a retry must meet its earlier self, not the money that one set aside.
    const before = named === undefined ? undefined : await findAnswer(tx, named)
    if (before !== undefined) return before

    const now = ctx.clock.now()
    refuseBlocked(account, request.direction)
    await refuseWithoutBank(tx, request)
    if (request.counterpart.type === 'wire') refuseBelowFee(request)
    const terms = await assessTransfer(ctx, tx, account, request, balance)
    if (request.direction === 'OUTGOING') await refuseOverWithdrawable(ctx, tx, request)

    const transfer = await queueTransfer(ctx, tx, request, terms, now)
    const answer = present(transfer)
    if (named !== undefined) await keepAnswer(tx, named, answer, now)
    return answer
  }
  return withEvidence(ctx, () => transact(ctx, take))
}

function contentOf(request: TransferRequest): readonly unknown[] {
  const { counterpart, direction, amountMinor, additionalInformation } = request
  const content = [direction, String(amountMinor), additionalInformation ?? null]
  return counterpart.type === 'ach'
    ? [counterpart.relationshipId, ...content]
    : [counterpart.bankId, ...content, request.feePaymentMethod]
}

async function queueTransfer(
  ctx: BrokerContext,
  tx: Tx,
  request: TransferRequest,
  { decision, instantMinor, holdBankingDays }: TransferTerms,
  now: Temporal.Instant,
): Promise<Transfer> {
  const { accountId, counterpart, direction, additionalInformation } = request
  const transfer: Transfer = {
    id: newId() as TransferId,
    accountId,
    counterpart,
    direction,
    ...moneyOf(request),
    additionalInformation,
    ...scheduleOf(ctx, request, now),
    representsId: undefined,
    presentation: 0,
    instantMinor,
    holdBankingDays,
    status: 'QUEUED',
    reason: undefined,
    returnCode: undefined,
    withdrawableOn: undefined,
    createdAt: now,
    updatedAt: now,
    expiresAt: now.add({ hours: EXPIRES_AFTER_HOURS }),
  }
  await insertTransfer(tx, transfer, newYorkDate(now))
  await holdTransfer(tx, transfer, now)
  await giveInstantCredit(tx, transfer, now)
  await keepDecision(tx, decision, transfer.id)
  await appendTransferEvent(tx, transfer, { from: undefined, to: 'QUEUED' }, now)
  if (needsReview(request)) return holdForReview(tx, transfer, now)
  await planTransfer(tx, transfer, now)
  return transfer
}

const nothing = 0n as UsdMinor

function moneyOf({ counterpart, amountMinor, feePaymentMethod }: TransferRequest) {
  return counterpart.type === 'ach'
    ? { amountMinor, feeMinor: nothing, billedFeeMinor: nothing, feePaymentMethod: 'invoice' as const }
    : { ...splitWire(amountMinor, feePaymentMethod), feePaymentMethod }
}

function needsReview({ counterpart, amountMinor, additionalInformation }: TransferRequest): boolean {
  const isLarge = counterpart.type === 'wire' && amountMinor > REVIEW_ABOVE_MINOR
  return isLarge || readTransferFixture(additionalInformation ?? '') === 'APPROVAL_PENDING'
}

async function planTransfer(tx: Tx, transfer: Transfer, now: Temporal.Instant): Promise<void> {
  const { accountId, id, additionalInformation } = transfer
  const fixture = readTransferFixture(additionalInformation ?? '')
  if (fixture !== undefined && fixture !== 'QUEUED') {
    await scheduleJob(tx, {
      queue: APPLY_TRANSFER_FIXTURE,
      key: id,
      runAt: now.add({ seconds: 1 }),
      payload: { accountId, transferId: id, fixture },
    })
  }
  if (!stays(fixture)) await scheduleOrigination(tx, transfer)
}
