import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { BankRefused } from '../refusals.ts'
import { dropWebhooks } from '../webhooks/webhook-store.ts'
import { forgetItem, lockItem } from './item-store.ts'
import { openItem } from './open-item.ts'

/** Ends the access to an item: all its tokens die, and its accounts are forgotten. */
export async function removeItem(ctx: BankContext, clientId: string, accessToken: string): Promise<void> {
  const item = await openItem(ctx, clientId, accessToken)
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await endItem(ctx, tx, item))) throw new BankRefused('item_removed')
  })
}

/** The same inside a transaction; false where it had ended before. */
export async function endItem(
  ctx: BankContext,
  tx: Tx,
  { clientId, id }: { clientId: string; id: string },
): Promise<boolean> {
  const locked = await lockItem(tx, clientId, id)
  if (locked === undefined || locked.removed) return false
  await dropWebhooks(tx, locked.item)
  await forgetItem(tx, locked.item, ctx.clock.now())
  return true
}
