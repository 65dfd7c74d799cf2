import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { hasOpenTransfers } from '../transfers/transfer-store.ts'
import { appendBankEvent } from './add-bank.ts'
import { findBankStatus, setBankStatus } from './bank-store.ts'
import { activeBankStatuses, type BankId, BankRejected } from './recipient-bank.ts'

/** Ends a recipient bank, unless a wire is still on its way to it. */
export async function removeBank(ctx: BrokerContext, accountId: AccountId, bankId: BankId): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const from = await findBankStatus(tx, accountId, bankId)
    if (from === undefined || !activeBankStatuses.some((active) => active === from)) {
      throw new BankRejected('bank_not_found')
    }
    if (await hasOpenTransfers(tx, accountId, { type: 'wire', bankId })) throw new BankRejected('bank_in_use')
    const now = ctx.clock.now()
    await setBankStatus(tx, accountId, bankId, 'CANCELED', now)
    await appendBankEvent(tx, { accountId, bankId, from, to: 'CANCELED' }, now)
  })
}
