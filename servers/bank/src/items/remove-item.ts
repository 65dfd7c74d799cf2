import type { BankContext } from '../context.ts'
import { BankRefused } from '../refusals.ts'
import { dropWebhooks } from '../webhooks/webhook-store.ts'
import { forgetItem, lockItem } from './item-store.ts'
import { openItem } from './open-item.ts'

/** Ends the access to an item: all its tokens die, and its accounts are forgotten. */
export async function removeItem(ctx: BankContext, clientId: string, accessToken: string): Promise<void> {
  const item = await openItem(ctx, clientId, accessToken)
  await ctx.db.transaction().execute(async (tx) => {
    const locked = await lockItem(tx, clientId, item.id)
    if (locked === undefined || locked.removed) throw new BankRefused('item_removed')
    await dropWebhooks(tx, item)
    await forgetItem(tx, item, ctx.clock.now())
  })
}
