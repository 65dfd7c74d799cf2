import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { Account } from '../items/item.ts'
import { findLoginOf } from '../living/life-store.ts'
import { liveUpToNow } from '../living/live.ts'
import { transactionIdOf } from './feed-item.ts'
import { type ToldTransaction, toTold } from './told-transaction.ts'

/**
 * What posted on accounts of one login between two days, both included, the oldest first: whether or not the item has
 * been told it, as statements and income need it. Ids are those that it is told by.
 */
export async function listPosted(
  ctx: BankContext,
  tx: Tx,
  accounts: readonly Account[],
  { from, to }: { from: Temporal.PlainDate; to: Temporal.PlainDate },
): Promise<ToldTransaction[]> {
  const [first] = accounts
  if (first === undefined) return []
  const login = await findLoginOf(tx, first.bankAccountId)
  if (login !== undefined) await liveUpToNow(ctx, tx, login)
  const rows = await tx
    .selectFrom('bank_transactions')
    .selectAll()
    .where(
      'account_id',
      'in',
      accounts.map(({ bankAccountId }) => bankAccountId),
    )
    .where('state', '=', 'posted')
    .where('date', '>=', from)
    .where('date', '<=', to)
    .orderBy('date')
    .orderBy('changed_no')
    .execute()
  const byBankAccount = new Map(accounts.map((account) => [account.bankAccountId, account]))
  return rows.flatMap((row) => {
    const account = byBankAccount.get(row.account_id)
    if (account === undefined) return []
    const transactionId = transactionIdOf(account.id, row.id)
    return toTold({
      ...row,
      account_id: account.id,
      transaction_id: transactionId,
      bank_transaction_id: row.id,
      added_seq: 0n,
      changed_seq: 0n,
      removed: false,
      currency: account.currency,
    })
  })
}
