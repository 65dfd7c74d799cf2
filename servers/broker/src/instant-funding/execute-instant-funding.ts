import { post } from '@paddock/ledger'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { bookAdvance } from './book-memo.ts'
import type { InstantFundingId } from './instant-funding.ts'
import { findInstantFunding, setInstantFundingStatus } from './instant-funding-store.ts'
import { advance, openMemoBooks } from './memo-books.ts'

export const EXECUTE_INSTANT_FUNDING = 'execute-instant-funding'

export type ExecuteJob = { readonly id: InstantFundingId; readonly accountId: AccountId }

/** Gives the advance, unless the account has been closed to it meanwhile. Does nothing the second time. */
export async function executeInstantFunding(
  ctx: BrokerContext,
  { id, accountId }: ExecuteJob,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { status } = await lockAccount(tx, accountId)
    const funding = await findInstantFunding(tx, id)
    if (funding?.status !== 'PENDING') return
    const now = ctx.clock.now()
    if (status !== 'ACTIVE') return setInstantFundingStatus(tx, id, 'FAILED', now)
    await openMemoBooks(tx, accountId)
    await post(tx, [advance(funding, now)])
    await bookAdvance(tx, funding, now)
    await setInstantFundingStatus(tx, id, 'EXECUTED', now)
  })
}
