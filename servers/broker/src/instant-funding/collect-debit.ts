import { newId } from '@paddock/kernel'
import { post, readBalances } from '@paddock/ledger'
import type { UsdMinor } from '@paddock/money'
import { sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { cashAccount } from '../ledger-accounts.ts'
import { bookCollection } from './book-memo.ts'
import { debitAccount, readAdvances } from './memo-books.ts'

/** Takes what an account owes out of its free cash, as far as that goes. Does nothing when it owes nothing. */
export async function collectDebit(
  ctx: BrokerContext,
  { accountId }: { accountId: AccountId },
): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const { debitMinor } = await readAdvances(tx, accountId)
    const cash = cashAccount(accountId)
    const available = (await readBalances(tx, [cash])).get(cash)?.available ?? 0n
    const amount = (available < debitMinor ? available : debitMinor) as UsdMinor
    if (amount <= 0n) return
    const now = ctx.clock.now()
    const id = newId()
    await post(tx, [
      {
        type: 'post',
        id: `instant_debit:${id}`,
        from: cash,
        to: debitAccount(accountId),
        amount,
        cause: { kind: 'instant_debit', id, step: 'collect' },
        at: now,
      },
    ])
    await bookCollection(tx, accountId, amount, now)
  })
}

/** Every account that owes something and has something. */
export async function collectDebits(ctx: BrokerContext): Promise<void> {
  const { rows } = await sql<{ owner: string }>`
    select debit.owner from ledger_accounts as debit
    join ledger_accounts as cash on cash.owner = debit.owner and cash.kind = 'cash' and cash.asset = 'USD'
    where debit.kind = 'debit' and debit.posted < 0 and cash.posted > cash.pending_out
    order by 1`.execute(ctx.db)
  for (const { owner } of rows) await collectDebit(ctx, { accountId: owner as AccountId })
}
