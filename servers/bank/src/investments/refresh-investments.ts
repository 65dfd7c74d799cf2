import { newYorkDate } from '@paddock/calendar'
import type { BankContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Account, Item } from '../items/item.ts'
import { lockItem } from '../items/item-store.ts'
import { BankRefused } from '../refusals.ts'
import { queueItemWebhook } from '../webhooks/queue-webhook.ts'
import { holdingsOf, tradesOf } from './portfolio.ts'

/** Reads an item's investments anew and tells what came since they were read before. */
export async function refreshInvestments(
  ctx: BankContext,
  { item, accounts }: { item: Item; accounts: readonly Account[] },
): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.transaction().execute(async (tx) => {
    const locked = await lockItem(tx, item.clientId, item.id)
    if (locked === undefined || locked.removed) throw new BankRefused('item_removed')
    const before = (await readInvestmentsAt(tx, locked.item)) ?? now
    const since = newYorkDate(before)
    const trades = accounts.flatMap((account) => tradesOf(account, newYorkDate(now)))
    const added = trades.filter(({ date }) => Temporal.PlainDate.compare(date, since) > 0)
    await tx
      .updateTable('items')
      .set({ investments_refreshed_at: now })
      .where('client_id', '=', item.clientId)
      .where('id', '=', item.id)
      .execute()
    await queueItemWebhook(ctx, tx, locked.item, {
      webhook_type: 'HOLDINGS',
      webhook_code: 'DEFAULT_UPDATE',
      new_holdings: 0,
      updated_holdings: accounts.reduce((sum, account) => sum + holdingsOf(account).shares.length, 0),
      error: null,
    })
    await queueItemWebhook(ctx, tx, locked.item, {
      webhook_type: 'INVESTMENTS_TRANSACTIONS',
      webhook_code: 'DEFAULT_UPDATE',
      new_investments_transactions: added.length,
      cancelled_investments_transactions: 0,
      error: null,
    })
  })
  ctx.agenda.wake()
}

/** When an item's investments were last read; nothing where it has none. */
export async function readInvestmentsAt(db: Db | Tx, item: Item): Promise<Temporal.Instant | undefined> {
  if (!item.products.includes('investments')) return undefined
  const row = await db
    .selectFrom('items')
    .select('investments_refreshed_at')
    .where('client_id', '=', item.clientId)
    .where('id', '=', item.id)
    .executeTakeFirst()
  return row?.investments_refreshed_at ?? item.createdAt
}
