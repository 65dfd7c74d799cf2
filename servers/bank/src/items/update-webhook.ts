import type { BankContext } from '../context.ts'
import { BankRefused } from '../refusals.ts'
import { tellReadinessTo } from '../transactions/begin-feed.ts'
import { queueItemWebhook } from '../webhooks/queue-webhook.ts'
import type { Item } from './item.ts'
import { lockItem, setWebhook } from './item-store.ts'
import { openItem } from './open-item.ts'

/** Changes where an item's client is told things, and tells that to the new address. */
export async function updateWebhook(
  ctx: BankContext,
  clientId: string,
  accessToken: string,
  webhook: string | null,
): Promise<Item> {
  const { id } = await openItem(ctx, clientId, accessToken)
  const item = await ctx.db.transaction().execute(async (tx) => {
    const locked = await lockItem(tx, clientId, id)
    if (locked === undefined || locked.removed) throw new BankRefused('item_removed')
    await setWebhook(tx, locked.item, webhook)
    const changed = { ...locked.item, webhook }
    if (webhook !== null) {
      await queueItemWebhook(ctx, tx, changed, {
        webhook_type: 'ITEM',
        webhook_code: 'WEBHOOK_UPDATE_ACKNOWLEDGED',
        new_webhook_url: webhook,
        error: null,
      })
      await tellReadinessTo(tx, changed, ctx.clock.now())
    }
    return changed
  })
  ctx.agenda.wake()
  return item
}
