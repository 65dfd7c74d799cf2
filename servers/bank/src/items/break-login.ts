import type { BankContext } from '../context.ts'
import { BankRefused } from '../refusals.ts'
import { type LoginReason, loginRequiredError } from '../webhooks/item-errors.ts'
import { queueItemWebhook } from '../webhooks/queue-webhook.ts'
import { lockItem, setLoginRequired } from './item-store.ts'

/** Breaks the login of an item; its client is told once, however often it breaks. */
export async function breakLogin(
  ctx: BankContext,
  { clientId, id }: { clientId: string; id: string },
  reason: LoginReason | null = null,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const locked = await lockItem(tx, clientId, id)
    if (locked === undefined || locked.removed) throw new BankRefused('item_removed')
    if (locked.item.loginRequired) return
    await setLoginRequired(tx, locked.item, ctx.clock.now())
    await queueItemWebhook(ctx, tx, locked.item, {
      webhook_type: 'ITEM',
      webhook_code: 'ERROR',
      error: loginRequiredError(reason),
    })
  })
  ctx.agenda.wake()
}

/** The login works again without the app's doing, which therefore has to be told. */
export async function repairLogin(
  ctx: BankContext,
  { clientId, id }: { clientId: string; id: string },
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const locked = await lockItem(tx, clientId, id)
    if (locked === undefined || locked.removed) throw new BankRefused('item_removed')
    if (!locked.item.loginRequired) return
    await setLoginRequired(tx, locked.item, null)
    await queueItemWebhook(ctx, tx, locked.item, { webhook_type: 'ITEM', webhook_code: 'LOGIN_REPAIRED' })
  })
  ctx.agenda.wake()
}
