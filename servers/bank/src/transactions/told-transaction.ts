import type { Selectable } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { BankTransactions, ItemTransactions } from '../db/schema.ts'
import type { ItemRef } from '../items/item.ts'
import type { Method } from '../living/routine.ts'

/** A transaction as an item was told it. */
export interface ToldTransaction {
  transactionId: string
  accountId: string
  bankTransactionId: string
  addedSeq: bigint
  changedSeq: bigint
  removed: boolean
  isPending: boolean
  amountMinor: bigint
  currency: string
  name: string
  merchantId: string | null
  category: string
  confidence: string
  method: Method
  date: Temporal.PlainDate
  authorizedOn: Temporal.PlainDate | null
  pendingId: string | null
}

/**
 * The transactions of an item with what the bank says of each: looked up one by one, by its key, for PostgreSQL would rather
 * go through all of an account's for each of them.
 */
export function toldOf(db: Db | Tx, { clientId, id }: ItemRef) {
  return db
    .selectFrom('item_transactions as told')
    .innerJoinLateral(
      (inner) =>
        inner
          .selectFrom('bank_transactions as one')
          .selectAll()
          .whereRef('one.account_id', '=', 'told.bank_account_id')
          .whereRef('one.id', '=', 'told.bank_transaction_id')
          .limit(1)
          .as('bank'),
      (join) => join.onTrue(),
    )
    .innerJoin('bank_accounts as booked', 'booked.id', 'told.bank_account_id')
    .where('told.client_id', '=', clientId)
    .where('told.item_id', '=', id)
}

export const toldColumns = [
  'told.transaction_id',
  'told.account_id',
  'told.bank_transaction_id',
  'told.added_seq',
  'told.changed_seq',
  'told.removed',
  'bank.state',
  'bank.amount_minor',
  'booked.currency',
  'bank.name',
  'bank.merchant_id',
  'bank.category',
  'bank.confidence',
  'bank.method',
  'bank.date',
  'bank.authorized_on',
  'bank.pending_id',
] as const

type Row = Pick<
  Selectable<ItemTransactions>,
  'transaction_id' | 'account_id' | 'bank_transaction_id' | 'added_seq' | 'changed_seq' | 'removed'
> &
  Omit<Selectable<BankTransactions>, 'account_id' | 'id' | 'changed_no' | 'entry_seq'> & { currency: string }

export function toTold(row: Row): ToldTransaction {
  return {
    transactionId: row.transaction_id,
    accountId: row.account_id,
    bankTransactionId: row.bank_transaction_id,
    addedSeq: row.added_seq,
    changedSeq: row.changed_seq,
    removed: row.removed,
    isPending: row.state === 'pending',
    amountMinor: row.amount_minor,
    currency: row.currency,
    name: row.name,
    merchantId: row.merchant_id,
    category: row.category,
    confidence: row.confidence,
    method: row.method as Method,
    date: row.date,
    authorizedOn: row.authorized_on,
    pendingId: row.pending_id,
  }
}
