import { newYorkDate } from '@paddock/calendar'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { findStreams } from '../recurring/stream.ts'
import { queueItemWebhook, type WebhookItem } from '../webhooks/queue-webhook.ts'
import type { Feed } from './feed-store.ts'
import { toldColumns, toldOf, toTold } from './told-transaction.ts'

/** Tells a client that has asked for streams which accounts have one that something new belongs to. */
export async function announceStreams(
  ctx: BankContext,
  tx: Tx,
  item: WebhookItem,
  { feed, added }: { feed: Feed; added: readonly string[] },
): Promise<void> {
  if (!feed.askedStreams || item.webhook === null || added.length === 0) return
  const texts = toldOf(tx, item)
    .select('bank.name')
    .where('told.transaction_id', 'in', [...added])
  const rows = await toldOf(tx, item)
    .select(toldColumns)
    .where('told.removed', '=', false)
    .where('bank.name', 'in', texts)
    .execute()
  const news = new Set(added)
  const grown = findStreams(rows.map(toTold), newYorkDate(ctx.clock.now())).filter(({ transactions }) =>
    transactions.some(({ transactionId }) => news.has(transactionId)),
  )
  const accounts = new Set(
    grown.flatMap(({ transactions }) => transactions.map(({ accountId }) => accountId)),
  )
  if (accounts.size === 0) return
  await queueItemWebhook(ctx, tx, item, {
    webhook_type: 'TRANSACTIONS',
    webhook_code: 'RECURRING_TRANSACTIONS_UPDATE',
    account_ids: [...accounts].sort(),
  })
}
