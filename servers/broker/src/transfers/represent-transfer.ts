import { newYorkDate } from '@paddock/calendar'
import { newId } from '@paddock/kernel'
import type { UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { readCounterpart, scheduleOf } from './counterpart-status.ts'
import { holdTransfer } from './ledger-steps.ts'
import { scheduleOrigination } from './originate-transfer.ts'
import { consequencesOf } from './return-consequences.ts'
import { type Transfer, type TransferId, TransferRejected } from './transfer.ts'
import { appendTransferEvent } from './transfer-event.ts'
import { refuseBlocked } from './transfer-rules.ts'
import { findTransfer, insertTransfer } from './transfer-store.ts'

/** Of one debit there are at most three presentations, within so many days (contracts/nacha/answers.md §3). */
const MOST_PRESENTATIONS = 2
const WITHIN_DAYS = 180
const EXPIRES_AFTER_HOURS = 7 * 24

/**
 * An operator presents a returned deposit once more: the same amount from the same bank account, as a transfer of
 * its own that names the first. Asked twice it is the same one.
 */
export async function representTransfer(
  ctx: BrokerContext,
  accountId: AccountId,
  id: TransferId,
): Promise<Transfer> {
  return transact(ctx, async (tx) => {
    const account = await lockAccount(tx, accountId)
    const returned = await findTransfer(tx, accountId, id)
    if (returned === undefined) throw new TransferRejected('transfer_not_found')
    const before = await findRepresentation(tx, returned)
    if (before !== undefined) return before
    const now = ctx.clock.now()
    const refuse = (reason: string) => {
      throw new TransferRejected('transfer_not_representable', { reason })
    }
    if (returned.status !== 'RETURNED' || returned.direction !== 'INCOMING')
      refuse('it is no returned deposit')
    const { return_code: code, settles_on: firstSettledOn } = await readOrigin(tx, returned)
    if (code === null || !consequencesOf(code).mayRetry) refuse(`a return of ${code ?? 'a wire'} is final`)
    if (returned.presentation >= MOST_PRESENTATIONS) refuse('it was presented three times')
    const last = firstSettledOn?.add({ days: WITHIN_DAYS })
    if (last === undefined || Temporal.PlainDate.compare(newYorkDate(now), last) > 0)
      refuse('it is too long ago')
    refuseBlocked(account, 'INCOMING')
    if ((await readCounterpart(tx, accountId, returned.counterpart)) !== 'ready') {
      throw new TransferRejected('relationship_invalid')
    }
    return queueAgain(ctx, tx, returned, now)
  })
}

async function findRepresentation(tx: Tx, { accountId, id }: Transfer): Promise<Transfer | undefined> {
  const row = await tx
    .selectFrom('transfers')
    .select('id')
    .where('account_id', '=', accountId)
    .where('represents_id', '=', id)
    .executeTakeFirst()
  return row === undefined ? undefined : findTransfer(tx, accountId, row.id as TransferId)
}

/** Why it came back, and when the very first presentation settled. */
async function readOrigin(tx: Tx, { accountId, id }: Transfer) {
  const row = await tx
    .selectFrom('transfers')
    .select(['return_code', 'settles_on', 'represents_id'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (row.represents_id === null) return row
  const first = await tx
    .selectFrom('transfers')
    .select('settles_on')
    .where('account_id', '=', accountId)
    .where('id', '=', row.represents_id)
    .executeTakeFirstOrThrow()
  return { ...row, settles_on: first.settles_on }
}

async function queueAgain(
  ctx: BrokerContext,
  tx: Tx,
  returned: Transfer,
  now: Temporal.Instant,
): Promise<Transfer> {
  const transfer: Transfer = {
    ...returned,
    id: newId() as TransferId,
    ...scheduleOf(ctx, returned, now),
    instantMinor: 0n as UsdMinor,
    representsId: returned.id,
    presentation: returned.presentation + 1,
    status: 'QUEUED',
    reason: undefined,
    returnCode: undefined,
    additionalInformation: undefined,
    withdrawableOn: undefined,
    createdAt: now,
    updatedAt: now,
    expiresAt: now.add({ hours: EXPIRES_AFTER_HOURS }),
  }
  await insertTransfer(tx, transfer, newYorkDate(now))
  await holdTransfer(tx, transfer, now)
  await appendTransferEvent(tx, transfer, { from: undefined, to: 'QUEUED' }, now)
  await scheduleOrigination(tx, transfer)
  return transfer
}
