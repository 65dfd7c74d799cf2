import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import type { TransferFixture } from './fixture.ts'
import { releaseTransfer } from './ledger-steps.ts'
import { forgetPlans, type TransferJob } from './originate-transfer.ts'
import { returnTransfer } from './return-transfer.ts'
import { moveTransfer } from './transfer-event.ts'
import { findTransfer } from './transfer-store.ts'

export type FixtureJob = TransferJob & { readonly fixture: TransferFixture }

/** Brings a transfer to the state that its request asked for. Does nothing the second time. */
export async function applyTransferFixture(ctx: BrokerContext, job: FixtureJob): Promise<void> {
  const { accountId, transferId, fixture } = job
  const before = await findTransfer(ctx.db, accountId, transferId)
  if (before?.status !== 'QUEUED' || fixture === 'QUEUED' || fixture === 'APPROVAL_PENDING') return
  if (fixture === 'RETURNED') {
    await returnTransfer(ctx, accountId, transferId, 'R01')
    return
  }
  await transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const transfer = await findTransfer(tx, accountId, transferId)
    if (transfer?.status !== 'QUEUED') return
    const now = ctx.clock.now()
    if (fixture === 'REJECTED' || fixture === 'CANCELED') {
      await releaseTransfer(tx, transfer, now)
      await forgetPlans(tx, transfer)
    }
    await moveTransfer(tx, transfer, { status: fixture }, now)
  })
}
