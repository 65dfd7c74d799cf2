import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { releaseTransfer } from './ledger-steps.ts'
import { forgetPlans } from './originate-transfer.ts'
import { cancelableTransferStatuses, type TransferId, TransferRejected } from './transfer.ts'
import { moveTransfer } from './transfer-event.ts'
import { findTransfer } from './transfer-store.ts'

/** Calls a transfer back before its file leaves; the money is free again. */
export async function cancelTransfer(
  ctx: BrokerContext,
  accountId: AccountId,
  id: TransferId,
): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const transfer = await findTransfer(tx, accountId, id)
    if (transfer === undefined) throw new TransferRejected('transfer_not_found')
    if (!cancelableTransferStatuses.some((cancelable) => cancelable === transfer.status)) {
      throw new TransferRejected('transfer_not_cancelable', { status: transfer.status })
    }
    const now = ctx.clock.now()
    await releaseTransfer(tx, transfer, now)
    await forgetPlans(tx, transfer)
    await moveTransfer(tx, transfer, { status: 'CANCELED' }, now)
  })
}
