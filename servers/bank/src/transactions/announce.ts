import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { tellProcessors } from '../items/processor-webhook.ts'
import { queueItemWebhook, type WebhookItem } from '../webhooks/queue-webhook.ts'
import type { ItemEvent } from '../webhooks/webhook.ts'
import { announceStreams } from './announce-streams.ts'
import { type Feed, saveFeed } from './feed-store.ts'

export type TransactionsEvent = Extract<ItemEvent, { webhook_type: 'TRANSACTIONS' }>

/**
 * Tells the item's client of what is new and gone since it was last told, once; nothing where nothing changed
 * (contracts/plaid/transactions.md §8).
 */
export async function announceChanges(
  ctx: BankContext,
  tx: Tx,
  item: WebhookItem,
  feed: Feed,
): Promise<void> {
  if (feed.head === feed.announced) return
  const rows = await tx
    .selectFrom('item_transactions')
    .select(['account_id', 'transaction_id', 'added_seq', 'removed'])
    .where('client_id', '=', item.clientId)
    .where('item_id', '=', item.id)
    .where('changed_seq', '>', feed.announced)
    .orderBy('changed_seq')
    .execute()
  for (const event of eventsOf(feed, rows, feed.hasSynced)) await queueItemWebhook(ctx, tx, item, event)
  // Whether a processor has synced is not kept: it is told each time.
  await tellProcessors(ctx, tx, item, (accountId) =>
    eventsOf(
      feed,
      rows.filter((row) => row.account_id === accountId),
      true,
    ),
  )
  const added = rows.filter((row) => !row.removed && row.added_seq > feed.announced)
  await announceStreams(ctx, tx, item, { feed, added: added.map((row) => row.transaction_id) })
  await saveFeed(tx, item, { ...feed, announced: feed.head })
}

function eventsOf(
  feed: Feed,
  rows: readonly { transaction_id: string; added_seq: bigint; removed: boolean }[],
  hasSynced: boolean,
): TransactionsEvent[] {
  if (rows.length === 0) return []
  const webhook_type = 'TRANSACTIONS'
  const error = null
  const added = rows.filter((row) => !row.removed && row.added_seq > feed.announced)
  const removed = rows.filter((row) => row.removed).map((row) => row.transaction_id)
  const changed: TransactionsEvent[] = [
    ...(hasSynced ? [syncUpdates(feed)] : []),
    { webhook_type, webhook_code: 'DEFAULT_UPDATE', new_transactions: added.length, error },
  ]
  if (removed.length === 0) return changed
  return [
    ...changed,
    { webhook_type, webhook_code: 'TRANSACTIONS_REMOVED', removed_transactions: removed, error },
  ]
}

/** That there is something to sync, and how far the feed is ready. */
export function syncUpdates({ phase }: Feed): TransactionsEvent {
  return {
    webhook_type: 'TRANSACTIONS',
    webhook_code: 'SYNC_UPDATES_AVAILABLE',
    initial_update_complete: phase !== 'not_ready',
    historical_update_complete: phase === 'historical',
  }
}
