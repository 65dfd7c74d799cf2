import { newYorkDate } from '@paddock/calendar'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { ChangedAccounts } from '../items/change-accounts.ts'
import type { Account, Item } from '../items/item.ts'
import { queueItemWebhook } from '../webhooks/queue-webhook.ts'
import { syncUpdates } from './announce.ts'
import { USUAL_DAYS } from './begin-feed.ts'
import { feedItem, hasTransactions, INITIAL_DAYS, tell } from './feed-item.ts'
import { type Feed, listChanged, listTold, listToldOn, putTold, saveFeed } from './feed-store.ts'

/**
 * The transactions of an item follow its accounts: those of an account that it was given are added, those of
 * one that it lost are removed, and its client is told of both (contracts/plaid/link.md §3).
 */
export async function followAccounts(
  ctx: BankContext,
  tx: Tx,
  item: Item,
  { accounts, added, removed }: ChangedAccounts,
): Promise<void> {
  if (!item.products.includes('transactions') || added.length + removed.length === 0) return
  const beginning = { startedAt: item.createdAt, daysRequested: USUAL_DAYS }
  const fed = await feedItem(ctx, tx, item, accounts, beginning)
  // Before its first days are there an item was told nothing; they will be those of its new accounts.
  if (fed.phase === 'not_ready') return
  const gone = await takeBack(tx, item, fed, removed)
  const initial = await tellAll(tx, item, gone.fed, added, Math.min(INITIAL_DAYS, fed.daysRequested))
  await queueUpdate(ctx, tx, item, 'INITIAL_UPDATE', initial.count)
  if (fed.phase === 'historical') {
    const historical = await tellAll(tx, item, initial.fed, added, fed.daysRequested)
    await queueUpdate(ctx, tx, item, 'HISTORICAL_UPDATE', historical.count)
  }
  const webhook_type = 'TRANSACTIONS' as const
  if (fed.hasSynced) await queueItemWebhook(ctx, tx, item, syncUpdates(fed))
  if (gone.ids.length === 0) return
  await queueItemWebhook(ctx, tx, item, {
    webhook_type,
    webhook_code: 'TRANSACTIONS_REMOVED',
    removed_transactions: gone.ids,
    error: null,
  })
}

async function queueUpdate(
  ctx: BankContext,
  tx: Tx,
  item: Item,
  webhook_code: 'INITIAL_UPDATE' | 'HISTORICAL_UPDATE',
  new_transactions: number,
): Promise<void> {
  const webhook_type = 'TRANSACTIONS' as const
  await queueItemWebhook(ctx, tx, item, { webhook_type, webhook_code, new_transactions, error: null })
}

async function takeBack(
  tx: Tx,
  item: Item,
  fed: Feed,
  removed: readonly Account[],
): Promise<{ fed: Feed; ids: string[] }> {
  const ids = removed.map(({ id }) => id)
  const told = await listToldOn(tx, item, ids)
  const rows = told.map((row, place) => ({
    ...row,
    removed: true,
    changedSeq: fed.head + BigInt(place) + 1n,
  }))
  await putTold(tx, item, rows)
  return {
    fed: await moveTo(tx, item, fed, fed.head + BigInt(rows.length)),
    ids: rows.map(({ transactionId }) => transactionId),
  }
}

/** Everything of the last `days` that the item does not have yet, however long ago it happened. */
async function tellAll(
  tx: Tx,
  item: Item,
  fed: Feed,
  added: readonly Account[],
  days: number,
): Promise<{ fed: Feed; count: number }> {
  const covered = added.filter(hasTransactions)
  const ids = covered.map(({ bankAccountId }) => bankAccountId)
  const from = newYorkDate(fed.startedAt).subtract({ days })
  const changed = await listChanged(tx, ids, -1n, from)
  const told = await listTold(tx, item, changed)
  const fresh = changed.filter(({ account_id, id }) => told.get(`${account_id}|${id}`)?.removed !== false)
  const head = await tell(tx, { item, covered, feed: { ...fed, seenNo: -1n } }, fresh, told)
  return { fed: await moveTo(tx, item, fed, head), count: Number(head - fed.head) }
}

async function moveTo(tx: Tx, item: Item, fed: Feed, head: bigint): Promise<Feed> {
  const moved = { ...fed, head, announced: head }
  await saveFeed(tx, item, moved)
  return moved
}
