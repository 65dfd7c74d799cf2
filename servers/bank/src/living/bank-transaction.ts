import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { Method } from './routine.ts'

/** What a customer reads of one thing that happened on an account. */
export interface BankTransaction {
  accountId: string
  id: string
  changedNo: bigint
  state: 'pending' | 'posted' | 'removed'
  amountMinor: bigint
  name: string
  merchantId: string | null
  category: string
  confidence: string
  method: Method
  date: Temporal.PlainDate
  authorizedOn: Temporal.PlainDate | null
  pendingId: string | null
  entrySeq: bigint | null
}

/** PostgreSQL takes 65,535 parameters in one statement; a transaction has fourteen. */
const AT_ONCE = 2_000

/** Writes transactions as they are now, new ones and changed ones. */
export async function putTransactions(tx: Tx, transactions: readonly BankTransaction[]): Promise<void> {
  for (let from = 0; from < transactions.length; from += AT_ONCE) {
    await tx
      .insertInto('bank_transactions')
      .values(transactions.slice(from, from + AT_ONCE).map(toRow))
      .onConflict((conflict) =>
        conflict.columns(['account_id', 'id']).doUpdateSet({
          changed_no: sql`excluded.changed_no`,
          state: sql`excluded.state`,
          amount_minor: sql`excluded.amount_minor`,
          name: sql`excluded.name`,
          merchant_id: sql`excluded.merchant_id`,
          category: sql`excluded.category`,
          confidence: sql`excluded.confidence`,
        }),
      )
      .execute()
  }
}

function toRow(one: BankTransaction) {
  return {
    account_id: one.accountId,
    id: one.id,
    changed_no: one.changedNo,
    state: one.state,
    amount_minor: one.amountMinor,
    name: one.name,
    merchant_id: one.merchantId,
    category: one.category,
    confidence: one.confidence,
    method: one.method,
    date: one.date,
    authorized_on: one.authorizedOn,
    pending_id: one.pendingId,
    entry_seq: one.entrySeq,
  }
}
