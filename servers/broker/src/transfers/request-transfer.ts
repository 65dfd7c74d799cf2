import { achSchedule, newYorkDate } from '@paddock/calendar'
import { newId } from '@paddock/kernel'
import { formatUsd, type UsdMinor } from '@paddock/money'
import { scheduleJob } from '@paddock/service'
import type { AccountId, AccountStatus } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import { readCashFigures } from '../accounts/cash-figures.ts'
import { activeRelationshipStatuses, type RelationshipId } from '../ach/relationship.ts'
import { findRelationshipStatus } from '../ach/relationship-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { JsonObject } from '../db/schema.ts'
import { transact } from '../db/transact.ts'
import { findAnswer, keepAnswer } from '../idempotency/idempotent-answer.ts'
import { APPLY_TRANSFER_FIXTURE, readTransferFixture, stays } from './fixture.ts'
import { holdTransfer } from './ledger-steps.ts'
import { scheduleOrigination } from './originate-transfer.ts'
import { type Transfer, type TransferDirection, type TransferId, TransferRejected } from './transfer.ts'
import { appendTransferEvent } from './transfer-event.ts'
import { insertTransfer, sumRequestedOn } from './transfer-store.ts'

export type TransferRequest = {
  readonly accountId: AccountId
  readonly relationshipId: RelationshipId
  readonly direction: TransferDirection
  readonly amountMinor: UsdMinor
  readonly additionalInformation: string | undefined
  readonly idempotencyKey: string | undefined
}

/** Per account, direction and New York day. The vendor does not publish its own limit. */
export const DAILY_LIMIT_MINOR = 50_000_00n as UsdMinor

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
  return transact(ctx, async (tx) => {
    const { status } = await lockAccount(tx, accountId)
    // First of all checks: a retry must meet its earlier self, not the money that one set aside.
    const before = named === undefined ? undefined : await findAnswer(tx, named)
    if (before !== undefined) return before

    const now = ctx.clock.now()
    refuseByStatus(status, request.direction)
    await refuseWithoutRelationship(tx, request)
    await refuseOverDailyLimit(tx, request, newYorkDate(now))
    if (request.direction === 'OUTGOING') await refuseOverWithdrawable(ctx, tx, request)

    const transfer = await queueTransfer(tx, request, now)
    const answer = present(transfer)
    if (named !== undefined) await keepAnswer(tx, named, answer, now)
    return answer
  })
}

function contentOf(request: TransferRequest): readonly unknown[] {
  const { relationshipId, direction, amountMinor, additionalInformation } = request
  return [relationshipId, direction, String(amountMinor), additionalInformation ?? null]
}

function refuseByStatus(status: AccountStatus, direction: TransferDirection): void {
  if (status === 'ACTIVE') return
  if (direction === 'OUTGOING') throw new TransferRejected('withdrawals_not_permitted')
  // While changed personal data is reviewed money may come, but not leave.
  if (status !== 'ACCOUNT_UPDATED') throw new TransferRejected('deposits_not_permitted')
}

async function refuseWithoutRelationship(
  tx: Tx,
  { accountId, relationshipId }: TransferRequest,
): Promise<void> {
  const status = await findRelationshipStatus(tx, accountId, relationshipId)
  if (!activeRelationshipStatuses.some((active) => active === status)) {
    throw new TransferRejected('relationship_invalid')
  }
}

async function refuseOverDailyLimit(
  tx: Tx,
  { accountId, direction, amountMinor }: TransferRequest,
  today: Temporal.PlainDate,
): Promise<void> {
  const usedMinor = await sumRequestedOn(tx, accountId, direction, today)
  const remainingMinor = DAILY_LIMIT_MINOR - usedMinor
  if (amountMinor > remainingMinor) {
    throw new TransferRejected('daily_limit_exceeded', {
      limit: formatUsd(DAILY_LIMIT_MINOR),
      remaining: formatUsd(remainingMinor),
    })
  }
}

async function refuseOverWithdrawable(
  ctx: BrokerContext,
  tx: Tx,
  { accountId, amountMinor }: TransferRequest,
): Promise<void> {
  const { withdrawableMinor } = await readCashFigures(ctx, tx, accountId)
  if (amountMinor > withdrawableMinor) {
    throw new TransferRejected('insufficient_withdrawable', {
      requested: formatUsd(amountMinor),
      available: formatUsd(withdrawableMinor),
    })
  }
}

async function queueTransfer(tx: Tx, request: TransferRequest, now: Temporal.Instant): Promise<Transfer> {
  const { accountId, relationshipId, direction, amountMinor, additionalInformation } = request
  const transfer: Transfer = {
    id: newId() as TransferId,
    accountId,
    relationshipId,
    direction,
    amountMinor,
    additionalInformation,
    ...achSchedule(now),
    status: 'QUEUED',
    reason: undefined,
    withdrawableOn: undefined,
    createdAt: now,
    updatedAt: now,
    expiresAt: now.add({ hours: EXPIRES_AFTER_HOURS }),
  }
  await insertTransfer(tx, transfer, newYorkDate(now))
  await holdTransfer(tx, transfer, now)
  await appendTransferEvent(tx, transfer, { from: undefined, to: 'QUEUED' }, now)
  await planTransfer(tx, transfer, now)
  return transfer
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
