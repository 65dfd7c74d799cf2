import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { Item } from '../items/item.ts'
import { tellProcessors } from '../items/processor-webhook.ts'
import { queueItemWebhook } from '../webhooks/queue-webhook.ts'
import type { ItemEvent } from '../webhooks/webhook.ts'
import type { Fed } from './feed-item.ts'

/** Tells the item's client of new and removed transactions; nothing where nothing changed (contracts/plaid/transactions.md §4). */
export async function announceChanges(ctx: BankContext, tx: Tx, item: Item, fed: Fed): Promise<void> {
  if (fed.head === fed.knownHead) return
  const rows = await tx
    .selectFrom('item_transactions')
    .select(['account_id', 'transaction_id', 'added_seq', 'removed'])
    .where('client_id', '=', item.clientId)
    .where('item_id', '=', item.id)
    .where('changed_seq', '>', fed.knownHead)
    .orderBy('changed_seq')
    .execute()
  for (const event of eventsOf(fed, rows)) await queueItemWebhook(ctx, tx, item, event)
  await tellProcessors(ctx, tx, item, (accountId) =>
    eventsOf(
      fed,
      rows.filter((row) => row.account_id === accountId),
    ),
  )
}

type TransactionsEvent = Extract<ItemEvent, { webhook_type: 'TRANSACTIONS' }>

function eventsOf(
  fed: Fed,
  rows: readonly { transaction_id: string; added_seq: bigint; removed: boolean }[],
): TransactionsEvent[] {
  if (rows.length === 0) return []
  const webhook_type = 'TRANSACTIONS'
  const error = null
  const added = rows.filter((row) => !row.removed && row.added_seq > fed.knownHead)
  const removed = rows.filter((row) => row.removed).map((row) => row.transaction_id)
  const changed: TransactionsEvent[] = [
    {
      webhook_type,
      webhook_code: 'SYNC_UPDATES_AVAILABLE',
      initial_update_complete: fed.phase !== 'not_ready',
      historical_update_complete: fed.phase === 'historical',
    },
    { webhook_type, webhook_code: 'DEFAULT_UPDATE', new_transactions: added.length, error },
  ]
  if (removed.length === 0) return changed
  return [
    ...changed,
    { webhook_type, webhook_code: 'TRANSACTIONS_REMOVED', removed_transactions: removed, error },
  ]
}
