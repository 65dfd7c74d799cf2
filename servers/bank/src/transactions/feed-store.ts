import type { Selectable } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { BankTransactions, ItemFeeds, ItemTransactions } from '../db/schema.ts'
import type { ItemRef } from '../items/item.ts'

export type Phase = 'not_ready' | 'initial' | 'historical'

/** How far an item has been told what happens on its accounts. */
export interface Feed {
  startedAt: Temporal.Instant
  daysRequested: number
  phase: Phase
  seenNo: bigint
  /** The number of the last change that the item was told. */
  head: bigint
  /** The number of the last change that was announced by webhook, and how far readiness was. */
  announced: bigint
  announcedPhase: Phase
  /** Whether the client has ever synced, and asked for streams: otherwise changes of these answers are not told. */
  hasSynced: boolean
  askedStreams: boolean
}

export type Beginning = Pick<Feed, 'startedAt' | 'daysRequested'>

/** Begins the feed of an item; answers whether it was not there yet. */
export async function insertFeed(tx: Tx, { clientId, id }: ItemRef, beginning: Beginning): Promise<boolean> {
  const inserted = await tx
    .insertInto('item_feeds')
    .values({
      client_id: clientId,
      item_id: id,
      started_at: beginning.startedAt,
      days_requested: beginning.daysRequested,
      phase: 'not_ready',
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('item_id')
    .executeTakeFirst()
  return inserted !== undefined
}

export async function lockFeed(tx: Tx, { clientId, id }: ItemRef): Promise<Feed | undefined> {
  const row = await tx
    .selectFrom('item_feeds')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('item_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? undefined : toFeed(row)
}

export async function saveFeed(tx: Tx, { clientId, id }: ItemRef, feed: Feed): Promise<void> {
  await tx
    .updateTable('item_feeds')
    .set({
      phase: feed.phase,
      seen_no: feed.seenNo,
      head: feed.head,
      announced: feed.announced,
      announced_phase: feed.announcedPhase,
      has_synced: feed.hasSynced,
      asked_streams: feed.askedStreams,
    })
    .where('client_id', '=', clientId)
    .where('item_id', '=', id)
    .execute()
}

export type ChangedRow = Pick<Selectable<BankTransactions>, 'account_id' | 'id' | 'state'> & {
  changed_no: bigint
}

/** What changed at the bank after a change that the item knows, from a day on, in the order of the changes. */
export async function listChanged(
  tx: Tx,
  bankAccountIds: readonly string[],
  since: bigint,
  from: Temporal.PlainDate,
): Promise<ChangedRow[]> {
  if (bankAccountIds.length === 0) return []
  return tx
    .selectFrom('bank_transactions')
    .select(['account_id', 'id', 'state', 'changed_no'])
    .where('account_id', 'in', [...bankAccountIds])
    .where('changed_no', '>', since)
    .where('date', '>=', from)
    .orderBy('changed_no')
    .execute()
}

export interface ItemTransaction {
  accountId: string
  transactionId: string
  bankAccountId: string
  bankTransactionId: string
  addedSeq: bigint
  changedSeq: bigint
  removed: boolean
}

/** What the item was told of these transactions, by account and id at the bank. */
export async function listTold(
  tx: Tx,
  item: ItemRef,
  changed: readonly ChangedRow[],
): Promise<Map<string, ItemTransaction>> {
  if (changed.length === 0) return new Map()
  const rows = await tx
    .selectFrom('item_transactions')
    .selectAll()
    .where('client_id', '=', item.clientId)
    .where('item_id', '=', item.id)
    .where('bank_transaction_id', 'in', [...new Set(changed.map(({ id }) => id))])
    .execute()
  return new Map(rows.map((row) => [`${row.bank_account_id}|${row.bank_transaction_id}`, toTold(row)]))
}

/** What the item was told of these accounts and still has. */
export async function listToldOn(
  tx: Tx,
  item: ItemRef,
  accountIds: readonly string[],
): Promise<ItemTransaction[]> {
  if (accountIds.length === 0) return []
  const rows = await tx
    .selectFrom('item_transactions')
    .selectAll()
    .where('client_id', '=', item.clientId)
    .where('item_id', '=', item.id)
    .where('account_id', 'in', [...accountIds])
    .where('removed', '=', false)
    .orderBy('changed_seq')
    .execute()
  return rows.map(toTold)
}

function toTold(row: Selectable<ItemTransactions>): ItemTransaction {
  return {
    accountId: row.account_id,
    transactionId: row.transaction_id,
    bankAccountId: row.bank_account_id,
    bankTransactionId: row.bank_transaction_id,
    addedSeq: row.added_seq,
    changedSeq: row.changed_seq,
    removed: row.removed,
  }
}

/** PostgreSQL takes 65,535 parameters in one statement; a row has nine. */
const AT_ONCE = 5_000

export async function putTold(tx: Tx, item: ItemRef, told: readonly ItemTransaction[]): Promise<void> {
  for (let from = 0; from < told.length; from += AT_ONCE) {
    await tx
      .insertInto('item_transactions')
      .values(
        told.slice(from, from + AT_ONCE).map((one) => ({
          client_id: item.clientId,
          item_id: item.id,
          account_id: one.accountId,
          transaction_id: one.transactionId,
          bank_account_id: one.bankAccountId,
          bank_transaction_id: one.bankTransactionId,
          added_seq: one.addedSeq,
          changed_seq: one.changedSeq,
          removed: one.removed,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['client_id', 'account_id', 'transaction_id']).doUpdateSet((row) => ({
          added_seq: row.ref('excluded.added_seq'),
          changed_seq: row.ref('excluded.changed_seq'),
          removed: row.ref('excluded.removed'),
        })),
      )
      .execute()
  }
}

function toFeed(row: Selectable<ItemFeeds>): Feed {
  return {
    startedAt: row.started_at,
    daysRequested: row.days_requested,
    phase: row.phase as Phase,
    seenNo: row.seen_no,
    head: row.head,
    announced: row.announced,
    announcedPhase: row.announced_phase as Phase,
    hasSynced: row.has_synced,
    askedStreams: row.asked_streams,
  }
}
