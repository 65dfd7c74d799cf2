import { newYorkDate } from '@paddock/calendar'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { listAccounts } from '../items/account-store.ts'
import type { Item } from '../items/item.ts'
import { lockItem } from '../items/item-store.ts'
import { queueItemWebhook } from '../webhooks/queue-webhook.ts'
import { syncUpdates } from './announce.ts'
import { READINESS_QUEUE, type ReadinessPayload, USUAL_DAYS } from './begin-feed.ts'
import { feedItem, hasReached, INITIAL_DAYS } from './feed-item.ts'
import { type Feed, saveFeed } from './feed-store.ts'
import { toldOf } from './told-transaction.ts'

/** The first days of an item are there, or all that was asked for: its client is told, once of each. */
async function workReadiness(ctx: BankContext, { clientId, itemId, step }: ReadinessPayload): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const locked = await lockItem(tx, clientId, itemId)
    if (locked === undefined || locked.removed || locked.item.loginRequired) return
    const { item } = locked
    const accounts = await listAccounts(ctx, tx, item)
    const beginning = { startedAt: item.createdAt, daysRequested: USUAL_DAYS }
    const feed = await feedItem(ctx, tx, item, accounts, beginning, { upTo: step })
    if (feed.phase === 'not_ready' || hasReached(feed.announcedPhase, step)) return
    if (feed.hasSynced) await queueItemWebhook(ctx, tx, item, syncUpdates(feed))
    await queueItemWebhook(ctx, tx, item, {
      webhook_type: 'TRANSACTIONS',
      webhook_code: step === 'initial' ? 'INITIAL_UPDATE' : 'HISTORICAL_UPDATE',
      new_transactions: await countTold(tx, item, feed, step),
      error: null,
    })
    await saveFeed(tx, item, { ...feed, announcedPhase: step })
  })
}

export const readinessHandlers = { [READINESS_QUEUE]: workReadiness }

/** What belongs to the first days, or to those before. */
async function countTold(tx: Tx, item: Item, feed: Feed, step: ReadinessPayload['step']): Promise<number> {
  const first = newYorkDate(feed.startedAt).subtract({ days: Math.min(INITIAL_DAYS, feed.daysRequested) })
  const row = await toldOf(tx, item)
    .select((one) => one.fn.countAll<bigint>().as('count'))
    .where('told.removed', '=', false)
    .where('bank.date', step === 'initial' ? '>=' : '<', first)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
