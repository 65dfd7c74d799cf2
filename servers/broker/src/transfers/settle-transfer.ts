import { newYorkDate, withdrawableOn } from '@paddock/calendar'
import { assert } from '@paddock/kernel'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { SimRefused } from '../sim/sim-rejection.ts'
import { findFirmPayer, lockWithFirm } from '../wires/firm-pays.ts'
import { bookTransfer } from './book-transfer.ts'
import { settleHeldTransfer } from './ledger-steps.ts'
import { forgetPlans, type TransferJob } from './originate-transfer.ts'
import { openTransferStatuses, type Transfer, type TransferId, TransferRejected } from './transfer.ts'
import { moveTransfer } from './transfer-event.ts'
import { findTransfer } from './transfer-store.ts'

/** On its settlement date the money of a sent transfer is booked. Does nothing the second time. */
export async function settleTransfer(ctx: BrokerContext, job: TransferJob): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockPayers(tx, job.accountId, job.transferId)
    const transfer = await findTransfer(tx, job.accountId, job.transferId)
    if (transfer?.status !== 'SENT_TO_CLEARING') return
    assert(transfer.settlesOn !== undefined, 'a transfer that was sent has a settlement date')
    await complete(tx, transfer, transfer.settlesOn, ctx.clock.now())
  })
}

/** Settles now, whatever the calendar says, passing through every state on the way. For the simulation's door. */
export async function settleTransferNow(
  ctx: BrokerContext,
  accountId: AccountId,
  id: TransferId,
): Promise<Transfer> {
  return transact(ctx, async (tx) => {
    await lockPayers(tx, accountId, id)
    const transfer = await findTransfer(tx, accountId, id)
    if (transfer === undefined) throw new TransferRejected('transfer_not_found')
    if (!openTransferStatuses.some((open) => open === transfer.status)) {
      throw new SimRefused('transfer_not_settleable', { status: transfer.status })
    }
    const now = ctx.clock.now()
    await forgetPlans(tx, transfer)
    const sent = await ensureSent(tx, transfer, now)
    await complete(tx, sent, newYorkDate(now), now)
    const settled = await findTransfer(tx, accountId, id)
    assert(settled !== undefined)
    return settled
  })
}

/** No transfer ends at a bank without having been sent there. */
export async function ensureSent(tx: Tx, transfer: Transfer, now: Temporal.Instant): Promise<Transfer> {
  if (transfer.status === 'SENT_TO_CLEARING') return transfer
  const reviewed =
    transfer.status === 'APPROVAL_PENDING'
      ? await moveTransfer(tx, transfer, { status: 'APPROVED' }, now)
      : transfer
  // No file has it and none will: who compares files and books must know.
  const mark = transfer.counterpart.type === 'ach' ? { without_file: 'forced' } : {}
  return moveTransfer(tx, reviewed, { status: 'SENT_TO_CLEARING', ...mark }, now)
}

/** The account, and the firm's if it is billed for this transfer; who pays never changes. */
async function lockPayers(tx: Tx, accountId: AccountId, id: TransferId): Promise<void> {
  const transfer = await findTransfer(tx, accountId, id)
  const isBilled = transfer !== undefined && transfer.billedFeeMinor > 0n
  await (isBilled ? lockWithFirm(tx, accountId) : lockAccount(tx, accountId))
}

async function complete(
  tx: Tx,
  transfer: Transfer,
  settlesOn: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<void> {
  const payer = await findFirmPayer(tx, transfer.billedFeeMinor)
  await settleHeldTransfer(tx, transfer, payer, now)
  await bookTransfer(tx, transfer, { settlesOn, payer, at: now })
  await moveTransfer(
    tx,
    transfer,
    {
      status: 'COMPLETE',
      settles_on: settlesOn,
      settles_at: now,
      ...(transfer.direction === 'INCOMING'
        ? { withdrawable_on: withdrawableOn(settlesOn, transfer.holdBankingDays) }
        : {}),
    },
    now,
  )
}
